"""督办与催办表单."""

from django import forms

from gongkai.ledger.forms.deeds import long_text


class ReminderForm(forms.Form):
    """What a bulk reminder says (催办)."""

    text = long_text("提醒内容", hint="发到责任单位信息员和负责人的工作台与邮箱。", limit=300)


class SupervisionForm(forms.Form):
    """A demand to one or more units (立案督办)."""

    demand = long_text("督办要求", limit=1000)
    answer_by = forms.DateField(label="反馈时限", help_text="责任单位须在这一天之前反馈整改情况。")
