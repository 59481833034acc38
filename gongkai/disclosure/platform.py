"""政府信息公开平台: what stands in the four parts of the platform, of the district or of one unit."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from gongkai.agencies.models import Kind, Unit
from gongkai.disclosure.models import Catalogue, CatalogueRow, Guide
from gongkai.documents.models import Column, Paper, Sort, on_site
from gongkai.documents.models.paper import PaperQuerySet
from gongkai.rules.law import REGULATION

#: 公开制度: the sort by which a column of rules on disclosure is known
INSTITUTIONS = "公开制度"
NOT_INSTITUTIONS = (Sort.ANNUAL, Sort.NEWS, Sort.NOTIFICATION)
GUIDE_ARTICLE = str(REGULATION.article("第十二条"))


def district() -> Unit | None:
    """The unit that speaks for the district (区政府办公室)."""
    return Unit.objects.filter(kind=Kind.OFFICE, ended_on__isnull=True).order_by("position").first()


def listed_units() -> QuerySet[Unit]:
    """The units that have a platform page (有公开页面的单位): villages publish on their town's."""
    return Unit.objects.filter(ended_on__isnull=True).exclude(kind=Kind.VILLAGE)


def papers(unit: Unit | None, today: date) -> PaperQuerySet:
    """What belongs on the platform (法定主动公开内容): news does not."""
    found = Paper.objects.public(today).exclude(sort=Sort.NEWS)
    return found.filter(unit=unit) if unit else found


def contents(unit: Unit | None, today: date) -> PaperQuerySet:
    """The catalogue of information (政府信息公开目录)."""
    return papers(unit, today).select_related("unit")


def columns(unit: Unit | None, today: date) -> list[Any]:
    """The statutory columns with their numbers of papers (法定主动公开栏目); of a unit the filled ones."""
    live = on_site(today, "papers__") & ~Q(papers__sort=Sort.NEWS)
    if unit:
        live &= Q(papers__unit=unit)
    found = Column.objects.open().filter(statutory=True).annotate(number=Count("papers", filter=live))
    rows: list[Any] = list(found.order_by("position", "pk"))
    return [column for column in rows if column.number or unit is None]


def institutions(unit: Unit | None, today: date) -> PaperQuerySet:
    """The rules on disclosure (政府信息公开制度)."""
    kept = papers(unit, today).filter(columns__sort=INSTITUTIONS).exclude(sort__in=NOT_INSTITUTIONS)
    return kept.distinct().newest()


def reports(unit: Unit | None, today: date) -> PaperQuerySet:
    """The annual reports (政府信息公开工作年度报告), the newest first."""
    return papers(unit, today).filter(sort=Sort.ANNUAL).newest()


@dataclass(frozen=True, slots=True)
class GuideLine:
    """One element of a guide (指南要素): its name and what it says."""

    label: str
    text: str
    asked: bool = True


def guide_lines(unit: Unit, guide: Guide | None, site_email: str = "") -> list[GuideLine]:
    """A unit's guide (政府信息公开指南): what 条例第十二条 asks for, from guide and unit."""
    given = guide or Guide(unit=unit)
    office = given.office or f"{unit.name}（政府信息公开工作机构）"
    return [
        GuideLine("政府信息的分类", given.classification or classification()),
        GuideLine("编排体系", given.arrangement or ARRANGEMENT),
        GuideLine("获取方式", given.ways or WAYS),
        GuideLine("公开工作机构", office),
        GuideLine("办公地址", given.address or unit.address),
        GuideLine("办公时间", given.hours or unit.office_hours),
        GuideLine("联系电话", given.phone or unit.phone),
        GuideLine("传真号码", given.fax),
        GuideLine("互联网联系方式", given.email or unit.email or site_email),
        GuideLine("邮政编码", given.postcode, asked=False),
    ]


ARRANGEMENT = (
    "按栏目、主题、体裁和年度编排。每条政府信息有唯一的索引号，由发布机构代码、年份和顺序号组成；"
    "目录列明索引、名称、内容概述和生成日期。"
)
WAYS = (
    "一、在本网站检索、查阅和下载；二、到国家档案馆、公共图书馆、政务服务场所的政府信息查阅点查阅；"
    "三、向公开工作机构提出申请。"
)
HOW_TO_APPLY = (
    "申请可以当面递交、邮寄，也可以通过公布的互联网渠道提交；采用书面形式确有困难的，可以口头提出，由受理机构代为填写。\n"
    "申请应当写明：申请人的姓名或者名称、身份证明、联系方式；申请公开的政府信息的名称、文号或者便于查询的其他特征性描述；"
    "申请公开的政府信息的形式要求，包括获取信息的方式、途径。\n"
    "不需要说明申请的用途。能够当场答复的当场答复，不能当场答复的，自收到申请之日起20个工作日内答复。"
)
APPLY_ARTICLES = "《中华人民共和国政府信息公开条例》（国令第711号）第二十九条、第三十三条"


def classification() -> str:
    """How the information is sorted, from the statutory columns themselves."""
    names = (
        Column.objects.open().filter(statutory=True).order_by("position", "pk").values_list("name", flat=True)
    )
    return f"法定主动公开内容分为：{'、'.join(names)}。" if names else "按法定主动公开内容分栏目公开。"


# --- coverage ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far a catalogue is filled (覆盖情况)."""

    catalogue: Catalogue
    total: int
    covered: int

    @property
    def share(self) -> int:
        """Per cent, 100 only when all is done."""
        return self.covered * 100 // self.total if self.total else 0


def coverage(found: QuerySet[CatalogueRow], today: date) -> dict[int, tuple[int, int]]:
    """Rows and covered rows of each catalogue among *found*, in two queries (覆盖率)."""
    rows = found.filter(active=True).order_by()
    total = dict(rows.values_list("catalogue").annotate(Count("pk")))
    filled = CatalogueRow.objects.filter(pk__in=rows.covered(today)).order_by()  # type: ignore[attr-defined]
    covered = dict(filled.values_list("catalogue").annotate(Count("pk")))
    return {key: (number, covered.get(key, 0)) for key, number in total.items()}
