"""我的工作台: what waits for this person today."""

from django.http import HttpResponse
from django.shortcuts import render

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.frame.today import today
from gongkai.ledger.models import Assignment, Notice, Plan
from gongkai.ledger.overview.desk import office_desk, to_sign, unit_desk
from gongkai.ledger.overview.marks import tally_of
from gongkai.ledger.overview.publishing import publishing_desk


@staff_page()
def desk(request: UserRequest) -> HttpResponse:
    """One page for every role: queues first, then the work by days left (工作台)."""
    day, user = today(request), request.user
    works_in_unit = user.has_role("officer", "approver")
    context = {
        "title": "我的工作台",
        "unit_desk": unit_desk(user, day) if works_in_unit else None,
        "to_sign": to_sign(user) if user.has_role("approver") else None,
        "publishing": publishing_desk(user, day),
        "office_desk": office_desk(day) if user.has_role("office") else None,
        "notices": Notice.objects.filter(reader=user, seen_on__isnull=True)[:5],
        "tally": tally_of(Assignment.objects.visible_to(user).current(), day),
        "plans": Plan.objects.visible_to(user).filter(state="running")[:5],
    }
    return render(request, "ledger/desk.html", context)
