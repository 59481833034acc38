"""留言表单: a message of the public, without an account."""

from typing import Any

from django import forms

from gongkai.ledger.forms.deeds import long_text
from gongkai.ledger.models import Task
from gongkai.ledger.models.plan import TaskQuerySet


class FeedbackForm(forms.Form):
    """What somebody wants to tell the office (社会监督留言)."""

    task = forms.ModelChoiceField(
        Task.objects.none(),
        label="针对哪项任务（选填）",
        required=False,
        empty_label="不针对某一项",
    )
    text = long_text(
        "您的意见建议",
        hint="例如：某项工作没有做到、网页打不开、希望公开什么内容。请不要填写身份证号等个人信息。",
        limit=1000,
    )
    name = forms.CharField(label="称呼（选填）", required=False, max_length=20)
    contact = forms.CharField(
        label="联系方式（选填）",
        required=False,
        max_length=60,
        help_text="电话或电子邮箱，只用于核实情况，不会公开。",
    )
    website = forms.CharField(
        label="请不要填写这一项",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, tasks: TaskQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["task"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = tasks

    @property
    def from_machine(self) -> bool:
        """Whether the hidden field was filled in, which people never do (机器填写)."""
        return bool(self.cleaned_data.get("website"))
