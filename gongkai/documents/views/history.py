"""版本与档案: all editions of a paper, any two beside each other, and what may be done to the paper."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.documents.comparing import compare, show
from gongkai.documents.models import Edition, Paper
from gongkai.documents.models.paper import EditionQuerySet
from gongkai.documents.states import OPEN, PAPER
from gongkai.documents.views.doors import crumbs, paper_of, tabs
from gongkai.documents.views.elements import facts_of


class EditionField(forms.ModelChoiceField[Edition]):
    """An edition by its number and days (版本)."""

    def label_from_instance(self, obj: Edition) -> str:
        """第2版（已发布，2021-03-05上线）."""
        day = f"，{timezone.localdate(obj.live_from)}上线" if obj.live_from else ""
        return f"第{obj.ordinal}版（{obj.get_state_display()}{day}）"


class PairForm(forms.Form):
    """Two editions to compare (选择两个版本)."""

    old = EditionField(Edition.objects.none(), label="旧版本", empty_label=None)
    new = EditionField(Edition.objects.none(), label="新版本", empty_label=None)


@staff_page()
def history(request: UserRequest, pk: int) -> HttpResponse:
    """The file of a paper (版本与档案)."""
    paper = paper_of(request, pk)
    editions = list(_seen(request, paper).select_related("written_by"))
    roles = request.user.roles_in(paper.unit)
    under_way = next((each for each in editions if each.state in OPEN), None)
    acts = [
        (each, reverse(f"paper_{each.code}", args=[paper.pk]))
        for each in PAPER.open_to(paper.state, roles)
        if not (each.code == "revise" and under_way)
    ]
    context = {
        "paper": paper,
        "editions": editions,
        "under_way": under_way,
        "acts": acts,
        "facts": facts_of(paper.live or editions[0]) if editions else [],
        "reassessments": paper.reassessments.select_related("by"),
        "errata": paper.errata.all()[:10],
        "may_place": bool({"officer", "approver"} & roles),
        "breadcrumbs": crumbs(paper),
        "subnavigation": tabs(request, paper, editions[0] if editions else None),
        "pair": _pair(request, paper) if len(editions) > 1 else None,
        "related": editions,
    }
    return render(request, "documents/history.html", context)


def _seen(request: UserRequest, paper: Paper) -> EditionQuerySet:
    rows = Edition.objects.visible_to(request.user).filter(paper=paper)
    return rows.select_related("content", "paper__unit").order_by("-ordinal")


def _pair(request: UserRequest, paper: Paper) -> PairForm:
    """The two newest editions, unless others are asked for."""
    rows = _seen(request, paper)
    newest = list(rows[:2])
    initial = {"new": newest[0].pk, "old": newest[-1].pk}
    form = PairForm(request.GET if "old" in request.GET else None, initial=initial)
    for name in ("old", "new"):
        field = form.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows
    return form


@staff_page()
def comparison(request: UserRequest, pk: int) -> HttpResponse:
    """Any two editions of a paper beside each other (版本对照)."""
    paper = paper_of(request, pk)
    rows = list(_seen(request, paper))
    form = _pair(request, paper) if len(rows) > 1 else None
    if form is None:
        return render(
            request, "documents/compare.html", {"paper": paper, "breadcrumbs": crumbs(paper, "版本对照")}
        )
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    old, new = asked.get("old") or rows[1], asked.get("new") or rows[0]
    context = {
        "paper": paper,
        "pair": form,
        "old": old,
        "new": new,
        "facts": _changed_facts(old, new),
        "compared": show(compare(old.content.html, new.content.html)),
        "same": old.content.html == new.content.html,
        "breadcrumbs": crumbs(paper, "版本对照"),
        "subnavigation": tabs(request, paper, rows[0]),
    }
    return render(request, "documents/compare.html", context)


def _changed_facts(old: Edition, new: Edition) -> list[tuple[str, str, str]]:
    """The elements in which two editions differ (要素差异)."""
    before = dict([("标题", str(old)), *facts_of(old)])
    after = dict([("标题", str(new)), *facts_of(new)])
    labels = list(dict.fromkeys([*before, *after]))
    return [
        (label, before.get(label, ""), after.get(label, ""))
        for label in labels
        if before.get(label) != after.get(label)
    ]
