"""导出页面: the year's ledger as offices print it, and the letters."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.frame import letters as frame_letters
from gongkai.frame.sheets import download
from gongkai.frame.today import today
from gongkai.ledger import letters
from gongkai.ledger.models import LookBack, Plan, Supervision
from gongkai.ledger.sheets import ledger_sheet
from gongkai.ledger.views.board import Board


@staff_page("office", "assessor", "administrator")
def plan(request: UserRequest, pk: int) -> HttpResponse:
    """The working ledger as .xlsx (工作台账), narrowed as the board is; it can be imported again."""
    board = Board(request, pk, "plan")
    tasks = board.tasks.values_list("pk", flat=True) if board.asked else None
    return download(f"{board.plan.title}工作台账", ledger_sheet(board.plan, today=board.today, tasks=tasks))


@staff_page()
def supervision(request: UserRequest, pk: int) -> HttpResponse:
    """The notice of supervision as .docx (督办通知单)."""
    seen = Supervision.objects.visible_to(request.user).select_related("unit", "opened_by")
    found = get_object_or_404(seen, pk=pk)
    return frame_letters.download(f"督办通知单{found.number}", letters.supervision_letter(found))


@staff_page("office", "assessor")
def lookback(request: UserRequest, pk: int) -> HttpResponse:
    """The report on the look back as .docx (回头看报告)."""
    plans = Plan.objects.visible_to(request.user)
    found = get_object_or_404(LookBack.objects.filter(plan__in=plans).select_related("plan"), pk=pk)
    return frame_letters.download(f"{found}报告", letters.lookback_report(found, today=today(request)))
