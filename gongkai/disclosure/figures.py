"""主动公开指标: coverage of the catalogues, duties met, columns in order, villages on trial.

``behind`` gives the very records that a figure counted; the page ``figure_records`` lists them.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.agencies.models import Kind, Unit
from gongkai.disclosure.catalogue_files import fields
from gongkai.disclosure.judging import judged
from gongkai.disclosure.models import CatalogueRow, ColumnFinding, Duty, Pilot
from gongkai.disclosure.states import UNSETTLED
from gongkai.documents.figures import NotAFigure, records_url
from gongkai.documents.models import Column
from gongkai.rules.duties import Standing
from gongkai.rules.figure import Figure, Measure, Scope, Value, per_cent

Reads = Callable[[Scope], QuerySet[Any]]


# --- coverage of the catalogues -------------------------------------------------------------------------


def rows(scope: Scope, field: int | None = None) -> QuerySet[CatalogueRow]:
    """The rows in force that are to be published by themselves (应主动公开事项), of one field or of all."""
    found = CatalogueRow.objects.current(scope.today).filter(active=True).order_by()
    if field is not None:
        found = found.filter(catalogue__field__number=field)
    if scope.unit_id is None:
        return found
    return found.filter(Exists(Unit.objects.filter(pk=scope.unit_id, catalogue_rows=OuterRef("pk"))))


def covered(scope: Scope, field: int | None = None) -> QuerySet[CatalogueRow]:
    """Those of them for which a paper stands on the site (已公开事项)."""
    return CatalogueRow.objects.filter(pk__in=rows(scope, field)).covered(scope.today, scope.unit_id)


# --- duties -----------------------------------------------------------------------------------------


def duties(scope: Scope) -> QuerySet[Duty]:
    """The duties that bind on the day (公开职责)."""
    found = Duty.objects.on(scope.today).order_by()
    return found.filter(unit=scope.unit_id) if scope.unit_id else found


def standing(scope: Scope, *wanted: Standing) -> list[int]:
    """The duties that stand so on the day, judged now and not last night."""
    return [
        duty.pk
        for duty, verdict in judged(duties(scope).select_related("unit"), scope.today)
        if verdict.standing in wanted
    ]


def _standing(*wanted: Standing) -> Reads:
    return lambda scope: Duty.objects.filter(pk__in=standing(scope, *wanted))


def _counted_duties(scope: Scope) -> QuerySet[Duty]:
    idle = standing(scope, Standing.IDLE)
    return duties(scope).exclude(pk__in=idle)


# --- columns ----------------------------------------------------------------------------------------


def columns(scope: Scope) -> QuerySet[Column]:
    """The columns that the public sees (开放栏目)."""
    found = Column.objects.open().order_by()
    return found.filter(unit=scope.unit_id) if scope.unit_id else found


def _healthy(scope: Scope) -> QuerySet[Column]:
    unsettled = ColumnFinding.objects.unsettled().filter(column=OuterRef("pk"))
    return columns(scope).exclude(Exists(unsettled))


def _kept(scope: Scope) -> QuerySet[Column]:
    nobody = ColumnFinding.objects.unsettled().filter(column=OuterRef("pk"), sort="no_keeper")
    return columns(scope).filter(keeper__isnull=False).exclude(Exists(nobody))


def findings(scope: Scope) -> QuerySet[ColumnFinding]:
    """The findings of the year (本年体检问题)."""
    found = ColumnFinding.objects.filter(found_on__year=scope.year, found_on__lte=scope.today).order_by()
    return found.filter(unit=scope.unit_id) if scope.unit_id else found


def _unsettled(scope: Scope) -> QuerySet[ColumnFinding]:
    return findings(scope).filter(state__in=UNSETTLED)


def _fallen_due(scope: Scope) -> QuerySet[ColumnFinding]:
    return findings(scope).filter(Q(state="closed") | Q(due_on__lt=scope.today))


def _mended_in_time(scope: Scope) -> QuerySet[ColumnFinding]:
    return _fallen_due(scope).filter(state="closed", closed_on__lte=models.F("due_on"))


# --- villages ---------------------------------------------------------------------------------------


def towns(scope: Scope) -> QuerySet[Unit]:
    """The towns and streets (镇街)."""
    found = Unit.objects.on(scope.today).of_kinds([Kind.TOWN, Kind.STREET]).order_by()
    return found.filter(pk=scope.unit_id) if scope.unit_id else found


def _with_pilot(scope: Scope) -> QuerySet[Unit]:
    running = Pilot.objects.filter(unit=OuterRef("pk"), started_on__lte=scope.today, ended_on__isnull=True)
    return towns(scope).filter(Exists(running))


READS: dict[str, tuple[Reads, Reads | None]] = {
    "disclosure.coverage": (covered, rows),
    "disclosure.duties_met": (_standing(Standing.MET), _counted_duties),
    "disclosure.duties_late": (_standing(Standing.RED), None),
    "disclosure.columns_healthy": (_healthy, columns),
    "disclosure.columns_kept": (_kept, columns),
    "disclosure.findings_open": (_unsettled, None),
    "disclosure.mended_in_time": (_mended_in_time, _fallen_due),
    "disclosure.pilots": (_with_pilot, towns),
    **{
        f"disclosure.field_{each['number']:02}": (
            partial(covered, field=each["number"]),
            partial(rows, field=each["number"]),
        )
        for each in fields()
    },
}


def behind(code: str, scope: Scope) -> QuerySet[Any]:
    """The records that a figure counted (指标背后的记录)."""
    if code not in READS:
        raise NotAFigure(code)
    return READS[code][0](scope)


def _value(code: str, scope: Scope) -> Value:
    part, whole = READS[code]
    number, url = part(scope).count(), records_url(code, scope)
    if whole is None:
        return Value(Decimal(number), url)
    total = whole(scope).count()
    return Value(per_cent(number, total), url, number, total)


def _figure(code: str, label: str, measure: Measure, definition: str, good: str = "up") -> Figure:
    return Figure(code, label, measure, definition, partial(_value, code), good)


def _of_fields() -> tuple[Figure, ...]:
    return tuple(
        _figure(
            f"disclosure.field_{each['number']:02}",
            f"事项覆盖率：{each['name']}",
            Measure.SHARE,
            f"{each['name']}领域标准目录中，已有公开信息的事项占应主动公开事项的百分比",
        )
        for each in fields()
    )


OWN = (
    _figure(
        "disclosure.coverage",
        "公开事项覆盖率",
        Measure.SHARE,
        "现行标准目录中，已有公开信息的事项占应主动公开事项的百分比",
    ),
    _figure(
        "disclosure.duties_met",
        "公开职责履行率",
        Measure.SHARE,
        "已公开的职责占全部公开职责的百分比；尚无应公开事项的职责不计",
    ),
    _figure("disclosure.duties_late", "逾期公开职责", Measure.COUNT, "超过期限还没有公开的职责件数", "down"),
    _figure(
        "disclosure.columns_healthy",
        "栏目正常率",
        Measure.SHARE,
        "没有待整改问题的栏目占全部开放栏目的百分比",
    ),
    _figure(
        "disclosure.columns_kept",
        "栏目有责任人",
        Measure.SHARE,
        "有在岗责任人的栏目占全部开放栏目的百分比",
    ),
    _figure(
        "disclosure.findings_open",
        "待整改栏目问题",
        Measure.COUNT,
        "本年体检发现、还没有销号的问题件数",
        "down",
    ),
    _figure(
        "disclosure.mended_in_time",
        "栏目问题按时整改率",
        Measure.SHARE,
        "在整改期限内销号的问题，占本年已销号和已逾期问题的百分比",
    ),
    _figure(
        "disclosure.pilots",
        "村居试点覆盖率",
        Measure.SHARE,
        "至少有一个村（社区）试点的镇街占全部镇街的百分比",
    ),
    *_of_fields(),
)
