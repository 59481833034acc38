"""准入: the one door of every staff page: signed in, settled in, and in one of the roles."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from gongkai.accounts.models import User

View = Callable[..., HttpResponseBase]


class UserRequest(HttpRequest):
    """A page asked for by somebody who is signed in (已登录的访问): what a staff view receives."""

    user: User


def staff_page(*roles: str) -> Callable[[View], View]:
    """Open a view to those who hold one of *roles* now; without *roles*, any post (工作人员页面)."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not isinstance(request.user, User):
                return redirect_to_login(request.get_full_path())
            step = unsettled(request.user)
            if step:
                return redirect(step)
            if not (request.user.has_role(*roles) if roles else request.user.held):
                raise PermissionDenied("您的岗位没有打开这个页面的权限。")
            return view(request, *args, **kwargs)

        return guarded

    return guard


def unsettled(user: User) -> str:
    """The page that must be done with first (先决步骤): a new password, a second factor; or nothing."""
    if user.must_change_password:
        return "account_change_password"
    if user.has_role(*settings.REQUIRE_TOTP) and not is_mfa_enabled(user):
        return "mfa_activate_totp"
    return ""
