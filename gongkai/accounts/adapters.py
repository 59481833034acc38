"""登录方式: staff accounts are made by the administrator; nobody signs up by themselves."""

import base64
import hashlib
from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest

from gongkai.accounts.models import User


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in by user name and password (账号密码登录)."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "这个账号已停用，请联系系统管理员",
        "username_password_mismatch": "用户名或密码不正确",
        "email_password_mismatch": "用户名或密码不正确",
        "enter_current_password": "请填写当前密码",
        "incorrect_password": "密码不正确",
        "too_many_login_attempts": "登录失败次数太多，请 5 分钟后再试",
        "rate_limited": "操作太频繁，请稍后再试",
        "password_min_length": "密码至少 {0} 位",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Never: accounts come from the administrator."""
        return False


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor (动态口令); its secrets lie encrypted in the database."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "动态口令不正确，请输入手机上当前显示的 6 位数字",
        "cannot_delete_authenticator": "您的岗位必须使用动态口令，不能停用",
        "cannot_generate_recovery_codes": "请先启用动态口令，再生成备用码",
    }

    def encrypt(self, text: str) -> str:
        """Lock a secret with the site's key (加密)."""
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Unlock a secret (解密)."""
        return _lock().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not where a role of this person demands it (必须使用动态口令)."""
        user = authenticator.user
        return not (isinstance(user, User) and user.has_role(*settings.REQUIRE_TOTP))


def _lock() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(settings.SECRET_KEY.encode()).digest()))


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Sign-in by the province's identity service (统一身份认证)."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        """Never: an identity must first be joined to an existing account."""
        return False
