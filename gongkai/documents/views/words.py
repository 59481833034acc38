"""错敏词: the list of wrong wordings that the office keeps, by hand or from a sheet."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.accounts.models import Role
from gongkai.administration.forms.rolls import RollForm, pack, unpack
from gongkai.administration.rolls import Row
from gongkai.documents.forms.keepers import WordForm
from gongkai.documents.models import Word
from gongkai.documents.services import words as services
from gongkai.frame.acts import attempt, press
from gongkai.frame.forms import form_page
from gongkai.frame.listing import Column, Empty, Listing, Search
from gongkai.frame.today import today

TRAIL = [("错敏词", reverse_lazy("words"))]
#: so many rows of a sheet are shown, those that are wrong first
SHOWN = 1000


class WordSearch(Search):
    """What the words are narrowed by (筛选)."""

    sort_of = forms.ChoiceField(label="类别", required=False, choices=[("", "全部"), *Word.Sort.choices])
    grave = forms.BooleanField(label="只看严重的", required=False)


class WordListing(Listing[Word]):
    """The wrong wordings; the export can be imported again (错敏词表)."""

    title = "错敏词"
    noun = "个词"
    columns = (
        Column(label="错误表述", value=str, sort="term", width=26),
        Column(label="正确表述", value=lambda row: row.right, width=26),
        Column(label="类别", value=lambda row: row.get_sort_display(), sort="sort", kind="narrow", width=12),
        Column(label="严重", value=lambda row: "是" if row.grave else "", sort="grave", width=8),
        Column(label="适用起", value=lambda row: row.since, kind="narrow", width=12),
        Column(label="说明", value=lambda row: row.note, width=40),
        Column(label="办理", value=lambda _row: "", template="documents/cells/word_acts.html", on="page"),
    )
    filters = WordSearch
    lookups: ClassVar[dict[str, str]] = {"sort_of": "sort"}
    search = ("term", "right", "note")
    order: ClassVar[tuple[str, ...]] = ("sort", "term")
    per_page = 50
    empty = Empty(
        "还没有错敏词", "可以逐个添加，也可以用 Excel 一次导入。", reverse_lazy("words_import"), "导入"
    )


@staff_page()
def words(request: UserRequest) -> HttpResponse:
    """The list of wrong wordings (错敏词表)."""
    keeper = request.user.has_role(Role.OFFICE)
    return WordListing(request, Word.objects.all()).respond(
        "documents/words.html",
        keeper=keeper,
        lacking=len(services.lacking()) if keeper else 0,
        lede="写稿和审核时按这张表检查。标为“严重”的，改正以前不得发布。",
        breadcrumbs=[("错敏词", "")],
    )


@staff_page("office")
def word(request: UserRequest, pk: int | None = None) -> HttpResponse:
    """Add a word, or change one (编辑错敏词)."""
    kept = get_object_or_404(Word, pk=pk) if pk else None
    form = WordForm(request.POST or None, initial=_initial(kept))

    def run() -> object:
        return services.save_word(kept, by=request.user, **form.cleaned_data)

    if request.method == "POST":
        answer = attempt(request, form, run, done="词表已保存。", to="words")
        if answer:
            return answer
    title = "修改错敏词" if kept else "添加错敏词"
    return form_page(request, form, title=title, cancel=reverse("words"), breadcrumbs=[*TRAIL, (title, "")])


def _initial(kept: Word | None) -> dict[str, Any]:
    return {name: getattr(kept, name) for name in WordForm.base_fields} if kept else {}


@staff_page("office")
@require_POST
def drop(request: UserRequest, pk: int) -> HttpResponse:
    """Take a word off the list (删除错敏词)."""
    kept = get_object_or_404(Word, pk=pk)
    return press(
        request, lambda: services.drop_word(kept, by=request.user), done=f"已删除“{kept}”。", to="words"
    )


@staff_page("office")
@require_POST
def add_starter(request: UserRequest) -> HttpResponse:
    """Add the wordings that come with the software (补充随附词表)."""
    return press(
        request, lambda: services.add_starter(by=request.user), done="已补充随附的常见错误表述。", to="words"
    )


@staff_page("office")
@never_cache
def bring_in(request: UserRequest) -> HttpResponse:
    """Import words: upload, look at each row, confirm (导入错敏词)."""
    rows = unpack(request.POST.get("rows", ""))
    if rows:
        return _report(request, rows, keep=True)
    form = RollForm(request.POST or None, request.FILES or None, required=services.HEADS, most=services.MOST)
    if form.is_valid():
        try:
            return _report(request, form.rows(), keep=False)
        except ValidationError as error:
            form.add_error("sheet", error)
    return form_page(
        request,
        form,
        title="导入错敏词",
        submit="检查",
        cancel=reverse("words"),
        lede="表头至少要有：错误表述、正确表述；可以有类别、严重、适用起、说明。已有的词按错误表述更新，不会重复。一次最多2万行。",
        breadcrumbs=[*TRAIL, ("导入", "")],
    )


def _report(request: UserRequest, rows: list[Row], *, keep: bool) -> HttpResponse:
    report = services.import_words(rows, by=request.user, today=today(request), keep=keep)
    shown = sorted(report.outcomes, key=lambda each: not each.wrong)[:SHOWN]
    given = {
        "report": report,
        "shown": shown,
        "hidden": len(report.outcomes) - len(shown),
        "title": "导入错敏词",
        "back": reverse("words"),
        "back_label": "返回错敏词表",
        "rows": "" if keep or report.wrong else pack(rows),
    }
    return render(request, "administration/roll_report.html", given)
