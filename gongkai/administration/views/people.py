"""账号的页面: who may sign in, in which posts, and every act on an account."""

from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.accounts.models import Post, Role, User
from gongkai.agencies.models import Unit
from gongkai.frame.listing import Column, Listing, Search

READERS = (Role.ADMINISTRATOR, Role.OFFICE)


def person_url(user: User) -> str:
    """The page of an account."""
    return reverse("person", args=[user.pk])


def _posts(user: User) -> str:
    held = (post for post in user.posts.all() if post.ended_on is None)
    return "；".join(str(post) for post in held) or "（无岗位）"


class PersonSearch(Search):
    """Filters over accounts (账号筛选)."""

    role = forms.ChoiceField(label="角色", required=False, choices=[("", "全部"), *Role.choices])
    unit = forms.ModelChoiceField(Unit.objects.all(), label="单位", required=False, empty_label="全部")
    disabled = forms.BooleanField(label="只看已停用", required=False)


class PersonListing(Listing[User]):
    """The accounts (账号)."""

    title = "账号"
    noun = "个账号"
    columns = (
        Column(label="姓名", value=str, sort="full_name", link=person_url, width=12),
        Column(label="用户名", value=lambda row: row.username, sort="username", width=18),
        Column(label="现任岗位", value=_posts, kind="wide", width=40),
        Column(label="联系电话", value=lambda row: row.phone, width=16),
        Column(label="状态", value=lambda row: "使用中" if row.is_active else "已停用", width=10),
        Column(label="动态口令", value=lambda row: "已启用" if row.has_code else "未启用", width=10),
        Column(label="最近登录", value=lambda row: row.last_login, sort="last_login", width=18),
    )
    filters = PersonSearch
    search = ("full_name", "username", "phone")
    order = ("username",)
    per_page = 50

    def narrow(self, rows: QuerySet[User], asked: dict[str, Any]) -> QuerySet[User]:
        """By role and unit of posts held now."""
        held = Post.objects.filter(ended_on=None)
        if asked.get("role"):
            held = held.filter(role=asked["role"])
        if asked.get("unit"):
            held = held.filter(unit=asked["unit"])
        if asked.get("role") or asked.get("unit"):
            rows = rows.filter(pk__in=held.values("user"))
        if asked.get("disabled"):
            rows = rows.filter(is_active=False)
        return super().narrow(rows, {name: value for name, value in asked.items() if name == "q"})


@staff_page(*READERS)
def people(request: UserRequest) -> HttpResponse:
    """The accounts (账号)."""
    code = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    rows = User.objects.prefetch_related("posts__unit").annotate(has_code=Exists(code))
    return PersonListing(request, rows).respond(
        "administration/people.html", keeper=request.user.has_role(Role.ADMINISTRATOR)
    )


@staff_page(*READERS)
def person(request: UserRequest, pk: int) -> HttpResponse:
    """One account: contacts, posts, what was done to it (账号)."""
    shown = get_object_or_404(User, pk=pk)
    return render(
        request,
        "administration/person.html",
        {
            "person": shown,
            "posts": shown.posts.select_related("unit").order_by("ended_on", "-started_on", "pk"),
            "has_code": Authenticator.objects.filter(user=shown).exists(),
            "keeper": request.user.has_role(Role.ADMINISTRATOR),
            "breadcrumbs": [("账号", reverse("people")), (str(shown), "")],
        },
    )
