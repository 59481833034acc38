"""关口条件: what each gate looks at; each gives its faults as sentences, none when all is well."""

from collections.abc import Sequence

from django.db import models
from selectolax.lexbor import LexborHTMLParser

from gongkai.accounts.models import Post, Role
from gongkai.documents.models import AttachmentText, Attribute, Content, Edition, Relation, Sort
from gongkai.documents.services.checks import WORDING, Found
from gongkai.documents.services.guards import writers
from gongkai.documents.services.records import record_faults
from gongkai.documents.states import OPEN
from gongkai.rules.attribute import lacking
from gongkai.rules.law import Instrument
from gongkai.rules.structured import declaration
from gongkai.rules.validity import proposed_expiry

#: the plan of the year that asks for readings: 行政规范性文件、重要政策文件、有关工作年度报告等，均应进行解读
READING = Instrument("2021年市中区政务公开工作要点", "").article("二（一）")
ACCESS = Instrument("信息技术 互联网内容无障碍可访问性技术要求与测试方法", "GB/T 37668-2019").article("")
PRIVACY = Instrument("中华人民共和国个人信息保护法", "").article("第二十五条")
#: so many findings are told one by one
FEW = 3
#: 三审三校: a practice, told and never enforced
THRICE = 3


def attribute(edition: Edition) -> list[str]:
    """The attribute with its ground and reason (公开属性)."""
    return [each.text for each in lacking(edition.attribute, edition.ground, edition.ground_note)]


def needs_reading(edition: Edition) -> bool:
    """Whether a reading belongs to this edition (是否应当解读); a correction of wording does not."""
    public = edition.attribute in ("", Attribute.ACTIVE)
    return public and not edition.minor and (edition.normative or edition.sort == Sort.ANNUAL)


def reading(edition: Edition) -> list[str]:
    """A reading that is drafted or on the site (解读材料)."""
    if not needs_reading(edition) or readings(edition).exists():
        return []
    return ["未同步报送解读材料，请起草解读并与本文件关联"]


def together(edition: Edition) -> list[str]:
    """The reading goes live with the paper, not after it (同步发布)."""
    if not needs_reading(edition) or edition.state not in ("signing", "ready", "scheduled"):
        return []
    rows = readings(edition)
    if not rows.exists() or rows.filter(paper__state="live").exists():
        return []
    return ["解读材料还没有发布，建议与本文件列入同一发布批次"]


def readings(edition: Edition) -> models.QuerySet[Relation]:
    """The readings of the edition's paper (解读材料): on the site, or on their way."""
    bonds = Relation.objects.filter(target=edition.paper_id, bond="interprets")
    return bonds.filter(models.Q(paper__state="live") | models.Q(paper__editions__state__in=OPEN)).distinct()


def _tree(edition: Edition) -> LexborHTMLParser:
    content = Content.objects.filter(edition=edition).first()
    return LexborHTMLParser(content.html if content else "")


def alt_text(edition: Edition) -> list[str]:
    """Words for every picture (图片说明)."""
    bare = sum(1 for image in _tree(edition).css("img") if not (image.attributes.get("alt") or "").strip())
    bare += edition.attachments.filter(inline=True, alt="").count() if not bare else 0
    return [f"有{bare}幅图片没有文字说明"] if bare else []


def table_headers(edition: Edition) -> list[str]:
    """Headings for every table (表格表头)."""
    bare = sum(1 for table in _tree(edition).css("table") if not table.css("th"))
    return [f"有{bare}个表格没有表头"] if bare else []


def column_kind(edition: Edition) -> list[str]:
    """Only such papers in a column as it is meant for (栏目体裁)."""
    label = edition.get_sort_display()
    wrong = [each for each in edition.paper.columns.all() if each.kinds and edition.sort not in each.kinds]
    return [f"栏目“{column}”不收“{label}”" for column in wrong]


def column(edition: Edition) -> list[str]:
    """A column to stand in (归入栏目)."""
    return [] if edition.paper.columns.exists() else ["尚未归入栏目，读者只能通过搜索和单位页面找到"]


def term(edition: Edition) -> list[str]:
    """A last day in force for what binds people (有效期)."""
    if edition.expires_on or not (edition.normative or edition.trial):
        return []
    starts = edition.commences_on or edition.made_on
    hint = f"，通常至{proposed_expiry(starts, trial=edition.trial)}" if starts else ""
    return [f"未填写有效期{hint}"]


def attachments(edition: Edition) -> list[str]:
    """Attachments whose words can be read and searched (附件可读)."""
    rows = list(edition.attachments.filter(inline=False))
    closed = set(
        AttachmentText.objects.filter(sha256__in=[row.sha256 for row in rows], readable=False).values_list(
            "sha256", flat=True
        )
    )
    return [f"附件“{row.title}”提取不到文字，无法检索和朗读" for row in rows if row.sha256 in closed]


def alone(edition: Edition) -> list[str]:
    """Nobody reviewed or signed what he wrote (起草与审核分开)."""
    own = writers(edition)
    rows = edition.reviews.filter(round=edition.round, passed=True, stage__in=("unit_review", "signing"))
    return [
        f"{row.by}参与起草，又{'签发' if row.stage == 'signing' else '审核'}了本稿"
        for row in rows.select_related("by")
        if row.by_id in own
    ]


def proofread(edition: Edition) -> list[str]:
    """Three reviews and three proofreadings (三审三校), counted once the edition is signed."""
    rows = list(edition.reviews.filter(round=edition.round, passed=True))
    if not any(row.stage == "signing" for row in rows):
        return []
    read = sum(1 for row in rows if row.proofread)
    return [f"已审{len(rows)}次、校对{read}次，未达到三审三校"] if min(len(rows), read) < THRICE else []


def structured(edition: Edition) -> list[str]:
    """What the form of a structured paper asks for (结构化内容)."""
    if edition.form and declaration(edition.form) is None:
        return [f"没有“{edition.form}”这一结构化样式"]
    return record_faults(edition) if edition.form else []


def personal_data(found: Found) -> bool:
    """Whether a finding is personal data that is to be hidden (个人信息)."""
    return found.personal and found.grave


def wrong_words(found: Found) -> bool:
    """Whether a finding is a wording that must not be published (错敏词)."""
    return found.kind == WORDING and found.grave


def told(found: Sequence[Found]) -> list[str]:
    """A few findings in full, of many how many there are (检查发现)."""
    texts = [
        f"{each.place}有{each.kind}“{each.text}”" if each.source != "record" else each.text
        for each in found[:FEW]
    ]
    return [*texts, f"还有{len(found) - FEW}处"] if len(found) > FEW else texts


def reviewers(edition: Edition) -> list[str]:
    """Somebody in the unit who can do each review (审核人员齐备)."""
    unit = edition.paper.unit
    posts = Post.objects.filter(unit__in=(unit.pk, unit.parent_id or unit.pk), ended_on=None)
    held = set(posts.values_list("role", flat=True))
    wanted = {Role.SECRECY: "保密审查员", Role.APPROVER: "单位负责人"}
    return [f"本单位还没有{label}，送审后无人办理" for role, label in wanted.items() if role not in held]
