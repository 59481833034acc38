"""结构化内容的页面: the form of a declared kind, its rows by hand and by sheet, masking, downloads."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.documents.models import Edition, Paper
from gongkai.documents.records.forms import HeadForm, ImportForm, typed_rows
from gongkai.documents.records.render import public_columns, public_record
from gongkai.documents.records.sheet import Imported, Unreadable, csv_text, read_rows, sheet, template
from gongkai.documents.services import records
from gongkai.documents.services.guards import WRITERS, acts_open
from gongkai.documents.views.doors import crumbs, edition_of
from gongkai.frame import sheets
from gongkai.frame.acts import press
from gongkai.frame.today import today
from gongkai.rules.law import Refused
from gongkai.rules.structured import Declaration, Fault, Table, declaration, rows_of, rows_on, title_of

PER_PAGE = 25
BLANK, MORE, MOST_MORE = 3, 10, 50
TOLD = 60
LONGEST_COUNT = 9


@dataclass(frozen=True, slots=True)
class Told:
    """One fault with the place to mend it (问题和去处)."""

    fault: Fault
    url: str


def _open(request: UserRequest, pk: int) -> tuple[Edition, Declaration]:
    """The edition of a declared kind, for those who may see it."""
    edition = edition_of(request, pk)
    known = declaration(edition.form)
    if known is None:
        raise Http404("这份稿件没有结构化样式")
    return edition, known


def _writable(request: UserRequest, edition: Edition) -> bool:
    """Whether this person may change it now; another unit's people may not at all."""
    if not WRITERS & request.user.roles_in(edition.paper.unit):
        raise PermissionDenied("您的岗位不能修改这个单位的稿件。")
    return "edit" in acts_open(edition, request.user)


def _table(known: Declaration, code: str) -> Table:
    found = known.table(code)
    if found is None:
        raise Http404("没有这张明细表")
    return found


@staff_page("officer", "approver")
@never_cache
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """The head and the stages of a record (填写结构化内容), with what stands against publication."""
    edition, known = _open(request, pk)
    if not _writable(request, edition):
        messages.error(request, f"稿件{edition.get_state_display()}，不能修改。")
        return redirect(edition)
    record = records.record_of(edition)
    held = {"version": edition.version}
    form = HeadForm(request.POST or None, declaration=known, record=record, initial=held)
    if request.method == "POST" and form.is_valid():
        try:
            records.set_head(
                edition,
                values=form.values(),
                stages=form.stages(),
                by=request.user,
                version=form.cleaned_data["version"],
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _saved(request, edition, reverse("edition_record", args=[pk]))
    found = records.record_found(edition)
    return render(
        request,
        "documents/records/edit.html",
        {
            "edition": edition,
            "known": known,
            "form": form,
            "told": _told(edition, found),
            "more": max(0, len(found) - TOLD),
            "exposed": any(each.private for each in found),
            "tables": [(table, len(rows_of(record, table.code))) for table in known.tables],
            "proposed": title_of(known, record) if all(each.table for each in found) else "",
            "breadcrumbs": crumbs(edition.paper, "结构化内容"),
        },
    )


def _saved(request: UserRequest, edition: Edition, to: str) -> HttpResponse:
    count = len(records.record_found(edition))
    rest = f"，还有 {count} 处需要核对。" if count else "，核对无误。"
    messages.success(request, f"已保存{rest}")
    return redirect(to)


def _told(edition: Edition, found: list[Fault]) -> list[Told]:
    return [Told(each, _place(edition, each)) for each in found[:TOLD]]


def _place(edition: Edition, fault: Fault) -> str:
    if not fault.table:
        return f"{reverse('edition_record', args=[edition.pk])}#id_{fault.column}"
    page = (max(fault.row, 1) - 1) // PER_PAGE + 1
    url = reverse("record_rows", args=[edition.pk, fault.table])
    return f"{url}?page={page}#row-{fault.row}"


@staff_page("officer", "approver")
@never_cache
def rows(request: UserRequest, pk: int, table: str) -> HttpResponse:
    """The rows of one table, some at a time (填写明细)."""
    edition, known = _open(request, pk)
    found = _table(known, table)
    if not _writable(request, edition):
        messages.error(request, f"稿件{edition.get_state_display()}，不能修改。")
        return redirect(edition)
    if request.method == "POST":
        return _save_rows(request, edition, known, found)
    held = rows_of(records.record_of(edition), table)
    return _rows_page(request, edition, known, found, held, request.GET.get("page", ""))


def _save_rows(request: UserRequest, edition: Edition, known: Declaration, table: Table) -> HttpResponse:
    held = rows_of(records.record_of(edition), table.code)
    first, count = _number(request.POST.get("first")), _number(request.POST.get("count"))
    typed = typed_rows(request.POST, table.columns, PER_PAGE + MOST_MORE)
    kept = [*held[:first], *typed, *held[first + count :]]
    page = first // PER_PAGE + 1
    try:
        version = _number(request.POST.get("version"))
        records.set_rows(edition, table=table.code, rows=kept, by=request.user, version=version)
    except Refused as refused:
        messages.error(request, str(refused))
        return _rows_page(request, edition, known, table, kept, str(page))
    url = reverse("record_rows", args=[edition.pk, table.code])
    more = request.POST.get("act") == "more"
    last = (max(len(kept), 1) - 1) // PER_PAGE + 1
    to = f"{url}?page={last}&more={MORE}#more" if more else f"{url}?page={min(page, last)}"
    return _saved(request, edition, to)


def _number(text: object) -> int:
    """A count that came with the form; nonsense counts as nought."""
    given = str(text or "")
    return int(given) if given.isascii() and given.isdigit() and len(given) <= LONGEST_COUNT else 0


def _rows_page(
    request: UserRequest,
    edition: Edition,
    known: Declaration,
    table: Table,
    held: list[dict[str, str]],
    asked: str,
) -> HttpResponse:
    page = Paginator(held, PER_PAGE).get_page(asked)
    first = page.start_index() - 1 if held else 0
    lines: list[dict[str, str]] = list(page.object_list)
    blank = 0 if page.has_next() else min(_number(request.GET.get("more")) or BLANK, MOST_MORE)
    faults = [each for each in records.record_found(edition) if each.table == table.code]
    context: dict[str, Any] = {
        "edition": edition,
        "known": known,
        "table": table,
        "page": page,
        "listing": {"steps": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)},
        "first": first,
        "count": len(lines),
        "lines": [(first + place + 1, place, row) for place, row in enumerate([*lines, *({},) * blank])],
        "faults": {(each.row, each.column): each for each in faults},
        "faulty": len(faults),
        "tables": known.tables,
        "breadcrumbs": crumbs(edition.paper, table.label),
    }
    return render(request, "documents/records/rows.html", context)


@staff_page("officer", "approver")
@never_cache
def import_rows(request: UserRequest, pk: int, table: str) -> HttpResponse:
    """Rows out of a sheet (导入明细): all of them, or none and the faults by row and column."""
    edition, known = _open(request, pk)
    found = _table(known, table)
    if not _writable(request, edition):
        messages.error(request, f"稿件{edition.get_state_display()}，不能修改。")
        return redirect(edition)
    form = ImportForm(request.POST or None, request.FILES or None)
    imported: Imported | None = None
    if request.method == "POST" and form.is_valid():
        try:
            imported = _read(form, found)
            if not imported.faults:
                return _keep(request, edition, found, form, imported)
        except (ValidationError, Refused) as error:
            form.add_error("sheet", error if isinstance(error, ValidationError) else str(error))
    context = {
        "edition": edition,
        "known": known,
        "table": found,
        "form": form,
        "imported": imported,
        "faults": imported.faults[:200] if imported else [],
        "breadcrumbs": crumbs(edition.paper, f"导入{found.label}"),
    }
    return render(request, "documents/records/import.html", context)


def _read(form: ImportForm, table: Table) -> Imported:
    checked = form.cleaned_data["sheet"]
    checked.upload.seek(0)
    try:
        imported = read_rows(table, checked.upload.read(), checked.kind)
    except Unreadable as error:
        raise ValidationError(str(error)) from None
    if not imported.rows:
        raise ValidationError("表头下面没有内容，请检查后重新上传")
    return imported


def _keep(
    request: UserRequest, edition: Edition, table: Table, form: ImportForm, imported: Imported
) -> HttpResponse:
    append = form.cleaned_data["append"] == "append"
    records.import_rows(edition, table=table.code, checked=imported.rows, by=request.user, append=append)
    left = f"没有对应栏目、未导入的列：{'、'.join(imported.ignored)}。" if imported.ignored else ""
    messages.success(request, f"已导入 {len(imported.rows)} 行。{left}")
    return redirect("edition_record", edition.pk)


@staff_page("officer", "approver")
@require_safe
def blank_sheet(request: UserRequest, pk: int, table: str) -> HttpResponse:
    """The sheet to fill in (导入模板)."""
    _edition, known = _open(request, pk)
    found = _table(known, table)
    return sheets.download(f"{known.name}_{found.label}_模板", template(known, found))


@staff_page("officer", "approver")
@require_POST
def mask(request: UserRequest, pk: int) -> HttpResponse:
    """Mask all personal data of the record (一键脱敏)."""
    edition, _known = _open(request, pk)
    _writable(request, edition)
    back = reverse("edition_record", args=[pk])
    return press(
        request, lambda: records.mask_record(edition, by=request.user), done="个人信息已全部脱敏。", to=back
    )


@require_safe
def download(request: HttpRequest, pk: int, table: str, kind: str) -> HttpResponse:
    """The public rows of a table as a file (下载明细)."""
    day = today(request)
    paper = get_object_or_404(Paper.objects.public(day).select_related("live"), pk=pk)
    if paper.live is None:
        raise Http404("这条信息没有可以下载的版本")
    found = public_record(paper.live)
    shape = found[0].table(table) if found else None
    if found is None or shape is None:
        raise Http404("没有这张明细表")
    lines = rows_on(found[1], shape, day)
    columns = tuple(public_columns(shape, lines)) or shape.columns
    shown = Table(code=shape.code, label=shape.label, columns=columns)
    name = f"{paper.title[:60]}_{shape.label}"
    if kind == "xlsx":
        return sheets.download(name, sheet(paper.title, shown, lines, note=f"{paper.unit}　{day}"))
    answer = HttpResponse(csv_text(shown, lines), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.csv") or "attachment"
    return answer
