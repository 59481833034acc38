"""导出页面: the year's ledger as offices print it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.frame.sheets import download
from gongkai.frame.today import today
from gongkai.ledger.models import Plan
from gongkai.ledger.sheets import ledger_sheet


@staff_page()
def plan(request: UserRequest, pk: int) -> HttpResponse:
    """The working ledger as .xlsx (工作台账), in a form that can be imported again."""
    found = get_object_or_404(Plan.objects.visible_to(request.user), pk=pk)
    return download(f"{found.title}工作台账", ledger_sheet(found, today=today(request)))
