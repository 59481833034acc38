"""列表: one way to filter, sort, page, count, choose and export rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise, cached_property
from django.utils.safestring import SafeString

from gongkai.frame import sheets
from gongkai.frame.today import today

Row = TypeVar("Row", bound=Model)
LONGEST_KEY = 18  # digits, within the 64 bits of a key


@dataclass(frozen=True, kw_only=True)  # no slots: typing writes to Column[Row](…) on Python 3.11
class Column(Generic[Row]):
    """One column (列): what it says on the page and in the export, and whether people may sort by it.

    On the page ``draw`` makes the cell, or ``template`` does where the cell needs what the page knows (it
    gets ``row`` too, and takes five times as long). ``kind`` is ``text``, ``number``, ``wide`` or
    ``narrow``; ``on`` is ``both``, ``page`` or ``sheet``.
    """

    label: str
    value: Callable[[Row], object]
    sort: str = ""
    link: Callable[[Row], str] | None = None
    draw: Callable[[Row], SafeString] | None = None
    template: str = ""
    kind: str = "text"
    width: float = 14
    on: str = "both"


@dataclass(frozen=True, slots=True)
class Empty:
    """What a list says while it holds nothing yet (空列表), and what to do next."""

    title: str
    text: str = ""
    url: str | Promise = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in force (已选条件), and the value that taking it away leaves out."""

    name: str
    text: str


class Search(forms.Form):
    """The filters above a list (筛选条件). Subclass it; no field is required."""

    use_required_attribute = False

    q = forms.CharField(label="关键词", required=False, max_length=60)


class Listing(Generic[Row]):
    """A list of rows (列表). Name ``title`` and ``columns``; the rest has good defaults.

    A field of ``filters`` narrows by the lookup in ``lookups``, or by its own name; ``narrow`` may do more.
    """

    title: ClassVar[str]
    noun: ClassVar[str] = "条"
    columns: ClassVar[Sequence[Column[Any]]]
    filters: ClassVar[type[forms.Form]] = Search
    lookups: ClassVar[dict[str, str]] = {}
    search: ClassVar[Sequence[str]] = ()
    order: ClassVar[Sequence[str]] = ()
    per_page: ClassVar[int] = 30
    empty: ClassVar[Empty] = Empty("这里还没有内容")
    bulk: ClassVar[Sequence[tuple[str, str]]] = ()
    bulk_url: str = ""

    def __init__(self, request: HttpRequest, rows: QuerySet[Row]) -> None:
        self.request = request
        self.all = rows
        self.form = self.search_form()
        self.form.is_valid()
        asked: dict[str, Any] = getattr(self.form, "cleaned_data", {})
        self.asked = {name: value for name, value in asked.items() if _filled(value)}

    def search_form(self) -> forms.Form:
        """The filters as asked for (筛选表单); a list may narrow what they offer to this person."""
        return self.filters(self.request.GET)

    def narrow(self, rows: QuerySet[Row], asked: dict[str, Any]) -> QuerySet[Row]:
        """Rows that match what was asked (筛选)."""
        for name, value in asked.items():
            if name == "q":
                rows = rows.filter(self._found(str(value)))
            else:
                rows = rows.filter(**{self.lookups.get(name, name): value})
        return rows

    def _found(self, words: str) -> Q:
        found = Q()
        for word in words.split():
            found &= Q(*((f"{field}__icontains", word) for field in self.search), _connector=Q.OR)
        return found

    @cached_property
    def sort(self) -> str:
        """The order asked for (排序); only a sortable column counts."""
        asked = self.request.GET.get("sort", "")
        known = {column.sort for column in self.columns if column.sort}
        return asked if asked.removeprefix("-") in known else ""

    @cached_property
    def rows(self) -> QuerySet[Row]:
        """The narrowed rows in order; the key comes last, so that pages never overlap."""
        order = [self.sort] if self.sort else list(self.order)
        return self.narrow(self.all, self.asked).order_by(*order, "pk")

    @cached_property
    def page(self) -> Page[Row]:
        """The rows of this page (当前页); a page that is not there becomes the nearest one."""
        return Paginator(self.rows, self.per_page).get_page(self.request.GET.get("page"))

    @property
    def steps(self) -> Iterator[int | str]:
        """The numbers of the pages to choose from (页码), with gaps."""
        return self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)

    @property
    def shown(self) -> list[Column[Any]]:
        """The columns of the page."""
        return [column for column in self.columns if column.on != "sheet"]

    @property
    def fields(self) -> list[forms.BoundField]:
        """The filters that people see; a search box only where something can be searched."""
        return [field for field in self.form.visible_fields() if field.name != "q" or self.search]

    @property
    def chips(self) -> list[Chip]:
        """The filters in force, in words."""
        return [
            Chip(name, f"{self.form.fields[name].label}：{_said(self.form.fields[name], value)}")
            for name, value in self.asked.items()
        ]

    def sheet(self) -> HttpResponse:
        """All narrowed rows as .xlsx (导出), with the filters named under the title."""
        written = [column for column in self.columns if column.on != "page"]
        heads = [sheets.Head(column.label, column.width) for column in written]
        day = today(self.request)
        note = "；".join([*(chip.text for chip in self.chips), f"导出日期：{day}"])
        lines = ([column.value(row) for column in written] for row in self.rows.iterator(chunk_size=2000))
        return sheets.download(
            f"{self.title}{day:%Y%m%d}", sheets.workbook(self.title, heads, lines, note=note)
        )

    def respond(self, template: str = "frame/list_page.html", **context: Any) -> HttpResponse:
        """The page, or the export where it was asked for."""
        if self.request.GET.get("export") == "xlsx":
            return self.sheet()
        return render(self.request, template, {"listing": self, "title": self.title, **context})


def chosen(request: HttpRequest, rows: QuerySet[Row]) -> QuerySet[Row]:
    """The rows ticked in a list (勾选), out of those that the person may see."""
    return rows.filter(pk__in=keys(request.POST.getlist("chosen")))


def keys(typed: Iterable[str]) -> set[int]:
    """The keys of records among *typed* (记录编号); what no database could hold as a key is left out.

    >>> sorted(keys(["7", "07", "x", "²", "-1", "9" * 40]))
    [7]
    """
    return {int(key) for key in typed if key.isascii() and key.isdigit() and len(key) <= LONGEST_KEY}


def _filled(value: object) -> bool:
    return bool(value.exists()) if isinstance(value, QuerySet) else value not in (None, "", [], False)


def _said(field: forms.Field, value: object) -> str:
    """A filter's value as people chose it (已选值)."""
    each = list(value) if isinstance(value, list | QuerySet) else [value]
    names: dict[object, object] = {}
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        names = dict(_flat(field.choices))
    return "、".join("是" if one is True else str(names.get(one, one)) for one in each)


def _flat(choices: Any) -> Iterator[tuple[object, object]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield key, label
