"""登录留痕: signing in and out, failures, passwords and second factors leave traces (allauth's own hooks)."""

from typing import Any

from allauth.account.views import AccountInactiveView, LoginView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.views import LoginCancelledView, LoginErrorView
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.accounts.adapters import SingleSignOnAdapter, StaffAdapter
from gongkai.accounts.models import User
from gongkai.audit.services import record


class TracedAdapter(StaffAdapter):
    """Sign-in that leaves traces (登录留痕)."""

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Signed in, second factor included (登录)."""
        record(user, "登录", by=user, facts={"IP": self.get_client_ip(request)})
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def logout(self, request: HttpRequest) -> None:
        """Signed out (退出登录)."""
        if isinstance(request.user, User):
            record(request.user, "退出登录", by=request.user)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password for a known account (登录失败).

        An unknown name is not kept: people type their password into that field by mistake.
        """
        known = User.objects.filter(username__iexact=credentials.get("username", "")).first()
        if known:
            record(known, "登录失败", by=None, facts={"IP": self.get_client_ip(request)})
        super().authentication_failed(request, **credentials)

    @transaction.atomic
    def set_password(self, user: User, password: str) -> None:
        """Changed by its owner (修改密码); the one-time password has done its work."""
        user.must_change_password = False
        super().set_password(user, password)
        record(user, "修改密码", by=user)


class TracedSingleSignOn(SingleSignOnAdapter):
    """Single sign-on that leaves a trace when an identity is joined to an account (绑定统一身份认证)."""

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: SocialAccount) -> str:
        """Joined, or refused because the identity is somebody else's: back to one's own account."""
        user = request.user
        if isinstance(user, User) and socialaccount.pk and socialaccount.user_id == user.pk:
            record(user, "绑定统一身份认证", by=user, facts={"服务": socialaccount.provider})
        return reverse("my_account")


class OwnSite:
    """The pages of this house call the district ``site`` (站点); the library's own value must not hide it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All but the library's site."""
        found: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {name: value for name, value in found.items() if name != "site"}


class SignIn(OwnSite, LoginView):  # type: ignore[misc]
    """User name and password (登录)."""


class SecondStep(OwnSite, AuthenticateView):  # type: ignore[misc]
    """The second factor at sign-in (输入动态口令)."""


class ClosedAccount(OwnSite, AccountInactiveView):  # type: ignore[misc]
    """The account is switched off (账号已停用)."""


class SingleSignOnCancelled(OwnSite, LoginCancelledView):  # type: ignore[misc]
    """Somebody turned back at the province's sign-in (已取消统一认证)."""


class SingleSignOnFailed(OwnSite, LoginErrorView):  # type: ignore[misc]
    """The province's sign-in did not work (统一认证失败)."""


class ActivateTotp(ActivateTOTPView):  # type: ignore[misc]
    """Set up the second factor (启用动态口令)."""

    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        """Kept, and traced."""
        response: HttpResponse = super().form_valid(form)
        record(self.request.user, "启用动态口令", by=self.request.user)
        return response


class DeactivateTotp(DeactivateTOTPView):  # type: ignore[misc]
    """Give up the second factor (停用动态口令)."""

    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        """Taken away, and traced."""
        response: HttpResponse = super().form_valid(form)
        record(self.request.user, "停用动态口令", by=self.request.user)
        return response


class GenerateRecoveryCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    """Make new recovery codes (生成备用码)."""

    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        """Made, and traced."""
        response: HttpResponse = super().form_valid(form)
        record(self.request.user, "生成备用码", by=self.request.user)
        return response
