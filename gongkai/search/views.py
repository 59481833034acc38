"""检索管理: synonyms of the office, what people look for in vain, the searches that staff keep."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_POST

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.accounts.models import Role
from gongkai.frame.acts import attempt, press
from gongkai.frame.forms import form_page
from gongkai.frame.listing import Column, Empty, Listing, Search
from gongkai.frame.today import today
from gongkai.search import services
from gongkai.search.catch_up import status
from gongkai.search.forms import KeepForm, SynonymForm
from gongkai.search.models import SavedSearch, Searched, Synonym

#: what was looked for once may be a name: the office sees what several people miss
FEWEST = 2


class SynonymListing(Listing[Synonym]):
    """The office's synonyms (同义词)."""

    title = "检索同义词"
    noun = "组"
    columns = (
        Column(label="同义词", value=str, link=Synonym.get_absolute_url, kind="wide", width=40, sort="words"),
        Column(label="说明", value=lambda row: row.note, width=30),
        Column(label="维护人", value=lambda row: row.made_by),
        Column(label="维护日期", value=lambda row: row.made_on, sort="made_on"),
    )
    search = ("words", "note")
    order = ("words",)
    empty = Empty(
        "还没有同义词",
        "添加“社保、社会保险”后，检索其中一个词，也能找到写另一个词的信息。",
        reverse_lazy("synonym_new"),
        "添加同义词",
    )


@staff_page(Role.OFFICE)
def synonyms(request: UserRequest) -> HttpResponse:
    """The synonyms, and how the index stands (同义词)."""
    rows = Synonym.objects.select_related("made_by")
    return SynonymListing(request, rows).respond("search/synonyms.html", status=status())


@staff_page(Role.OFFICE)
def synonym_new(request: UserRequest) -> HttpResponse:
    """Add a group (添加同义词)."""
    form = SynonymForm(request.POST or None, initial={"words": request.GET.get("words", "")[:60]})
    if request.method == "POST":
        answer = attempt(
            request,
            form,
            lambda: services.add_synonym(by=request.user, today=today(request), **form.cleaned_data),
            done="已添加，立即生效",
            to="synonyms",
        )
        if answer:
            return answer
    return form_page(request, form, title="添加同义词", cancel=reverse("synonyms"))


@staff_page(Role.OFFICE)
def synonym_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a group (修改同义词)."""
    synonym = get_object_or_404(Synonym, pk=pk)
    form = SynonymForm(request.POST or None, initial={"words": synonym.words, "note": synonym.note})
    if request.method == "POST":
        answer = attempt(
            request,
            form,
            lambda: services.change_synonym(
                synonym, by=request.user, today=today(request), **form.cleaned_data
            ),
            done="已修改，立即生效",
            to="synonyms",
        )
        if answer:
            return answer
    return form_page(
        request,
        form,
        title="修改同义词",
        cancel=reverse("synonyms"),
        template="search/synonym_edit.html",
        synonym=synonym,
    )


@staff_page(Role.OFFICE)
@require_POST
def synonym_drop(request: UserRequest, pk: int) -> HttpResponse:
    """Delete a group (删除同义词)."""
    synonym = get_object_or_404(Synonym, pk=pk)
    return press(
        request, lambda: services.drop_synonym(synonym, by=request.user), done="已删除", to="synonyms"
    )


class SearchedFilter(Search):
    """What to look at (筛选)."""

    vain = forms.BooleanField(label="只看没有结果的", required=False)


class SearchedListing(Listing[Searched]):
    """What people look for (公众检索用语)."""

    title = "公众检索用语"
    noun = "个用语"
    columns = (
        Column(label="用语", value=str, kind="wide", width=30, sort="words"),
        Column(label="检索次数", value=lambda row: row.times, sort="times", kind="number"),
        Column(label="最近一次结果数", value=lambda row: row.found, sort="found", kind="number"),
        Column(label="最近检索日期", value=lambda row: row.last_on, sort="last_on"),
        Column(label="办理", value=str, template="search/cells/searched.html", on="page"),
    )
    filters = SearchedFilter
    search = ("words",)
    order = ("-times",)
    empty = Empty("还没有检索记录", f"同一个用语被检索 {FEWEST} 次以上才会列出；不记录是谁检索的。")

    def narrow(self, rows: QuerySet[Searched], asked: dict[str, Any]) -> QuerySet[Searched]:
        """Those that found nothing, where asked for."""
        rows = rows.filter(found=0) if asked.get("vain") else rows
        return super().narrow(rows, {name: value for name, value in asked.items() if name != "vain"})


@staff_page(Role.OFFICE)
def searched(request: UserRequest) -> HttpResponse:
    """What people look for, and what they look for in vain (公众检索用语)."""
    lede = "只统计用语和次数，不记录检索人、时间和网络地址；含个人信息的用语不统计。"
    return SearchedListing(request, Searched.objects.filter(times__gte=FEWEST)).respond(lede=lede)


class KeptListing(Listing[SavedSearch]):
    """One's own kept searches (我保存的检索)."""

    title = "我保存的检索"
    noun = "个检索"
    columns = (
        Column(
            label="名称",
            value=str,
            link=lambda row: f"{reverse('search')}?{row.query}",
            kind="wide",
            width=40,
        ),
        Column(label="保存日期", value=lambda row: row.made_on, sort="made_on"),
        Column(label="办理", value=str, template="search/cells/kept.html", on="page"),
    )
    order = ("name",)
    empty = Empty(
        "还没有保存检索",
        "在检索结果页下方点“保存这个检索”，以后可以从这里直接打开。",
        reverse_lazy("search"),
        "去检索",
    )


@staff_page()
def kept_searches(request: UserRequest) -> HttpResponse:
    """One's own kept searches (我保存的检索)."""
    return KeptListing(request, SavedSearch.objects.kept_by(request.user)).respond()


@staff_page()
def kept_search_new(request: UserRequest) -> HttpResponse:
    """Keep a search (保存检索)."""
    asked = parse_qsl(request.META.get("QUERY_STRING", ""))[:20]
    query = urlencode([(name, value) for name, value in asked if name != "page"])[:500]
    words = dict(asked).get("q", "")[:60]
    form = KeepForm(request.POST or None, initial={"name": words, "query": query})
    if request.method == "POST":
        answer = attempt(
            request,
            form,
            lambda: services.keep_search(by=request.user, today=today(request), **form.cleaned_data),
            done="已保存",
            to="kept_searches",
        )
        if answer:
            return answer
    return form_page(request, form, title="保存检索", cancel=reverse("kept_searches"))


@staff_page()
@require_POST
def kept_search_drop(request: UserRequest, pk: int) -> HttpResponse:
    """Throw a kept search away (删除保存的检索)."""
    kept = get_object_or_404(SavedSearch.objects.kept_by(request.user), pk=pk)
    services.forget_search(kept)
    return redirect("kept_searches")
