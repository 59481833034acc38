"""纠错页面: the public's form; it alone sets a cookie, for the form's token."""

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from gongkai.documents.forms.errata import ErratumForm, SiteErratumForm
from gongkai.documents.models import Erratum, Paper
from gongkai.documents.services.keeping import receive_erratum
from gongkai.documents.views.public.paper import HOME, shortened
from gongkai.frame.forms import form_page
from gongkai.frame.today import now, today
from gongkai.rules.law import Refused

LONGEST_ADDRESS = 300


@never_cache
def about_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A fault in a paper (我要纠错)."""
    paper = get_object_or_404(Paper.objects.public(today(request)).select_related("unit"), pk=pk)
    form = ErratumForm(request.POST or None)
    return _answer(request, form, paper)


@never_cache
def about_site(request: HttpRequest) -> HttpResponse:
    """A fault anywhere on the site (网站纠错)."""
    came_from = request.META.get("HTTP_REFERER", "")[:LONGEST_ADDRESS]
    own = came_from.startswith(request.build_absolute_uri("/"))
    form = SiteErratumForm(request.POST or None, initial={"address": came_from if own else ""})
    return _answer(request, form, None)


def _answer(request: HttpRequest, form: ErratumForm, paper: Paper | None) -> HttpResponse:
    if request.method != "POST" or not form.is_valid():
        return _show(request, form, paper)
    if form.from_machine:
        return redirect("corrections_thanks")
    if not ratelimit.consume(request, action="feedback"):
        form.add_error(None, "您在一小时内已经提交了多条，请过一会儿再试。")
        return _show(request, form, paper)
    typed = {name: value for name, value in form.cleaned_data.items() if name != "website"}
    typed.setdefault("address", paper.get_absolute_url() if paper else "")
    try:
        kept = receive_erratum(paper, at=now(), **typed)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _show(request, form, paper)
    return redirect(f"{reverse('corrections_thanks')}?number={kept.pk}")


def _show(request: HttpRequest, form: ErratumForm, paper: Paper | None) -> HttpResponse:
    way = [(shortened(paper.title), paper.get_absolute_url())] if paper else []
    return form_page(
        request,
        form,
        title="我要纠错",
        submit="提交",
        cancel=paper.get_absolute_url() if paper else reverse("home"),
        template="documents/public/correction.html",
        frame="frame/public.html",
        paper=paper,
        breadcrumbs=[HOME, *way, ("我要纠错", "")],
    )


def thanks(request: HttpRequest) -> HttpResponse:
    """The number under which it was received, and by when it is answered (纠错回执)."""
    asked = request.GET.get("number", "")
    number = asked if asked.isascii() and asked.isdigit() and len(asked) < 12 else ""
    found = Erratum.objects.filter(pk=int(number)).only("due_on").first() if number else None
    context = {"erratum": found, "breadcrumbs": [HOME, ("我要纠错", "")]}
    return render(request, "documents/public/thanks.html", context)
