"""The page cache and every act: a page that is kept never says what is no longer so."""

import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction

from gongkai.administration.services import units
from gongkai.disclosure.services import guides, links, rows
from gongkai.documents.models import Edition, Paper
from gongkai.documents.services import columns, errata, leaving, papers, publication, relations
from gongkai.documents.services.nightly import run_nightly
from gongkai.frame import pages
from gongkai.frame.pages import generation as generations
from gongkai.frame.pages.wrapper import KeptPages
from gongkai.frame.today import standing_on
from gongkai.ledger.services import assignments, plans, reports
from gongkai.ledger.services.feedback import handle_feedback
from gongkai.search import catch_up
from tests.portal.public_site import NOW, OVERVIEWS, TODAY, Site

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOT_KEPT = "599 not kept"
Start = Callable[..., Any]


def environ(address: str) -> dict[str, Any]:
    """The question of a stranger (访客请求)."""
    path, _, query = address.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }


def ask(application: Callable[..., Iterable[bytes]], address: str) -> tuple[str, bytes]:
    """What a stranger is answered: status and body (应答)."""
    told: list[str] = []

    def start(status: str, _headers: object, *_problem: object) -> None:
        told.append(status)

    body = application(environ(address), start)
    content = b"".join(body)
    getattr(body, "close", lambda: None)()
    return told[-1], re.sub(rb'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', b"", content)


def nothing(_environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """An application that draws no page: what comes back was kept (空应用)."""
    start(NOT_KEPT, [])
    return []


class Walk:
    """All public pages of a site, kept and fresh (逐页核对)."""

    def __init__(self, site: Site) -> None:
        self.site, self.fresh, self.addresses = site, WSGIHandler(), site.addresses()
        self.door = KeptPages(self.fresh, 64 * 2**20)

    def fill(self) -> int:
        """Ask for every page; how many are kept now (装满缓存)."""
        for address in self.addresses:
            ask(self.door, address)
        return len(self.door.cabinet.plain) + len(self.door.cabinet.made_up)

    def stale(self) -> list[str]:
        """The addresses at which a kept page says something else than a fresh one (过时的页面)."""
        self.door.application = nothing
        try:
            kept = {address: ask(self.door, address) for address in self.addresses}
        finally:
            self.door.application = self.fresh
        told = {address: page for address, page in kept.items() if page[0] != NOT_KEPT}
        return [address for address, page in told.items() if page != ask(self.fresh, address)]


@pytest.fixture
def walk(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one_connection: None
) -> Iterator[Walk]:
    """The site on its day, behind a cache that asks the database each time which generation it is."""
    settings.SEARCH_INDEX = str(tmp_path / "index")
    settings.PAGE_GENERATION = tmp_path / "generation"
    settings.ALLOWED_HOSTS = ["localhost"]
    monkeypatch.setattr(generations, "PATIENCE", 0.0)
    with standing_on(NOW):
        site = Site([*OVERVIEWS, "registration", "permits"])
        catch_up.rebuild()
        connection.run_on_commit.clear()  # what was made until here is through
        yield Walk(site)


def paper_of(site: Site) -> str:
    return site.paper.get_absolute_url()


def scheduled(site: Site) -> Edition:
    edition = site.draft("定时发布的通知")
    Edition.objects.filter(pk=edition.pk).update(state="scheduled", publish_at=NOW)
    return edition


def repeal(site: Site) -> None:
    later = site.live("关于废止惠民事项办法的决定", sort="decision")
    relations.relate(later, bond="repeals", target=site.paper, by=site.officer, today=TODAY)


def withdraw(site: Site) -> Paper:
    return leaving.remove(site.paper, how="withdrawn", note="重新核实", by=site.head, at=NOW)


def change_row(site: Site) -> None:
    facts = replace(site.row.facts, elements="补贴标准；发放名单")
    rows.change_row(
        site.catalogue,
        kind="amend",
        row=site.row,
        facts=facts,
        reason="补充要素",
        by=site.office,
        today=TODAY,
    )


def pin(site: Site) -> None:
    made = columns.propose(site.topic, site.call, by=site.officer, today=TODAY)
    columns.accept(made, by=site.office, today=TODAY)


def new_task(site: Site) -> None:
    given = {"by": site.office, "today": TODAY}
    made = plans.create_plan(year=2022, title="2022年政务公开工作要点", **given)
    task = plans.add_task(
        made,
        section=None,
        text="公开规划。",
        number="1",
        cycle="yearround",
        due_on=TODAY.replace(year=2022),
        **given,
    )
    assignments.assign(task, unit=site.unit, part="lead", **given)
    plans.issue_plan(made, **given)


def save(column: str, **fields: Any) -> Callable[[Site], Any]:
    def act(site: Site) -> None:
        chosen = getattr(site, column)
        columns.save_column(chosen, by=site.office, **fields)

    return act


#: every act that changes what the public sees, and a page on which it shows
ACTS: dict[str, tuple[Callable[[Site], Any], Callable[[Site], str]]] = {
    "发布": (lambda site: site.live("新发布的通知"), lambda _: "/"),
    "修订": (lambda site: site.revise(site.paper, "再次修改后的条款。"), paper_of),
    "定时发布": (lambda site: (scheduled(site), publication.publish_due(NOW)), lambda _: "/"),
    "撤下": (withdraw, paper_of),
    "恢复": (
        lambda site: leaving.restore(site.left, note="已核实", by=site.head, at=NOW),
        lambda site: site.left.get_absolute_url(),
    ),
    "并入": (
        lambda site: leaving.remove(
            site.call, how="merged", note="重复", into=site.paper, by=site.head, at=NOW
        ),
        lambda site: site.call.get_absolute_url(),
    ),
    "公示期满": (
        lambda site: (
            Paper.objects.filter(pk=site.pinned.pk).update(shown_until=TODAY - timedelta(days=1)),
            leaving.expire_due(TODAY),
        ),
        lambda site: site.pinned.get_absolute_url(),
    ),
    "废止": (repeal, paper_of),
    "取消关联": (
        lambda site: relations.unrelate(site.bond, by=site.officer, today=TODAY),
        lambda site: site.call.get_absolute_url(),
    ),
    "有效期届满": (
        lambda site: (
            Paper.objects.filter(pk=site.paper.pk).update(
                expires_on=TODAY - timedelta(days=1), standing_until=TODAY
            ),
            run_nightly(TODAY),
        ),
        paper_of,
    ),
    "收录到专题": (pin, lambda _: "/topics/topic/"),
    "移出专题": (
        lambda site: columns.unpin(site.topic.pins.get(), by=site.office),
        lambda _: "/topics/topic/",
    ),
    "专题改名": (
        lambda site: columns.save_topic(site.topic, by=site.office, name="便民政策"),
        lambda _: "/topics/",
    ),
    "栏目改名": (save("column", name="政策法规"), lambda _: "/columns/"),
    "栏目移动": (save("below", parent=None), lambda _: "/columns/policy/"),
    "栏目关闭": (
        lambda site: columns.close_column(site.rules, by=site.office, today=TODAY),
        lambda _: "/columns/rules/",
    ),
    "调整栏目": (
        lambda site: papers.place(site.call, columns=[site.column], by=site.officer),
        lambda site: site.call.get_absolute_url(),
    ),
    "单位更名": (
        lambda site: units.rename_unit(
            site.unit, name="示例区新样本局", short_name="新样本局", on=TODAY, by=None
        ),
        lambda _: "/units/",
    ),
    "单位信息": (
        lambda site: units.edit_unit(site.unit, by=None, phone="0632-1111111"),
        lambda site: f"/units/{site.unit.pk}/",
    ),
    "单位合并": (
        lambda site: units.merge_unit(site.town, into=site.unit, on=TODAY, by=None),
        lambda site: f"/units/{site.unit.pk}/",
    ),
    "纠错更正": (
        lambda site: errata.mend_erratum(site.erratum, reply="已更正。", by=site.officer, at=NOW),
        lambda _: "",
    ),
    "目录调整": (change_row, lambda site: f"/disclosure/rows/{site.row.pk}/"),
    "移除对应": (
        lambda site: links.unlink_paper(site.row, site.paper, by=site.office),
        lambda site: f"/disclosure/rows/{site.row.pk}/",
    ),
    "事项匹配": (
        lambda site: rows.set_matching(
            site.row, column=None, keywords="", units=[site.unit], by=site.office, today=TODAY
        ),
        lambda site: f"/disclosure/rows/{site.row.pk}/",
    ),
    "每日对应": (
        lambda _: links.link_rows(TODAY),
        lambda site: f"/disclosure/rows/{site.row.pk}/",
    ),
    "指南": (
        lambda site: guides.edit_guide(site.unit, by=site.officer, today=TODAY, phone="0632-2222222"),
        lambda site: f"/disclosure/units/{site.unit.pk}/guide/",
    ),
    "要点印发": (new_task, lambda _: "/progress/"),
    "验收": (
        lambda site: reports.accept_report(site.report, by=site.office, today=TODAY),
        lambda site: f"/progress/tasks/{site.task.pk}/",
    ),
    "答复留言": (
        lambda site: handle_feedback(site.feedback, reply="已安排加快公开。", by=site.office, today=TODAY),
        lambda site: f"/progress/{site.plan.pk}/",
    ),
    "要点办结": (
        lambda site: plans.edit_plan(site.plan, by=site.office, public=False),
        lambda _: "/progress/",
    ),
}


@pytest.mark.slow
def test_after_every_act_each_kept_page_says_what_a_fresh_one_says(walk: Walk) -> None:
    stale, unseen = {}, []
    for name, (act, where) in ACTS.items():
        assert walk.fill() >= 0.8 * len(walk.addresses)
        shows = where(walk.site)
        before = ask(walk.door, shows) if shows else None
        with transaction.atomic():
            act(walk.site)
            stale[name] = walk.stale()
            if shows and ask(walk.door, shows) == before:
                unseen.append(f"{name}：{shows}")
            transaction.set_rollback(True)
        walk.site.reload()
    assert {name: found for name, found in stale.items() if found} == {}
    assert unseen == []


def test_the_walk_sees_an_act_that_forgets_the_kept_pages(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk.fill()
    monkeypatch.setattr(pages, "changed", lambda: None)
    ACTS["指南"][0](walk.site)
    assert f"/disclosure/units/{walk.site.unit.pk}/guide/" in walk.stale()
