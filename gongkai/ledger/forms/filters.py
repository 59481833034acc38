"""筛选条件: by which the assignments of a plan, or of all plans, are narrowed."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from gongkai.agencies.models import Unit
from gongkai.frame.listing import Search
from gongkai.ledger.figures import CONDITIONS, FIGURES, behind
from gongkai.ledger.models import Assignment, Plan, Section
from gongkai.ledger.models.plan import AssignmentQuerySet
from gongkai.ledger.overview.marks import MARKS, having
from gongkai.rules.figure import Scope

MARK_CHOICES = [("", "全部状态"), *((each.code, f"{each.sign} {each.label}") for each in MARKS.values())]
DUE_CHOICES = [("", "不限"), ("week", "本周内"), ("month", "本月内"), ("quarter", "本季度内")]


def span_of(code: str, today: date) -> tuple[date, date]:
    """The week, month or quarter of *today* (时限范围).

    >>> [str(day) for day in span_of("quarter", date(2021, 10, 15))]
    ['2021-10-01', '2021-12-31']
    """
    if code == "week":
        monday = today - timedelta(days=today.weekday())
        return monday, monday + timedelta(days=6)
    first = today.month - (today.month - 1) % 3 if code == "quarter" else today.month
    last = first + 2 if code == "quarter" else first
    return date(today.year, first, 1), date(today.year, last, monthrange(today.year, last)[1])


def narrowed(assignments: AssignmentQuerySet, asked: Mapping[str, Any], today: date) -> AssignmentQuerySet:
    """The assignments that match what was asked (筛选)."""
    for name in ("unit", "part", "standing"):
        if name in asked:
            assignments = assignments.filter(**{name: asked[name]})
    if "plan" in asked:
        assignments = assignments.filter(task__plan=asked["plan"])
    if "section" in asked:
        section = asked["section"]
        assignments = assignments.filter(Q(task__section=section) | Q(task__section__parent=section))
    if "mark" in asked:
        assignments = assignments.filter(having(asked["mark"], today))
    if "year" in asked:
        assignments = assignments.filter(task__plan__year=asked["year"])
    if "figure" in asked:
        scope = Scope(asked.get("year") or today.year, today)
        assignments = assignments.filter(pk__in=behind(asked["figure"], scope).order_by().values("pk"))
    if "due" in asked:
        assignments = assignments.filter(due_on__range=span_of(asked["due"], today))
    for word in str(asked.get("q", "")).split():
        assignments = assignments.filter(Q(task__text__icontains=word) | Q(task__number=word))
    return assignments


class PartSearch(Search):
    """What every view of a plan may be narrowed by (筛选)."""

    unit = forms.ModelChoiceField(Unit.objects.all(), label="单位", required=False, empty_label="全部单位")
    mark = forms.ChoiceField(label="状态", choices=MARK_CHOICES, required=False)
    part = forms.ChoiceField(label="分工", choices=[("", "全部"), *Assignment.Part.choices], required=False)
    due = forms.ChoiceField(label="时限", choices=DUE_CHOICES, required=False)


class BoardSearch(PartSearch):
    """The filters of one plan's board (看板筛选)."""

    section = forms.ModelChoiceField(
        Section.objects.none(), label="章节", required=False, empty_label="全部章节"
    )
    field_order = ("q", "section", "unit", "mark", "due", "part")

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (
            ("section", Section.objects.filter(plan=plan)),
            ("unit", Unit.objects.filter(pk__in=Assignment.objects.filter(task__plan=plan).values("unit"))),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows

    @property
    def asked(self) -> dict[str, Any]:
        """The filters in force."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class AssignmentSearch(PartSearch):
    """The filters of the list over all plans (分工筛选)."""

    plan = forms.ModelChoiceField(Plan.objects.none(), label="要点", required=False, empty_label="全部要点")
    year = forms.IntegerField(
        label="年度", required=False, min_value=1949, max_value=2100, widget=forms.HiddenInput
    )
    figure = forms.ChoiceField(
        label="指标",
        choices=[("", "不限"), *((code, FIGURES[code].label) for code in CONDITIONS)],
        required=False,
    )
    field_order = ("q", "plan", "year", "unit", "mark", "due", "part", "figure")

    def __init__(self, *args: Any, plans: QuerySet[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["plan"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = plans
