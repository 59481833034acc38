"""关联与有效性: how papers bear on each other; who changes a date sees first what depends on it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.documents.forms.keeping import DateForm, RelateForm
from gongkai.documents.forms.picking import looking, reach
from gongkai.documents.models import Paper, Relation
from gongkai.documents.services import relations as services
from gongkai.documents.services.guards import WRITERS
from gongkai.documents.views.doors import crumbs, paper_of, tabs
from gongkai.frame.acts import attempt, press
from gongkai.frame.forms import form_page
from gongkai.frame.today import today
from gongkai.rules.validity import timeline


def home(paper: Paper) -> str:
    """The page of a paper's relations."""
    return reverse("paper_relations", args=[paper.pk])


@staff_page()
def relations(request: UserRequest, pk: int) -> HttpResponse:
    """The relations of a paper, its validity and what depends on it (关联与有效性)."""
    paper = paper_of(request, pk)
    context = {
        "paper": paper,
        "rows": paper.relations.select_related("target", "made_by"),
        "borne": paper.borne.select_related("paper"),
        "dependents": services.dependents(paper),
        "events": timeline(services.facts_of(paper)),
        "may_relate": bool(WRITERS & request.user.roles_in(paper.unit)),
        "breadcrumbs": crumbs(paper, "关联与有效性"),
        "subnavigation": tabs(request, paper),
    }
    return render(request, "documents/relations.html", context)


@staff_page("officer", "approver")
def relate(request: UserRequest, pk: int) -> HttpResponse:
    """Say how a paper bears on another one (登记关联)."""
    paper = paper_of(request, pk)
    form = RelateForm(request.POST or None)
    reach(form, "target", request.user)

    def run() -> object:
        return services.relate(paper, by=request.user, today=today(request), **form.cleaned_data)

    if request.method == "POST" and not looking(request, form):
        answer = attempt(request, form, run, done="已登记关联，有效性已重新计算。", to=home(paper))
        if answer:
            return answer
    return form_page(
        request,
        form,
        title="登记关联",
        submit="登记",
        cancel=home(paper),
        lede=f"本文件：{paper}",
        breadcrumbs=crumbs(paper, "登记关联"),
    )


def _one(request: UserRequest, pk: int) -> Relation:
    seen = Relation.objects.filter(paper__in=Paper.objects.visible_to(request.user))
    return get_object_or_404(seen.select_related("paper__unit", "target"), pk=pk)


@staff_page("officer", "approver")
def change_date(request: UserRequest, pk: int) -> HttpResponse:
    """Change from when a relation holds; the page names what depends on it (修改生效日期)."""
    row = _one(request, pk)
    form = DateForm(request.POST or None, initial={"effective_on": row.effective_on})

    def run() -> object:
        day = form.cleaned_data["effective_on"]
        return services.change_date(row, effective_on=day, by=request.user, today=today(request))

    if request.method == "POST":
        answer = attempt(request, form, run, done="生效日期已修改，有效性已重新计算。", to=home(row.paper))
        if answer:
            return answer
    return form_page(
        request,
        form,
        title="修改生效日期",
        cancel=home(row.paper),
        template="documents/relation_date.html",
        relation=row,
        dependents=services.dependents(row.paper),
        breadcrumbs=crumbs(row.paper, "修改生效日期"),
    )


@staff_page("officer", "approver")
@require_POST
def unrelate(request: UserRequest, pk: int) -> HttpResponse:
    """Take a relation back (取消关联)."""
    row = _one(request, pk)
    return press(
        request,
        lambda: services.unrelate(row, by=request.user, today=today(request)),
        done="已取消关联，有效性已重新计算。",
        to=home(row.paper),
    )
