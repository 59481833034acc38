"""任务页面: what the plan prints, who has which part, the live figure, the history."""

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.frame.today import today
from gongkai.ledger.figures import measure
from gongkai.ledger.models import Assignment, Task
from gongkai.ledger.overview.board import rows_of

#: how many units' reports on a step were accepted (已验收单位数)
MET = Count(
    "reports__assignment",
    filter=Q(reports__state="accepted", reports__assignment__ended_on__isnull=True),
    distinct=True,
)
#: so many characters of the plan's text stand before and after the task
AROUND = 60


@staff_page()
def task(request: UserRequest, pk: int) -> HttpResponse:
    """One task of a plan (任务)."""
    seen = Task.objects.visible_to(request.user).select_related("plan", "section", "split_from")
    found = get_object_or_404(seen, pk=pk)
    mine = Assignment.objects.visible_to(request.user).filter(ended_on__isnull=True)
    (row,) = rows_of([found], mine, today(request))
    context = {
        "task": found,
        "row": row,
        "figure": measure(found, today(request)) if found.figure else None,
        "place": place_of(found),
        "milestones": found.milestones.annotate(met=MET),
        "parts": found.parts.all(),
        "may_edit": request.user.has_role("office") and found.plan.state != "closed",
        "breadcrumbs": [
            ("要点与台账", reverse("plans")),
            (found.plan.title, found.plan.get_absolute_url()),
            (f"任务 {found.number}", ""),
        ],
    }
    return render(request, "ledger/task.html", context)


def place_of(task: Task) -> tuple[str, str, str] | None:
    """The task in the plan's own text, with some of the text around it (原文出处)."""
    text, start, end = task.plan.source_text, task.source_start, task.source_end
    if not text or start is None or end is None or not start < end <= len(text):
        return None
    return text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND]
