"""责任主体统称的页面: groups, and the units that each means today."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.administration.forms.units import GroupForm
from gongkai.administration.services import groups as services
from gongkai.administration.services.units import KEEPERS
from gongkai.administration.views.units import tabs
from gongkai.agencies.models import Group
from gongkai.frame.acts import attempt, press
from gongkai.frame.forms import form_page
from gongkai.frame.today import today


@staff_page()
def groups(request: UserRequest) -> HttpResponse:
    """All groups with their units of today (责任主体统称)."""
    day = today(request)
    found = Group.objects.prefetch_related("names", "also", "but")
    rows = [(group, list(group.members(day))) for group in found]
    given = {"rows": rows, "keeper": request.user.has_role(*KEEPERS), "subnavigation": tabs(request)}
    return render(request, "administration/groups.html", given)


@staff_page(*KEEPERS)
def new(request: UserRequest) -> HttpResponse:
    """Define a group (新增统称)."""
    form = GroupForm(request.POST or None)
    if request.method == "POST":
        answer = attempt(
            request,
            form,
            lambda: services.create_group(by=request.user, **form.cleaned_data),
            done="已新增统称",
            to=reverse("groups"),
        )
        if answer:
            return answer
    return form_page(request, form, title="新增统称", cancel=reverse("groups"))


@staff_page(*KEEPERS)
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change what a group means (修改统称)."""
    group = get_object_or_404(Group, pk=pk)
    form = GroupForm(request.POST or None, initial=GroupForm.facts(group))
    if request.method == "POST":
        answer = attempt(
            request,
            form,
            lambda: services.edit_group(group, by=request.user, **form.cleaned_data),
            done="已保存统称",
            to=reverse("groups"),
        )
        if answer:
            return answer
    lede = "修改只影响以后的分派，已分到单位的任务不变。"
    return form_page(request, form, title=f"修改统称：{group}", cancel=reverse("groups"), lede=lede)


@staff_page(*KEEPERS)
@require_POST
def install(request: UserRequest) -> HttpResponse:
    """The groups that every district needs (补全常用统称)."""
    return press(
        request,
        lambda: services.install_groups(by=request.user),
        done="已补全常用统称",
        to=reverse("groups"),
    )
