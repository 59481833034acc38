"""延期页面: a unit asks with a reason, the office grants or refuses."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from gongkai.accounts.access import UserRequest, View, staff_page
from gongkai.accounts.acts import Deed, Place, act_page
from gongkai.frame.acts import attempt
from gongkai.frame.forms import form_page
from gongkai.frame.today import today
from gongkai.ledger.forms.deeds import ExtensionForm, ReasonForm, RemarkForm
from gongkai.ledger.models import Assignment, Extension
from gongkai.ledger.services import extensions
from gongkai.ledger.states import EXTENSION

DEEDS = {
    "grant": Deed(
        extensions.grant_extension,
        RemarkForm,
        "批准后，任务时限改为申请的日期。",
        "已批准延期，时限已更新。",
    ),
    "refuse": Deed(
        extensions.refuse_extension,
        ReasonForm,
        "不予延期的，时限不变。",
        "已答复不予延期。",
        grave=True,
    ),
}


@staff_page("officer", "approver")
def ask(request: UserRequest, pk: int) -> HttpResponse:
    """Ask for more time (申请延期)."""
    seen = Assignment.objects.visible_to(request.user).select_related("unit", "task__plan")
    assignment = get_object_or_404(seen, pk=pk)
    posted = request.method == "POST"
    form = ExtensionForm(request.POST if posted else None)

    def act() -> object:
        return extensions.ask_extension(
            assignment, by=request.user, today=today(request), **form.cleaned_data
        )

    done = "延期申请已提交，等待区政务公开办批准。"
    answer = attempt(request, form, act, done=done, to=assignment) if posted else None
    return answer or form_page(
        request,
        form,
        title="申请延期",
        submit="提交申请",
        cancel=assignment.get_absolute_url(),
        lede=f"现在的时限是 {assignment.due_on}。批准之前，原时限仍然有效。",
        template="ledger/act.html",
        record=assignment,
        breadcrumbs=[(str(assignment.task), assignment.get_absolute_url()), ("申请延期", "")],
    )


def act(code: str) -> View:
    """The page of one decision on an extension (延期批复)."""

    @staff_page()
    def page(request: UserRequest, pk: int) -> HttpResponse:
        seen = Extension.objects.filter(assignment__in=Assignment.objects.visible_to(request.user))
        found = get_object_or_404(seen.select_related("assignment__unit", "assignment__task"), pk=pk)
        roles = request.user.roles_in(found.assignment.unit)
        place = Place("extension", found, found.state, roles, found.assignment, "ledger/act.html")
        return act_page(request, place, EXTENSION, code, DEEDS[code], extension=found)

    return page
