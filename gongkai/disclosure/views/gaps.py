"""缺项清单: what is missing, one click from the missing paper; decisions to be taken off the site."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.accounts.models import Role, User
from gongkai.agencies.models import Unit
from gongkai.disclosure.forms.records import RevokeForm
from gongkai.disclosure.registers import budgets
from gongkai.documents.models import Edition, Filing, FilingRow, Paper
from gongkai.documents.services import withdrawals
from gongkai.documents.states import OPEN
from gongkai.frame.acts import attempt
from gongkai.frame.forms import form_page
from gongkai.frame.today import today
from gongkai.rules.structured import SlotState, declaration, slots

#: kinds whose stages may be due
STAGED = ("project", "plan_series", "admission", "registration", "accident")
MOST = 500


@dataclass(frozen=True, slots=True)
class Gap:
    """A stage of a paper that is due (缺项)."""

    filing: Filing
    label: str
    due: date | None
    late: bool


@staff_page()
@never_cache
def gaps(request: UserRequest) -> HttpResponse:
    """What is missing (缺项清单) in the units that this person sees."""
    day = today(request)
    units = request.user.units().order_by("position", "id")
    own = [unit for unit in units if unit.kind in budgets.SPENDING and not unit.ended_on]
    matrix = budgets.matrix(own, budgets.years_to(day), budgets.OF_UNITS, day)
    drafts = Edition.objects.visible_to(request.user).filter(form__in=withdrawals.FORMS, state__in=OPEN)
    context = {
        "budgets": _by_unit(matrix.gaps, request.user),
        "budgets_total": len(matrix.gaps),
        "stages": _stages(request.user, day),
        "pending": withdrawals.pending(drafts.select_related("paper__unit")),
        "breadcrumbs": [("公开职责", reverse("duties")), ("缺项清单", "")],
    }
    return render(request, "disclosure/registers/gaps.html", context)


@dataclass(frozen=True, slots=True)
class Owed:
    """The budgets that one unit still has to publish (未公开的预决算), with where each is begun."""

    unit: Unit
    cells: list[tuple[budgets.Cell, str]]

    @property
    def due(self) -> date | None:
        """The earliest day on which one of them was due."""
        return min((cell.due for cell, _ in self.cells if cell.due), default=None)


def _by_unit(cells: Iterable[budgets.Cell], user: User) -> list[Owed]:
    """The missing budgets unit by unit, those who owe most first (按单位汇总)."""
    found: dict[int, Owed] = {}
    for cell in cells:
        owed = found.setdefault(cell.unit.pk, Owed(cell.unit, []))
        owed.cells.append((cell, _new(user, cell)))
    return sorted(found.values(), key=lambda owed: -len(owed.cells))


def _new(user: User, cell: budgets.Cell) -> str:
    """The address at which the missing paper is begun, for those who may write it."""
    if not {Role.OFFICER, Role.APPROVER} & user.roles_in(cell.unit):
        return ""
    asked = {
        "way": "form",
        "form": budgets.FORM,
        "unit": cell.unit.pk,
        "title": f"{cell.unit.name}{cell.year}年{cell.kind}",
    }
    return f"{reverse('paper_new')}?{urlencode(asked)}"


def _stages(user: User, day: date) -> list[Gap]:
    seen = Filing.objects.public(day).of_form(*STAGED).filter(paper__in=Paper.objects.visible_to(user))
    found = []
    for filing in seen.select_related("paper__unit")[:MOST]:
        known = declaration(filing.form)
        for slot in slots(known, filing.head, day) if known else ():
            if slot.state in (SlotState.OVERDUE, SlotState.DUE):
                found.append(Gap(filing, slot.stage.label, slot.due, slot.state is SlotState.OVERDUE))
    return sorted(found, key=lambda gap: (gap.due or date.max, gap.filing.pk))


@staff_page(Role.OFFICER, Role.APPROVER)
@never_cache
def revoke(request: UserRequest, pk: int) -> HttpResponse:
    """Note that a decision fell (登记撤回): it is off the site as soon as the draft is published."""
    seen = Paper.objects.visible_to(request.user).filter(form__in=withdrawals.FORMS, state="live")
    paper = get_object_or_404(seen.select_related("unit"), pk=pk)
    known = declaration(paper.form)
    table = next((each for each in known.tables if each.term), None) if known else None
    if table is None:
        raise Http404("这种样式的明细不需要撤回")
    held = {"number": request.GET.get("number", "")[:80], "changed_on": today(request)}
    form = RevokeForm(request.POST or None, table=table, initial=held)
    if request.method == "POST":
        answer = attempt(
            request,
            form,
            lambda: withdrawals.revoke_row(paper, by=request.user, today=today(request), **form.cleaned_data),
            done="已登记。请在 3 个工作日内完成审核并发布修订稿，网站上的这一件随即撤回。",
            to=reverse("record_gaps"),
        )
        if answer:
            return answer
    shown = FilingRow.objects.filter(filing=paper.pk, withdrawn=False).exclude(number="")
    return form_page(
        request,
        form,
        title=f"登记撤回：{paper}",
        submit="登记撤回",
        cancel=reverse("record_gaps"),
        lede=f"这张表有 {shown.filter(Q(until=None) | Q(until__gte=today(request))).count()} 件正在公示。",
    )
