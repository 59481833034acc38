"""公开事项的调整: the office changes the table, a unit proposes; both say why."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.accounts.models import Role
from gongkai.agencies.models import Unit
from gongkai.disclosure.forms.rows import ReasonForm, RowForm, initial_of
from gongkai.disclosure.models import Catalogue, CatalogueRow, RowChange
from gongkai.disclosure.services import rows as services
from gongkai.frame.acts import attempt
from gongkai.frame.forms import form_page
from gongkai.frame.today import today

WRITERS = ("officer", "approver", "office")
PROPOSED = "已提出调整，等待区政务公开办审定。"


def _units(request: UserRequest) -> Any:
    """For which units somebody may propose; None for the office, which decides at once."""
    if request.user.has_role(Role.OFFICE):
        return None
    held = [post.unit_id for post in request.user.held if post.role in (Role.OFFICER, Role.APPROVER)]
    return Unit.objects.filter(pk__in=held)


def _page(
    request: UserRequest,
    catalogue: Catalogue,
    form: RowForm | ReasonForm,
    *,
    kind: RowChange.Kind,
    row: CatalogueRow | None,
) -> HttpResponse:
    office = request.user.has_role(Role.OFFICE)
    if request.method == "POST":
        answer = attempt(
            request,
            form,
            lambda: _act(request, catalogue, form, kind, row),
            done="目录已调整。" if office else PROPOSED,
            to=catalogue if office else reverse("row_changes"),
        )
        if answer:
            return answer
    title = f"{kind.label}：{row.second}" if row else kind.label
    return form_page(
        request,
        form,
        title=title,
        submit="保存调整" if office else "提出调整",
        cancel=catalogue.get_absolute_url(),
        lede="调整内容和理由会记入目录调整记录。"
        if office
        else "调整由区政务公开办审定，结果会留在目录调整记录中。",
        grave=kind == RowChange.Kind.REMOVE,
        breadcrumbs=[
            ("标准目录", reverse("catalogues")),
            (str(catalogue), catalogue.get_absolute_url()),
            (kind.label, ""),
        ],
    )


def _act(
    request: UserRequest,
    catalogue: Catalogue,
    form: RowForm | ReasonForm,
    kind: RowChange.Kind,
    row: CatalogueRow | None,
) -> RowChange:
    facts = form.facts() if isinstance(form, RowForm) else None
    given: dict[str, Any] = {
        "kind": kind,
        "row": row,
        "facts": facts,
        "reason": form.cleaned_data["reason"],
        "by": request.user,
        "today": today(request),
    }
    if request.user.has_role(Role.OFFICE):
        return services.change_row(catalogue, **given)
    return services.propose_change(catalogue, unit=form.cleaned_data["unit"], **given)


@staff_page(*WRITERS)
def row_new(request: UserRequest, pk: int) -> HttpResponse:
    """A new row (新增事项)."""
    found = get_object_or_404(Catalogue, pk=pk)
    number = found.rows.count() + 1
    form = RowForm(
        request.POST or None,
        units=_units(request),
        number=number,
        initial={"for_all": True, "ways": ["active"], "levels": ["county"], "channels": ["政府网站"]},
    )
    return _page(request, found, form, kind=RowChange.Kind.ADD, row=None)


@staff_page(*WRITERS)
def row_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Another wording of a row (修改事项)."""
    row = _row(request, pk)
    form = RowForm(request.POST or None, units=_units(request), number=row.number, initial=initial_of(row))
    return _page(request, row.catalogue, form, kind=RowChange.Kind.AMEND, row=row)


@staff_page(*WRITERS)
def row_remove(request: UserRequest, pk: int) -> HttpResponse:
    """A row that is no longer wanted (删除事项)."""
    row = _row(request, pk)
    form = ReasonForm(request.POST or None, units=_units(request))
    return _page(request, row.catalogue, form, kind=RowChange.Kind.REMOVE, row=row)


def _row(request: UserRequest, pk: int) -> CatalogueRow:
    """The row; a unit proposes only for rows that name it as the one who publishes."""
    row = get_object_or_404(CatalogueRow.objects.select_related("catalogue__field"), pk=pk)
    if not request.user.has_role(Role.OFFICE):
        named = row.units.filter(pk__in=request.user.units().order_by().values("pk")).exists()
        if not named:
            raise PermissionDenied("这个事项不由您的单位公开。需要调整的，请联系区政务公开办。")
    return row
