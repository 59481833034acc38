"""文件清理: every paper in force is looked at by its unit; the result changes all of them in one act."""

from collections.abc import Sequence
from datetime import date, datetime
from html import escape

from django.db import transaction

from gongkai.accounts.guards import fitting, locked, permit, said
from gongkai.accounts.models import Role, User
from gongkai.agencies.models import Unit
from gongkai.audit.services import record
from gongkai.documents.models import Bond, Cleanup, CleanupEntry, Column, Paper, Relation, Sort
from gongkai.documents.services.guards import day_of
from gongkai.documents.services.papers import create_notice
from gongkai.documents.services.publication import put_live
from gongkai.documents.services.standings import lock_papers, refresh_touched
from gongkai.documents.states import CLEANUP
from gongkai.rules.law import Refused
from gongkai.rules.validity import IN_FORCE

Verdict = CleanupEntry.Verdict
#: kinds of papers that may lay down policy (政策性文件); what is marked as normative belongs in anyway
POLICIES = (Sort.ORDER, Sort.DECISION, Sort.OPINION, Sort.NOTICE, Sort.CIRCULAR, Sort.RULES, Sort.PLAN)
#: what a verdict does to a paper, as a relation of the result notice
BONDS = {Verdict.REPEAL: Bond.REPEALS, Verdict.END: Bond.ENDS}


@transaction.atomic
def start_cleanup(
    *, title: str, since: date, until: date, by: User, today: date, normative_only: bool = False
) -> Cleanup:
    """Begin a clean-up (发起清理) of the policies made in these years that are in force today."""
    permit(by, {Role.OFFICE})
    if until < since:
        raise Refused("清理范围的止日不能早于起日")
    cleanup = Cleanup(title=title.strip(), since=since, until=until, made_by=by, made_on=today)
    fitting(cleanup).save()
    found = Paper.objects.public(today).filter(made_on__range=(since, until), standing__in=IN_FORCE)
    normative = found.filter(normative=True)
    found = normative if normative_only else normative | found.filter(sort__in=POLICIES)
    rows = [
        CleanupEntry(cleanup=cleanup, paper=paper, unit=paper.unit, before=paper.standing)
        for paper in found.select_related("unit").order_by("unit", "made_on", "pk")
    ]
    if not rows:
        raise Refused("清理范围内没有现行有效的文件，请核对起止日期")
    CleanupEntry.objects.bulk_create(rows, batch_size=500)
    record(cleanup, "发起清理", by=by, facts={"papers": len(rows)})
    return cleanup


@transaction.atomic
def judge_entry(
    entry: CleanupEntry, *, verdict: str, by: User, today: date, reason: str = ""
) -> CleanupEntry:
    """A unit says what becomes of one paper (填写清理意见); what is to end needs a reason."""
    cleanup, entry = locked(entry.cleanup), locked(entry)
    CLEANUP.after(cleanup.state, "judge")
    permit(by, CLEANUP.acts["judge"].roles, entry.unit)
    if verdict not in Verdict.values:
        raise Refused("请选择清理意见")
    entry.verdict = verdict
    entry.reason = reason.strip() if verdict == Verdict.KEEP else said(reason, "理由")
    entry.judged_by, entry.judged_on = by, today
    entry.save()
    record(entry, "填写清理意见", by=by, note=f"{entry.get_verdict_display()}：{entry.reason}")
    return entry


@transaction.atomic
def decide_cleanup(
    cleanup: Cleanup, *, unit: Unit, by: User, at: datetime, columns: Sequence[Column] = (), number: str = ""
) -> Cleanup:
    """Publish the result (公布清理结果): the notice, the relations and all standings in one transaction."""
    cleanup = locked(cleanup)
    after = CLEANUP.after(cleanup.state, "decide")
    permit(by, CLEANUP.acts["decide"].roles)
    entries = list(cleanup.entries.select_related("paper", "unit").select_for_update(of=("self",)))
    waiting = sum(1 for entry in entries if not entry.verdict)
    if waiting:
        raise Refused(f"还有{waiting}件文件未填写清理意见，不能公布结果")
    lock_papers(entry.paper_id for entry in entries if Verdict(entry.verdict) in BONDS)
    edition = create_notice(
        unit=unit,
        title=f"关于公布{cleanup.title}结果的公告",
        html=notice_html(cleanup, entries),
        columns=columns,
        number=number,
        by=by,
        today=day_of(at),
    )
    put_live(edition, by=by, at=at)
    _take_effect(edition.paper, entries, by, day_of(at))
    cleanup.state, cleanup.notice, cleanup.decided_on = after, edition.paper, day_of(at)
    cleanup.save()
    record(cleanup, "公布清理结果", by=by, facts={"notice": edition.paper.code})
    return cleanup


@transaction.atomic
def drop_cleanup(cleanup: Cleanup, *, by: User) -> Cleanup:
    """Give a clean-up up (取消清理); nothing changes."""
    cleanup = locked(cleanup)
    after = CLEANUP.after(cleanup.state, "drop")
    permit(by, CLEANUP.acts["drop"].roles)
    cleanup.state = after
    cleanup.save()
    record(cleanup, "取消清理", by=by)
    return cleanup


def _take_effect(notice: Paper, entries: Sequence[CleanupEntry], by: User, today: date) -> None:
    """One relation for each paper that ends, and its standing derived anew."""
    ended = [entry for entry in entries if Verdict(entry.verdict) in BONDS]
    Relation.objects.bulk_create(
        [
            Relation(
                paper=notice,
                bond=BONDS[Verdict(entry.verdict)],
                target=entry.paper,
                effective_on=today,
                made_by=by,
                made_on=today,
            )
            for entry in ended
        ],
        batch_size=500,
    )
    refresh_touched([entry.paper for entry in ended], today=today)
    for entry in ended:
        record(entry.paper, "清理结果生效", by=by, note=entry.get_verdict_display())


def notice_html(cleanup: Cleanup, entries: Sequence[CleanupEntry]) -> str:
    """The text of the result notice (清理结果公告): one list for each verdict."""
    years = f"{cleanup.since.year}年至{cleanup.until.year}年"
    lede = f"<p>经对{years}制发的现行有效文件进行清理，现将结果公布如下。</p>"
    lists = [_list(verdict, [entry for entry in entries if entry.verdict == verdict]) for verdict in Verdict]
    return lede + "".join(lists) + "<p>宣布废止、失效的文件，自本公告公布之日起停止执行。</p>"


HEADINGS = {
    Verdict.KEEP: "继续有效的文件",
    Verdict.AMEND: "拟修改的文件",
    Verdict.REPEAL: "废止的文件",
    Verdict.END: "宣布失效的文件",
}


def _list(verdict: CleanupEntry.Verdict, entries: Sequence[CleanupEntry]) -> str:
    if not entries:
        return ""
    rows = "".join(
        f"<tr><td>{place}</td><td>{escape(entry.paper.title)}</td><td>{escape(entry.paper.number)}</td>"
        f"<td>{escape(entry.unit.name)}</td></tr>"
        for place, entry in enumerate(entries, 1)
    )
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("序号", "文件名称", "发文字号", "制定机关"))
    caption = f"{HEADINGS[verdict]}（{len(entries)}件）"
    return (
        f"<h2>{caption}</h2><table><caption>{caption}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )
