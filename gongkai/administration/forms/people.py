"""账号的表单: what the administrator types about people."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.validators import ASCIIUsernameValidator

from gongkai.accounts.models import Role, User
from gongkai.agencies.models import Unit

STANDING = Unit.objects.filter(ended_on=None)


class PostForm(forms.Form):
    """A role in a unit (岗位)."""

    unit = forms.ModelChoiceField(STANDING, label="单位", empty_label="请选择")
    role = forms.ChoiceField(label="角色", choices=Role.choices)


class NewAccountForm(PostForm):
    """A new account with its first post (新增账号)."""

    username = forms.CharField(
        label="用户名",
        max_length=40,
        validators=[ASCIIUsernameValidator(message="用户名只能用字母、数字和 @ . + - _")],
        help_text="登录时使用，建议用姓名全拼",
    )
    full_name = forms.CharField(label="姓名", max_length=20)
    phone = forms.CharField(label="联系电话", max_length=30, required=False)
    email = forms.EmailField(label="电子邮箱", required=False, help_text="用于接收提醒")

    field_order = ["username", "full_name", "unit", "role", "phone", "email"]


class AccountForm(forms.ModelForm[User]):
    """Name and contacts (账号信息)."""

    class Meta:
        model = User
        fields: ClassVar = ["full_name", "phone", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "电子邮箱"


class ReasonForm(forms.Form):
    """Why an account is disabled (停用原因)."""

    reason = forms.CharField(label="停用原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))
