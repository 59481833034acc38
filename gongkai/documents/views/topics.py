"""专题: a saved query with pinned papers; units propose, the lead accepts."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_POST

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.accounts.models import Role, User
from gongkai.documents.forms.keepers import TopicForm
from gongkai.documents.forms.picking import PaperField, looking, reach
from gongkai.documents.models import Topic, TopicPin
from gongkai.documents.services import columns as services
from gongkai.documents.services.guards import WRITERS
from gongkai.documents.views.columns import public_url
from gongkai.frame.acts import attempt, press
from gongkai.frame.forms import form_page
from gongkai.frame.listing import Column, Empty, Listing, Search
from gongkai.frame.today import today

TRAIL = [("专题", reverse_lazy("topics"))]


def topic_url(row: Topic) -> str:
    """The staff page of a topic."""
    return reverse("topic_staff", args=[row.pk])


class TopicListing(Listing[Topic]):
    """All topics (专题)."""

    title = "专题"
    noun = "个专题"
    columns = (
        Column(label="专题名称", value=str, link=topic_url, kind="wide", width=30),
        Column(label="牵头单位", value=lambda row: row.lead.short_name, sort="lead", width=16),
        Column(label="待收录", value=lambda row: row.proposed, kind="number", width=10),
        Column(label="已收录", value=lambda row: row.accepted, kind="number", width=10),
        Column(label="结束日期", value=lambda row: row.closed_on, sort="closed_on", width=12),
    )
    filters = Search
    search = ("name", "slug")
    order: ClassVar[tuple[str, ...]] = ("closed_on", "position")
    empty = Empty("还没有专题", "专题按条件自动收录信息，也可以由单位推荐、牵头单位收录。")


@staff_page()
def topics(request: UserRequest) -> HttpResponse:
    """All topics (专题列表)."""
    rows = Topic.objects.select_related("lead").annotate(
        proposed=Count("pins", filter=Q(pins__accepted_on=None)),
        accepted=Count("pins", filter=Q(pins__accepted_on__isnull=False)),
    )
    return TopicListing(request, rows).respond(
        "documents/topics.html",
        keeper=request.user.has_role(Role.OFFICE),
        breadcrumbs=[("专题", "")],
    )


@staff_page("office")
def edit(request: UserRequest, pk: int | None = None) -> HttpResponse:
    """Begin a topic, or change one (编辑专题)."""
    kept = get_object_or_404(Topic, pk=pk) if pk else None
    form = TopicForm(request.POST or None, initial=_initial(kept))

    def run() -> object:
        return services.save_topic(kept, by=request.user, **form.fields_of())

    to = topic_url(kept) if kept else "topics"
    if request.method == "POST":
        answer = attempt(request, form, run, done="专题已保存，立即生效。", to=to)
        if answer:
            return answer
    title = "修改专题" if kept else "新增专题"
    return form_page(
        request, form, title=title, cancel=reverse("topics"), breadcrumbs=[*TRAIL, (str(kept or title), "")]
    )


def _initial(kept: Topic | None) -> dict[str, Any]:
    if kept is None:
        return {}
    named = {
        name: getattr(kept, name)
        for name in TopicForm.base_fields
        if name not in TopicForm.QUERY and name != "units"
    }
    days = {name: _day(kept.query.get(name)) for name in ("since", "until")}
    shown: dict[str, Any] = named | kept.query | days | {"units": kept.units.all()}
    return shown


def _day(typed: object) -> date | None:
    return date.fromisoformat(typed) if isinstance(typed, str) and typed else None


class ProposeForm(forms.Form):
    """A paper for the topic (推荐信息)."""

    paper = PaperField(label="推荐信息")


def _leads(user: User, topic: Topic) -> bool:
    return user.has_role(Role.OFFICE) or bool(WRITERS & user.roles_in(topic.lead))


@staff_page()
def topic(request: UserRequest, pk: int) -> HttpResponse:
    """One topic with its pinned and proposed papers (专题)."""
    shown = get_object_or_404(Topic.objects.select_related("lead"), pk=pk)
    form = ProposeForm(request.POST or None)
    reach(form, "paper", request.user)

    def run() -> object:
        paper = form.cleaned_data["paper"]
        return services.propose(shown, paper, by=request.user, today=today(request))

    if request.method == "POST" and not looking(request, form):
        answer = attempt(request, form, run, done="已推荐，等待牵头单位收录。", to=topic_url(shown))
        if answer:
            return answer
    leads = _leads(request.user, shown)
    pins = shown.pins.select_related("paper__unit", "proposed_by")
    if not leads:
        pins = pins.filter(Q(accepted_on__isnull=False) | Q(paper__unit__in=request.user.units()))
    context = {
        "topic": shown,
        "pins": pins,
        "form": form,
        "leads": leads,
        "keeper": request.user.has_role(Role.OFFICE),
        "may_propose": request.user.has_role(Role.OFFICER, Role.APPROVER, Role.OFFICE)
        and not shown.closed_on,
        "public": public_url("topic", shown.slug),
        "breadcrumbs": [*TRAIL, (str(shown), "")],
    }
    return render(request, "documents/topic.html", context)


def _pin(pk: int) -> TopicPin:
    return get_object_or_404(TopicPin.objects.select_related("topic__lead", "paper__unit"), pk=pk)


@staff_page()
@require_POST
def accept(request: UserRequest, pk: int) -> HttpResponse:
    """Take a proposed paper in (收录)."""
    pin = _pin(pk)
    return press(
        request,
        lambda: services.accept(pin, by=request.user, today=today(request)),
        done="已收录。",
        to=topic_url(pin.topic),
    )


@staff_page()
@require_POST
def unpin(request: UserRequest, pk: int) -> HttpResponse:
    """Take a paper out again, or turn it down (移出)."""
    pin = _pin(pk)
    return press(
        request, lambda: services.unpin(pin, by=request.user), done="已移出专题。", to=topic_url(pin.topic)
    )
