"""名册导入的页面: upload, look at what would happen row by row, confirm."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.administration.forms.rolls import RollForm, pack, unpack
from gongkai.administration.rolls import Row
from gongkai.administration.services import account_rolls, unit_rolls
from gongkai.administration.services.accounts import KEEPER
from gongkai.administration.services.rolls import Report
from gongkai.administration.services.units import KEEPERS
from gongkai.frame.forms import form_page
from gongkai.frame.today import today


@dataclass(frozen=True, slots=True)
class Roll:
    """One sort of roll (名册种类)."""

    title: str
    heads: frozenset[str]
    run: Callable[..., Report]
    back: str
    lede: str


UNITS = Roll(
    "导入单位名册",
    unit_rolls.HEADS,
    unit_rolls.import_units,
    "units",
    "表头至少要有：全称、简称、单位类别。已有的单位按全称更新，不会重复。从单位名册导出的表格可以直接改好再导入。",
)
ACCOUNTS = Roll(
    "导入账号名册",
    account_rolls.HEADS,
    account_rolls.import_accounts,
    "people",
    "表头至少要有：用户名、姓名、单位、角色；可以有联系电话、电子邮箱。已有的用户名只更新信息和岗位，密码不变。",
)


@staff_page(*KEEPERS)
@never_cache
def import_units(request: UserRequest) -> HttpResponse:
    """Import units (导入单位名册)."""
    return _walk(request, UNITS)


@staff_page(KEEPER)
@never_cache
def import_accounts(request: UserRequest) -> HttpResponse:
    """Import accounts (导入账号名册)."""
    return _walk(request, ACCOUNTS)


def _walk(request: UserRequest, roll: Roll) -> HttpResponse:
    """Upload first; then the trial; then, from the trial's page, the import itself."""
    rows = unpack(request.POST.get("rows", ""))
    if rows:
        return _report(request, roll, rows, keep=True)
    form = RollForm(request.POST or None, request.FILES or None, required=roll.heads)
    if form.is_valid():
        try:
            return _report(request, roll, form.rows(), keep=False)
        except ValidationError as error:
            form.add_error("sheet", error)
    return form_page(
        request, form, title=roll.title, submit="检查", cancel=reverse(roll.back), lede=roll.lede
    )


def _report(request: UserRequest, roll: Roll, rows: list[Row], *, keep: bool) -> HttpResponse:
    report = roll.run(rows, by=request.user, today=today(request), keep=keep)
    given = {"report": report, "title": roll.title, "back": reverse(roll.back), "rows": pack(rows)}
    return render(request, "administration/roll_report.html", given)
