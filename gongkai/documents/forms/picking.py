"""查找政府信息: a paper is named by words and chosen from what they find, with script and without."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from gongkai.accounts.models import User
from gongkai.documents.models import Paper

#: what is offered at a time; who wants another one types more words
OFFERED = 10
LONGEST = 200
NEWEST = ("-published_at", "-pk")


def within_reach(user: User) -> QuerySet[Paper]:
    """What stands on the site and what *user* may see besides, nothing else (可选范围)."""
    seen = Paper.objects.visible_to(user).order_by().values("pk")
    return Paper.objects.filter(Q(state="live") | Q(pk__in=seen))


def search_papers(words: str, papers: QuerySet[Paper]) -> list[Paper]:
    """The papers that these words may mean (候选信息): by number first, then by title, the newest first."""
    wanted = words.strip()[:LONGEST]
    if not wanted or "\x00" in wanted:
        return []
    shown = papers.select_related("unit")
    exact = list(shown.filter(Q(code=wanted) | Q(number=wanted)).order_by(*NEWEST)[:OFFERED])
    titled = Q()
    for word in wanted.split():
        titled &= Q(title__icontains=word) | Q(number__icontains=word) | Q(code__startswith=word)
    others = shown.filter(titled).exclude(pk__in=[paper.pk for paper in exact]).order_by(*NEWEST)
    return [*exact, *others[: OFFERED - len(exact)]]


def described(paper: Paper) -> str:
    """What tells papers of like titles apart (候选信息的说明)."""
    state = "" if paper.state == "live" else paper.get_state_display()
    day = f"{paper.made_on}" if paper.made_on else ""
    return " · ".join(filter(None, (paper.number, paper.code, str(paper.unit), day, state)))


class PaperInput(forms.TextInput):
    """Words, and below them what they find (查找框): radios without script, a list while typing with it."""

    template_name = "documents/widgets/paper.html"
    papers: QuerySet[Paper]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:  # noqa: ARG002 (no uploads)
        """The chosen paper's 索引号 while the words are those it was chosen for; else the words."""
        words = data.get(name)
        chosen = data.get(f"{name}_pick")
        return chosen if chosen and words and words.strip() == data.get(f"{name}_for", "").strip() else words

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The words with what they find (候选信息)."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        words = str(value or "").strip()
        found = search_papers(words, self.papers) if words else []
        chosen = next((paper for paper in found if paper.code == words), None)
        shown = [chosen] if chosen else found
        context["pick"] = {
            "words": chosen.title if chosen else words,
            "chosen": chosen,
            "found": [(paper, described(paper)) for paper in shown],
            "nothing": bool(words) and not shown,
            "many": len(shown) == OFFERED,
        }
        return context


class PaperField(forms.CharField):
    """A paper by its index number, its document number or its title (查找政府信息)."""

    def __init__(self, *, label: str, required: bool = True, help_text: str = "") -> None:
        hint = help_text or "输入标题中的词、发文字号或索引号，从查到的信息里选一条。"
        super().__init__(
            label=label, required=required, help_text=hint, max_length=LONGEST, widget=PaperInput()
        )
        self.among(Paper.objects.filter(state="live"))

    def among(self, papers: QuerySet[Paper]) -> None:
        """From which papers one is chosen (可选范围)."""
        self.papers = papers
        assert isinstance(self.widget, PaperInput)
        self.widget.papers = papers

    def clean(self, value: Any) -> Any:
        """The one paper that is meant; a sentence says where none or several are."""
        typed = super().clean(value)
        return found_paper(typed, self.papers) if typed else None


def found_paper(typed: str, papers: QuerySet[Paper]) -> Paper:
    """The paper that these words name: exact first, then the only title that holds them."""
    wanted = typed.strip()
    exact = papers.filter(Q(code=wanted) | Q(number=wanted) | Q(title=wanted))[:2]
    found = list(exact) or search_papers(wanted, papers)
    if len(found) == 1:
        return found[0]
    if found:
        raise forms.ValidationError(f"有多条信息含有“{wanted}”，请从下面选一条")
    raise forms.ValidationError(f"没有找到“{wanted}”，请核对")


def reach(form: forms.Form, name: str, user: User) -> None:
    """Let a field find what stands on the site and what *user* may see besides (可选范围)."""
    field = form.fields[name]
    assert isinstance(field, PaperField)
    field.among(within_reach(user))


def looking(request: HttpRequest, form: forms.Form) -> bool:
    """Whether only a search was asked for (查找): the form is shown again as typed, with what was found."""
    if "find" not in request.POST:
        return False
    form.initial = {
        name: field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
    }
    form.is_bound = False
    return True
