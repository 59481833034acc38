"""登录表单: allauth's forms in plain Chinese, without links to pages that this house does not have."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms

HINT = "至少 10 位；不能全是数字，不能用常见密码，也不要和用户名、姓名相近"


def _plain(form: forms.Form, name: str, label: str, hint: str = "") -> None:
    """A label above the field, nothing inside it (标签)."""
    form.fields[name].label = label
    form.fields[name].help_text = hint
    form.fields[name].widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):  # type: ignore[misc]
    """User name and password (登录)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, "login", "用户名")
        _plain(self, "password", "密码")


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """The old password, and the new one twice (修改密码)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, "oldpassword", "当前密码")
        _plain(self, "password1", "新密码", HINT)
        _plain(self, "password2", "新密码（再输一次）")

    def clean_password1(self) -> str:
        """A new password is another one."""
        new: str = self.cleaned_data["password1"]
        if new == self.cleaned_data.get("oldpassword"):
            raise forms.ValidationError("新密码不能与当前密码相同")
        return new


class ConfirmPasswordForm(ReauthenticateForm):  # type: ignore[misc]
    """The password once more before a delicate act (确认密码)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, "password", "密码")


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """The code of the second factor (动态口令)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, "code", "动态口令", "手机验证器上显示的 6 位数字；手机不在身边时，可输入一个备用码")
        self.fields["code"].widget.attrs["inputmode"] = "text"


class ConfirmCodeForm(ReauthenticateByCodeForm):  # type: ignore[misc]
    """The code once more before a delicate act (确认动态口令)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, "code", "动态口令")


class SetUpCodeForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code from a new authenticator (启用动态口令)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, "code", "动态口令", "扫码后，验证器上显示的 6 位数字")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"
