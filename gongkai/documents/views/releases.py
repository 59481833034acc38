"""发布批次: several editions that go live at one moment, or none of them."""

from typing import ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.accounts.models import Role, User
from gongkai.agencies.models import Unit
from gongkai.documents.forms.keeping import EmbargoForm, ReleaseForm
from gongkai.documents.forms.writing import writing_units
from gongkai.documents.models import Edition, Release
from gongkai.documents.services import releases as services
from gongkai.documents.states import OPEN
from gongkai.documents.views.doors import edition_of
from gongkai.frame.acts import attempt, press
from gongkai.frame.forms import form_page
from gongkai.frame.listing import Column, Empty, Listing, Search
from gongkai.frame.today import now, today

LEADERS = frozenset({Role.OFFICER, Role.APPROVER, Role.OFFICE})


def visible(user: User) -> QuerySet[Release]:
    """The releases that *user* may see (可见批次): led by the own units, or with their editions."""
    if user.sees_all:
        return Release.objects.all()
    own = user.units().order_by().values("pk")
    return Release.objects.filter(Q(unit__in=own) | Q(editions__paper__unit__in=own)).distinct()


def release_url(row: Release) -> str:
    """The page of a release."""
    return reverse("release", args=[row.pk])


class ReleaseListing(Listing[Release]):
    """All releases (发布批次列表)."""

    title = "发布批次"
    noun = "批"
    columns = (
        Column(label="名称", value=str, link=release_url, kind="wide", width=50),
        Column(label="牵头单位", value=lambda row: row.unit.short_name, sort="unit", width=16),
        Column(label="稿件", value=lambda row: row.count, kind="number", width=8),
        Column(
            label="状态",
            value=lambda row: row.stage[1],
            template="documents/cells/release_state.html",
            width=10,
        ),
        Column(label="解禁时间", value=lambda row: row.embargo_until, sort="embargo_until", width=17),
        Column(label="发布时间", value=lambda row: row.done_at, sort="done_at", width=17),
    )
    filters = Search
    search = ("title",)
    order: ClassVar[tuple[str, ...]] = ("-id",)
    empty = Empty(
        "还没有发布批次",
        "政策文件和它的解读、几个单位的联合发布，可以放进一个批次，同时上线。",
    )


@staff_page()
def releases(request: UserRequest) -> HttpResponse:
    """All releases that concern one's units (发布批次列表)."""
    rows = visible(request.user).select_related("unit").annotate(count=Count("editions", distinct=True))
    return ReleaseListing(request, rows).respond(
        "documents/releases.html",
        may_make=request.user.has_role(*LEADERS),
        breadcrumbs=[("政府信息", reverse("papers")), ("发布批次", "")],
    )


def leading_units(user: User) -> QuerySet[Unit]:
    """The units for which somebody may lead a release (可牵头的单位)."""
    if user.has_role(Role.OFFICE):
        return Unit.objects.all()
    units: QuerySet[Unit] = writing_units(user)
    return units


@staff_page("officer", "approver", "office")
def make(request: UserRequest) -> HttpResponse:
    """Begin a release (建立发布批次)."""
    form = ReleaseForm(request.POST or None, units=leading_units(request.user))
    made: list[Release] = []

    def run() -> None:
        made.append(services.make_release(by=request.user, today=today(request), **form.cleaned_data))

    if request.method == "POST":
        answer = attempt(request, form, run, done="已建立发布批次，请添加稿件。", to="releases")
        if answer:
            return redirect(release_url(made[0]))
    return form_page(
        request,
        form,
        title="建立发布批次",
        submit="建立",
        cancel=reverse("releases"),
        breadcrumbs=[("政府信息", reverse("papers")), ("发布批次", reverse("releases")), ("建立", "")],
    )


class AddForm(forms.Form):
    """An edition for the release (添加稿件)."""

    edition = forms.ModelChoiceField(Edition.objects.none(), label="在办稿件", empty_label="请选择")


@staff_page()
def release(request: UserRequest, pk: int) -> HttpResponse:
    """One release with its editions (发布批次)."""
    shown = get_object_or_404(visible(request.user).select_related("unit", "made_by"), pk=pk)
    leads = bool(LEADERS & request.user.roles_in(shown.unit))
    form = _add_form(request)
    if request.method == "POST":
        if not request.user.has_role(*LEADERS):
            raise PermissionDenied("您的岗位不能办理发布批次。")
        answer = attempt(
            request,
            form,
            lambda: services.add(shown, form.cleaned_data["edition"], by=request.user),
            done="已列入批次。",
            to=release_url(shown),
        )
        if answer:
            return answer
    editions = list(shown.editions.select_related("paper__unit").order_by("pk"))
    context = {
        "release": shown,
        "editions": editions,
        "waiting": sum(1 for each in editions if each.state != "ready"),
        "form": form,
        "leads": leads,
        "may_add": leads and not shown.done_at,
        "breadcrumbs": [("政府信息", reverse("papers")), ("发布批次", reverse("releases")), (str(shown), "")],
    }
    return render(request, "documents/release.html", context)


def _add_form(request: UserRequest) -> AddForm:
    form = AddForm(request.POST if request.method == "POST" else None)
    field = form.fields["edition"]
    assert isinstance(field, forms.ModelChoiceField)
    mine = Edition.objects.visible_to(request.user).filter(state__in=OPEN, release=None)
    field.queryset = mine.exclude(state="scheduled").filter(paper__unit__in=leading_units(request.user))
    return form


@staff_page("officer", "approver", "office")
def moment(request: UserRequest, pk: int) -> HttpResponse:
    """Set another moment for a release (调整解禁时间)."""
    shown = get_object_or_404(visible(request.user).select_related("unit"), pk=pk)
    if shown.done_at or not LEADERS & request.user.roles_in(shown.unit):
        raise PermissionDenied("只有牵头单位可以调整未发布批次的解禁时间。")
    form = EmbargoForm(request.POST or None, initial={"embargo_until": shown.embargo_until})

    def run() -> object:
        return services.change_embargo(shown, by=request.user, at=now(), **form.cleaned_data)

    if request.method == "POST":
        answer = attempt(request, form, run, done="解禁时间已调整。", to=release_url(shown))
        if answer:
            return answer
    return form_page(
        request,
        form,
        title="调整解禁时间",
        cancel=release_url(shown),
        breadcrumbs=[
            ("政府信息", reverse("papers")),
            ("发布批次", reverse("releases")),
            (str(shown), release_url(shown)),
            ("调整解禁时间", ""),
        ],
    )


@staff_page("officer", "approver", "office")
@require_POST
def publish(request: UserRequest, pk: int) -> HttpResponse:
    """Publish all editions of the release at one moment (整批发布)."""
    shown = get_object_or_404(visible(request.user).select_related("unit"), pk=pk)
    return press(
        request,
        lambda: services.publish_release(shown, by=request.user, at=now()),
        done="整批已发布。",
        to=release_url(shown),
    )


@staff_page("officer", "approver", "office")
@require_POST
def take_out(request: UserRequest, pk: int) -> HttpResponse:
    """Take an edition out of its release (移出批次)."""
    edition = edition_of(request, pk)
    to = release_url(edition.release) if edition.release else edition.get_absolute_url()
    return press(request, lambda: services.take_out(edition, by=request.user), done="已移出批次。", to=to)
