"""责任单位的办理页面: one form for each act on a unit."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.administration.forms.units import (
    CloseForm,
    MergeForm,
    NameForm,
    NewUnitForm,
    RenameForm,
    UnitForm,
)
from gongkai.administration.services import names, units
from gongkai.administration.views.units import unit_url
from gongkai.agencies.models import Unit, UnitName
from gongkai.frame.acts import attempt, press
from gongkai.frame.forms import form_page
from gongkai.frame.today import today


@staff_page(*units.KEEPERS)
def new(request: UserRequest) -> HttpResponse:
    """Set up a unit (设立单位)."""
    form = NewUnitForm(request.POST or None, initial={"started_on": today(request)})
    if request.method == "POST":
        answer = attempt(
            request,
            form,
            lambda: units.create_unit(by=request.user, today=today(request), **_given(form.cleaned_data)),
            done="已设立单位",
            to=reverse("units"),
        )
        if answer:
            return answer
    return form_page(request, form, title="设立单位", submit="设立", cancel=reverse("units"))


def _given(facts: dict[str, Any]) -> dict[str, Any]:
    """An order that was left empty is the next free one."""
    return {name: value for name, value in facts.items() if not (name == "position" and value is None)}


@staff_page(*units.KEEPERS)
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change contacts and the like (修改单位信息)."""
    unit = get_object_or_404(Unit, pk=pk)
    form = UnitForm(request.POST or None, instance=get_object_or_404(Unit, pk=pk))
    if request.method == "POST":
        answer = attempt(
            request,
            form,
            lambda: units.edit_unit(unit, by=request.user, **_given(form.cleaned_data)),
            done="已保存单位信息",
            to=unit_url(unit),
        )
        if answer:
            return answer
    return form_page(
        request,
        form,
        title=f"修改单位信息：{unit}",
        cancel=unit_url(unit),
        lede="更名请回到单位页，选择“更名”。",
    )


@staff_page(*units.KEEPERS)
def rename(request: UserRequest, pk: int) -> HttpResponse:
    """A new name (更名)."""
    unit = get_object_or_404(Unit, pk=pk)
    form = RenameForm(request.POST or None, initial={"on": today(request), "name": unit.name})
    if request.method == "POST":
        answer = attempt(
            request,
            form,
            lambda: units.rename_unit(unit, by=request.user, **form.cleaned_data),
            done="已更名，原名称记为曾用名",
            to=unit_url(unit),
        )
        if answer:
            return answer
    lede = f"现用名称：{unit.name}（{unit.short_name}）。以前的要点仍能按原名称找到本单位。"
    return form_page(request, form, title="单位更名", submit="更名", cancel=unit_url(unit), lede=lede)


@staff_page(*units.KEEPERS)
def merge(request: UserRequest, pk: int) -> HttpResponse:
    """Into another unit (并入)."""
    unit = get_object_or_404(Unit, pk=pk)
    form = MergeForm(request.POST or None, unit=unit, initial={"on": today(request)})
    if request.method == "POST":
        answer = attempt(
            request,
            form,
            lambda: units.merge_unit(unit, by=request.user, **form.cleaned_data),
            done="已并入，岗位和下级单位一并转入",
            to=unit_url(unit),
        )
        if answer:
            return answer
    lede = f"{unit.name}并入后不再承担新任务，人员岗位和下级单位转到并入单位，原有记录照旧可查。"
    return form_page(
        request,
        form,
        title=f"并入其他单位：{unit}",
        submit="并入",
        cancel=unit_url(unit),
        lede=lede,
        grave=True,
    )


@staff_page(*units.KEEPERS)
def close(request: UserRequest, pk: int) -> HttpResponse:
    """No more (撤销)."""
    unit = get_object_or_404(Unit, pk=pk)
    form = CloseForm(request.POST or None, initial={"on": today(request)})
    if request.method == "POST":
        answer = attempt(
            request,
            form,
            lambda: units.close_unit(unit, by=request.user, **form.cleaned_data),
            done="已撤销单位",
            to=unit_url(unit),
        )
        if answer:
            return answer
    lede = "没有单位承继职责时才用撤销；职责由其他单位承继的，请用“并入”。单位的岗位会同时结束。"
    return form_page(
        request, form, title=f"撤销单位：{unit}", submit="撤销", cancel=unit_url(unit), lede=lede, grave=True
    )


@staff_page(*units.KEEPERS)
def add_name(request: UserRequest, pk: int) -> HttpResponse:
    """One more name (增加名称)."""
    unit = get_object_or_404(Unit, pk=pk)
    form = NameForm(request.POST or None)
    if request.method == "POST":
        answer = attempt(
            request,
            form,
            lambda: names.name_unit(unit, by=request.user, today=today(request), **form.cleaned_data),
            done="已增加名称",
            to=unit_url(unit),
        )
        if answer:
            return answer
    lede = "导入要点时，系统按这些名称找到本单位。“区”“市中区”这类前缀和常见简写不用登记。"
    return form_page(request, form, title=f"增加名称：{unit}", cancel=unit_url(unit), lede=lede)


@staff_page(*units.KEEPERS)
@require_POST
def drop_name(request: UserRequest, pk: int) -> HttpResponse:
    """One name less (删除名称)."""
    name = get_object_or_404(UnitName.objects.select_related("unit"), pk=pk)
    return press(
        request,
        lambda: names.drop_name(name, by=request.user),
        done=f"已删除名称“{name}”",
        to=unit_url(name.unit),
    )
