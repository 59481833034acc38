"""政府信息指标: publication counted as the annual report's second table and the ledger's tasks count it.

``behind`` gives the very records that a figure counted; the page ``figure_records`` lists them.
A record may weigh more than one: a table of penalties holds as many decisions as it has rows.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse

from gongkai.agencies.models import Kind
from gongkai.documents.models import Bond, Override, Paper, Relation, Sort, Standing, on_site
from gongkai.rules import publication
from gongkai.rules.calendars import UnknownYear, with_estimate
from gongkai.rules.figure import Figure, Measure, Scope, Value, per_cent
from gongkai.rules.structured import declaration, declarations, rows_of, values_of

Reads = Callable[[Scope], QuerySet[Any]]
#: the standings of a paper that is in force, changed or not
IN_FORCE = (Standing.VALID, Standing.AMENDED, Standing.PENDING)
ENDING = (Bond.REPEALS, Bond.REPLACES, Bond.ENDS)


def papers(scope: Scope) -> QuerySet[Paper]:
    """The papers of the unit, or of all."""
    found = Paper.objects.order_by()
    return found.filter(unit=scope.unit_id) if scope.unit_id else found


def published(scope: Scope) -> QuerySet[Paper]:
    """What was first published in the year, up to the day (本年首次发布), even if it left the site since."""
    first, last = date(scope.year, 1, 1), min(date(scope.year, 12, 31), scope.today)
    return papers(scope).filter(published_at__date__gte=first, published_at__date__lte=last)


def _dated(scope: Scope) -> QuerySet[Paper]:
    return published(scope).filter(made_on__isnull=False)


def _in_time(scope: Scope) -> QuerySet[Paper]:
    """Published by the last day that the strictest limit of their kind allows."""
    shown_on = TruncDate("published_at")
    facts = _dated(scope).values_list("pk", "sort", "form", "made_on", shown_on, "live__content__record")
    late = [key for key, *rest in facts.iterator() if not in_time(*rest)]
    return _dated(scope).exclude(pk__in=late)


def in_time(sort: str, form: str, made_on: date, shown_on: date, record: Mapping[str, Any] | None) -> bool:
    """Whether a paper was published within its limit (按期公开), counted from the event of its kind.

    >>> in_time("notice", "", date(2021, 9, 10), date(2021, 10, 14), None)
    True
    >>> in_time("budget", "", date(2021, 2, 1), date(2021, 2, 22), None)
    False
    """
    kind = declaration(form) if form else None
    codes: tuple[str, ...] = ("unit_budget",) if sort == Sort.BUDGET else (publication.GENERAL,)
    event = made_on
    if kind and kind.clock:
        codes = kind.clock.limits
        told = values_of(record or {}).get(kind.clock.event, "")
        event = _day(told) or made_on
    try:
        return shown_on <= publication.earliest(codes, event, calendar=with_estimate())[1]
    except UnknownYear:
        return True  # made in a year whose holidays nobody knows: nothing can be held against it


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


# --- 行政规范性文件 -------------------------------------------------------------------------------------


def _normative(scope: Scope) -> QuerySet[Paper]:
    return papers(scope).filter(normative=True, published_at__isnull=False)


def _made(scope: Scope) -> QuerySet[Paper]:
    return _normative(scope).filter(made_on__year=scope.year, made_on__lte=scope.today)


def _repealed(scope: Scope) -> QuerySet[Paper]:
    """Repealed, replaced or declared void in the year, or past their term in it."""
    shown = Relation.objects.filter(on_site(scope.today, "paper__"))
    ended = shown.filter(target=OuterRef("pk"), bond__in=ENDING)
    in_year = ended.filter(effective_on__year=scope.year, effective_on__lte=scope.today)
    expired = Q(expires_on__year=scope.year, expires_on__lt=scope.today)
    return _normative(scope).filter(Exists(in_year) | expired)


def _in_force(scope: Scope) -> QuerySet[Paper]:
    return _normative(scope).filter(on_site(scope.today), standing__in=IN_FORCE)


# --- the quality of publication -----------------------------------------------------------------------


def _attributed(scope: Scope) -> QuerySet[Paper]:
    """With an attribute, and with a ground where it is not public."""
    return published(scope).exclude(attribute="").filter(Q(attribute="active") | ~Q(ground=""))


def _to_be_read(scope: Scope) -> QuerySet[Paper]:
    return published(scope).filter(on_site(scope.today), normative=True)


def _read(scope: Scope) -> QuerySet[Paper]:
    shown = Relation.objects.filter(on_site(scope.today, "paper__"))
    readings = shown.filter(target=OuterRef("pk"), bond=Bond.INTERPRETS).exclude(paper=F("target"))
    return _to_be_read(scope).filter(Exists(readings))


def _overrides(scope: Scope) -> QuerySet[Override]:
    found = Override.objects.filter(at__year=scope.year, at__date__lte=scope.today).order_by()
    return found.filter(edition__paper__unit=scope.unit_id) if scope.unit_id else found


# --- decisions and fees, out of structured papers --------------------------------------------------------


def _structured(scope: Scope, form: str) -> QuerySet[Paper]:
    return papers(scope).filter(on_site(scope.today), form=form, live__isnull=False)


def _records(scope: Scope, form: str) -> list[tuple[int, Mapping[str, Any]]]:
    rows = _structured(scope, form).values_list("pk", "live__content__record")
    return [(key, record) for key, record in rows.iterator() if record]


def decisions(kind: str, scope: Scope) -> dict[int, int]:
    """How many decisions of *kind* each table of the year holds (处理决定数量), by the table's paper."""
    found: dict[int, int] = {}
    for key, record in _records(scope, "enforcement"):
        days = (
            _day(row.get("decided_on", "")) for row in rows_of(record, "results") if row.get("kind") == kind
        )
        number = sum(day is not None and day.year == scope.year and day <= scope.today for day in days)
        if number:
            found[key] = number
    return found


def fees(scope: Scope) -> dict[int, Decimal]:
    """What each list of fees says was collected in the year (收费金额, 万元)."""
    found = {}
    for key, record in _records(scope, "fees"):
        values = values_of(record)
        if values.get("year") == str(scope.year):
            found[key] = _amount(values.get("total", ""))
    return found


def _amount(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal(0)


def _of_sort(sort: str, scope: Scope) -> QuerySet[Paper]:
    return published(scope).filter(sort=sort)


def _of_form(form: str, scope: Scope) -> QuerySet[Paper]:
    return published(scope).filter(form=form)


def _of_enterprises(scope: Scope) -> QuerySet[Paper]:
    return published(scope).filter(unit__kind=Kind.ENTERPRISE)


WEIGHTS: dict[str, Callable[[Scope], Mapping[int, int | Decimal]]] = {
    "documents.permits": partial(decisions, "行政许可"),
    "documents.penalties": partial(decisions, "行政处罚"),
    "documents.measures": partial(decisions, "行政强制"),
    "documents.fees": fees,
}

#: what each figure counts: the part, and for a share also the whole
READS: dict[str, tuple[Reads, Reads | None]] = {
    "documents.published": (published, None),
    "documents.in_time": (_in_time, _dated),
    "documents.attributed": (_attributed, published),
    "documents.read": (_read, _to_be_read),
    "documents.overrides": (_overrides, None),
    "documents.normative_made": (_made, None),
    "documents.normative_repealed": (_repealed, None),
    "documents.normative_in_force": (_in_force, None),
    "documents.enterprises": (_of_enterprises, None),
    **{f"documents.of_{sort}": (partial(_of_sort, sort), None) for sort in Sort.values},
    **{f"documents.form_{each}": (partial(_of_form, each), None) for each in declarations()},
}


def behind(code: str, scope: Scope) -> QuerySet[Any]:
    """The records that a figure counted (指标背后的记录)."""
    if code in WEIGHTS:
        return papers(scope).filter(pk__in=list(WEIGHTS[code](scope)))
    return READS[code][0](scope)


def weights(code: str, scope: Scope) -> Mapping[int, int | Decimal]:
    """How much each record counts (计入数量); nothing where each counts as one."""
    return WEIGHTS[code](scope) if code in WEIGHTS else {}


def records_url(code: str, scope: Scope) -> str:
    """The page that lists the records behind a figure (记录页面)."""
    query = {"year": scope.year, **({"unit": scope.unit_id} if scope.unit_id else {})}
    return f"{reverse('figure_records', args=[code])}?{urlencode(query)}"


def _value(code: str, scope: Scope) -> Value:
    url = records_url(code, scope)
    if code in WEIGHTS:
        return Value(Decimal(sum(WEIGHTS[code](scope).values())), url)
    part, whole = READS[code]
    number = part(scope).count()
    if whole is None:
        return Value(Decimal(number), url)
    total = whole(scope).count()
    return Value(per_cent(number, total), url, number, total)


def _figure(code: str, label: str, measure: Measure, definition: str, good: str = "up") -> Figure:
    return Figure(code, label, measure, definition, partial(_value, code), good)


OWN = (
    _figure(
        "documents.published", "主动公开政府信息", Measure.COUNT, "本年首次发布的政府信息件数，后来离线的也计"
    ),
    _figure(
        "documents.in_time",
        "按期公开率",
        Measure.SHARE,
        "本年发布的信息中，在形成后20个工作日内，或者法律规定的更短期限内公开的百分比；没有成文日期的不计",
    ),
    _figure(
        "documents.attributed",
        "公开属性源头认定率",
        Measure.SHARE,
        "本年发布的信息中，标明公开属性并在不公开时说明依据的百分比",
    ),
    _figure(
        "documents.read",
        "规范性文件解读率",
        Measure.SHARE,
        "本年发布、仍在网上的行政规范性文件中，有已发布解读材料的百分比",
    ),
    _figure("documents.overrides", "例外放行", Measure.COUNT, "本年对发布关口例外放行的次数", "down"),
    _figure("documents.normative_made", "规范性文件制发", Measure.COUNT, "本年制发的行政规范性文件件数"),
    _figure(
        "documents.normative_repealed",
        "规范性文件废止",
        Measure.COUNT,
        "本年被废止、替代、宣布失效或者有效期届满的行政规范性文件件数",
    ),
    _figure(
        "documents.normative_in_force", "规范性文件现行有效", Measure.COUNT, "现行有效的行政规范性文件件数"
    ),
    _figure(
        "documents.enterprises",
        "公共企事业单位公开信息",
        Measure.COUNT,
        "本年首次发布、由公共企事业单位公开的信息件数",
    ),
    _figure(
        "documents.permits", "行政许可决定", Measure.COUNT, "已公开的执法结果表中本年作出的行政许可决定件数"
    ),
    _figure(
        "documents.penalties", "行政处罚决定", Measure.COUNT, "已公开的执法结果表中本年作出的行政处罚决定件数"
    ),
    _figure(
        "documents.measures", "行政强制决定", Measure.COUNT, "已公开的执法结果表中本年作出的行政强制决定件数"
    ),
    _figure("documents.fees", "行政事业性收费", Measure.AMOUNT, "已公开的收费目录清单中本年收费金额合计"),
)

#: one figure for each sort of paper and for each kind of structured paper
BY_KIND = (
    *(
        _figure(f"documents.of_{sort}", f"本年发布：{label}", Measure.COUNT, f"本年首次发布的{label}件数")
        for sort, label in Sort.choices
    ),
    *(
        _figure(
            f"documents.form_{each.code}",
            f"本年发布：{each.name}（结构化）",
            Measure.COUNT,
            f"本年首次发布、按“{each.name}”样式填写的信息件数",
        )
        for each in declarations().values()
    ),
)
ALL = (*OWN, *BY_KIND)


class NotAFigure(LookupError):  # noqa: N818 (what happened, not an error of the house)
    """A code that this room does not count (没有这个指标)."""


def table_two(scope: Scope) -> list[tuple[str, str, dict[str, Decimal]]]:
    """The annual report's second table (年度报告第二部分主动公开政府信息情况): block, row, numbers.

    A county makes no 规章: that row stays at nought.
    """
    by_code = {each.code: each.value(scope).number or Decimal(0) for each in OWN if each.code in TABLE_TWO}
    nought = Decimal(0)
    heads = ("本年制发件数", "本年废止件数", "现行有效件数")
    normative = [by_code[f"documents.normative_{each}"] for each in ("made", "repealed", "in_force")]
    decided = "本年处理决定数量"
    return [
        ("第二十条第（一）项", "规章", dict.fromkeys(heads, nought)),
        ("第二十条第（一）项", "行政规范性文件", dict(zip(heads, normative, strict=True))),
        ("第二十条第（五）项", "行政许可", {decided: by_code["documents.permits"]}),
        ("第二十条第（六）项", "行政处罚", {decided: by_code["documents.penalties"]}),
        ("第二十条第（六）项", "行政强制", {decided: by_code["documents.measures"]}),
        ("第二十条第（八）项", "行政事业性收费", {"本年收费金额（单位：万元）": by_code["documents.fees"]}),
    ]


TABLE_TWO = frozenset(
    {
        "documents.normative_made",
        "documents.normative_repealed",
        "documents.normative_in_force",
        *WEIGHTS,
    }
)
