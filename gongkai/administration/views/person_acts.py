"""账号的办理页面: one form or one button for each act on an account."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.accounts.models import Post, User
from gongkai.administration.forms.people import AccountForm, NewAccountForm, PostForm, ReasonForm
from gongkai.administration.services import accounts
from gongkai.administration.services.accounts import KEEPER
from gongkai.administration.views.people import person_url
from gongkai.frame.acts import attempt, press
from gongkai.frame.forms import form_page
from gongkai.frame.today import today
from gongkai.rules.law import Refused


@staff_page(KEEPER)
@never_cache
def new(request: UserRequest) -> HttpResponse:
    """Make an account (新增账号); its one-time password is shown on the next page and never again."""
    form = NewAccountForm(request.POST or None)
    if form.is_valid():
        try:
            person, word = accounts.create_account(by=request.user, today=today(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _told(request, person, word)
    return form_page(request, form, title="新增账号", submit="新增", cancel=reverse("people"))


def _told(request: UserRequest, person: User, word: str) -> HttpResponse:
    return render(request, "administration/password.html", {"person": person, "word": word})


@staff_page(KEEPER)
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change name and contacts (修改账号信息)."""
    person = get_object_or_404(User, pk=pk)
    form = AccountForm(request.POST or None, instance=get_object_or_404(User, pk=pk))
    if request.method == "POST":
        answer = attempt(
            request,
            form,
            lambda: accounts.edit_account(person, by=request.user, **form.cleaned_data),
            done="已保存账号信息",
            to=person_url(person),
        )
        if answer:
            return answer
    return form_page(request, form, title=f"修改账号信息：{person}", cancel=person_url(person))


@staff_page(KEEPER)
def add_post(request: UserRequest, pk: int) -> HttpResponse:
    """One more role (增加岗位)."""
    person = get_object_or_404(User, pk=pk)
    form = PostForm(request.POST or None)
    if request.method == "POST":
        answer = attempt(
            request,
            form,
            lambda: accounts.add_post(person, by=request.user, today=today(request), **form.cleaned_data),
            done="已增加岗位",
            to=person_url(person),
        )
        if answer:
            return answer
    return form_page(request, form, title=f"增加岗位：{person}", submit="增加", cancel=person_url(person))


@staff_page(KEEPER)
def disable(request: UserRequest, pk: int) -> HttpResponse:
    """Bar from signing in (停用账号)."""
    person = get_object_or_404(User, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST":
        answer = attempt(
            request,
            form,
            lambda: accounts.disable_account(person, by=request.user, **form.cleaned_data),
            done="已停用账号，对方已在所有设备上退出",
            to=person_url(person),
        )
        if answer:
            return answer
    lede = "停用后不能登录，以前办理的记录都保留。"
    return form_page(
        request,
        form,
        title=f"停用账号：{person}",
        submit="停用",
        cancel=person_url(person),
        lede=lede,
        grave=True,
    )


def _button(request: UserRequest, person: User, act: Callable[[], object], done: str) -> HttpResponse:
    return press(request, act, done=done, to=person_url(person))


@staff_page(KEEPER)
@require_POST
def end_post(request: UserRequest, pk: int) -> HttpResponse:
    """One role less (结束岗位)."""
    post = get_object_or_404(Post.objects.select_related("user"), pk=pk)
    return _button(
        request,
        post.user,
        lambda: accounts.end_post(post, by=request.user, today=today(request)),
        "已结束岗位",
    )


@staff_page(KEEPER)
@require_POST
def enable(request: UserRequest, pk: int) -> HttpResponse:
    """Let sign in again (启用账号)."""
    person = get_object_or_404(User, pk=pk)
    return _button(request, person, lambda: accounts.enable_account(person, by=request.user), "已启用账号")


@staff_page(KEEPER)
@require_POST
@never_cache
def reset_password(request: UserRequest, pk: int) -> HttpResponse:
    """A new one-time password (重置密码), shown once."""
    person = get_object_or_404(User, pk=pk)
    return _told(request, person, accounts.reset_password(person, by=request.user))


@staff_page(KEEPER)
@require_POST
def reset_second_factor(request: UserRequest, pk: int) -> HttpResponse:
    """A telephone was lost (解除动态口令)."""
    person = get_object_or_404(User, pk=pk)
    return _button(
        request,
        person,
        lambda: accounts.reset_second_factor(person, by=request.user),
        "已解除动态口令，对方下次登录后可重新启用",
    )
