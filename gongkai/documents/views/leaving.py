"""修订、撤下与恢复: what may be done to a paper that stands, or stood, on the site."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.documents.forms.keeping import PlaceForm, RemoveForm, ReviseForm
from gongkai.documents.forms.picking import looking, reach
from gongkai.documents.forms.texts import NoteForm
from gongkai.documents.models import Edition, Paper
from gongkai.documents.services import leaving, papers
from gongkai.documents.views.doors import crumbs, paper_of
from gongkai.frame.acts import attempt
from gongkai.frame.forms import form_page
from gongkai.frame.today import now, today


def home(paper: Paper) -> str:
    """The file of a paper."""
    return reverse("paper_history", args=[paper.pk])


@staff_page("officer", "approver")
def revise(request: UserRequest, pk: int) -> HttpResponse:
    """Begin a new edition from the one on the site (修订)."""
    paper = paper_of(request, pk)
    form = ReviseForm(request.POST or None)
    made: list[Edition] = []

    def run() -> None:
        made.append(papers.revise(paper, by=request.user, today=today(request), **form.cleaned_data))

    if request.method == "POST" and attempt(
        request, form, run, done="已生成修订稿，请修改。", to=home(paper)
    ):
        return redirect("edition_edit", made[0].pk)
    return form_page(
        request,
        form,
        title="修订",
        submit="开始修订",
        cancel=home(paper),
        lede=_basis(paper),
        breadcrumbs=crumbs(paper, "修订"),
    )


def _basis(paper: Paper) -> str:
    """From what the new edition begins (修订基础)."""
    if paper.state == "draft":
        return f"“{paper}”的稿件已作废。在作废前最后一稿的基础上重新起草，内容和附件都会带过来。"
    return f"在“{paper}”在网内容的基础上修改。审核发布前，公众看到的仍是原来的内容。"


@staff_page("approver", "office")
def remove(request: UserRequest, pk: int) -> HttpResponse:
    """Take a paper off the site (撤下)."""
    paper = paper_of(request, pk)
    form = RemoveForm(request.POST or None)
    reach(form, "into", request.user)

    def run() -> object:
        return leaving.remove(paper, by=request.user, at=now(), **form.cleaned_data)

    if request.method == "POST" and not looking(request, form):
        answer = attempt(request, form, run, done="已从网站撤下。", to=home(paper))
        if answer:
            return answer
    return form_page(
        request,
        form,
        title="从网站撤下",
        submit="撤下",
        grave=True,
        cancel=home(paper),
        lede=f"“{paper}”撤下后，附件同时转为不公开。原网址仍会给出说明。",
        breadcrumbs=crumbs(paper, "从网站撤下"),
    )


@staff_page("approver", "office")
def restore(request: UserRequest, pk: int) -> HttpResponse:
    """Put a paper back on the site (恢复上线)."""
    paper = paper_of(request, pk)
    form = NoteForm(request.POST or None)

    def run() -> object:
        return leaving.restore(paper, by=request.user, at=now(), **form.cleaned_data)

    if request.method == "POST":
        answer = attempt(request, form, run, done="已恢复上线。", to=home(paper))
        if answer:
            return answer
    return form_page(
        request,
        form,
        title="恢复上线",
        submit="恢复上线",
        cancel=home(paper),
        lede=f"“{paper}”恢复后，公众即可看到离线前的版本。",
        breadcrumbs=crumbs(paper, "恢复上线"),
    )


@staff_page("officer", "approver")
def place(request: UserRequest, pk: int) -> HttpResponse:
    """Say in which columns a paper stands (归入栏目)."""
    paper = paper_of(request, pk)
    form = PlaceForm(request.POST or None, initial={"columns": paper.columns.all()})

    def run() -> object:
        return papers.place(paper, columns=form.cleaned_data["columns"], by=request.user)

    if request.method == "POST":
        answer = attempt(request, form, run, done="栏目已保存，立即生效。", to=home(paper))
        if answer:
            return answer
    return form_page(
        request,
        form,
        title="归入栏目",
        cancel=home(paper),
        lede=f"“{paper}”可以同时出现在几个栏目里。",
        breadcrumbs=crumbs(paper, "归入栏目"),
    )
