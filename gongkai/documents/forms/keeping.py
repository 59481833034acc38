"""保管的表单: releases, relations, leaving, errata, re-assessment and clean-ups."""

from typing import Any

from django import forms

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.documents.forms.picking import PaperField
from gongkai.documents.forms.texts import long_text, moment
from gongkai.documents.models import Attribute, Bond, CleanupEntry, Column, Ground
from gongkai.documents.states import DEPARTURES, Departure


class ReleaseForm(forms.Form):
    """A release (发布批次)."""

    title = forms.CharField(label="名称", max_length=120, help_text="例如：稳就业政策及解读联合发布")
    unit = forms.ModelChoiceField(Unit.objects.none(), label="牵头单位", empty_label=None)
    embargo_until = moment(
        "解禁时间", required=False, hint="到时整批自动发布，此前不能发布。可以留空，由人发布。"
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = units


class EmbargoForm(forms.Form):
    """Another moment for a release (调整解禁时间)."""

    embargo_until = moment("解禁时间", required=False, hint="到时整批自动发布。留空则由人发布。")


class RelateForm(forms.Form):
    """A relation to another paper (登记关联)."""

    bond = forms.ChoiceField(label="本文件对它", choices=Bond.choices)
    target = PaperField(label="对方文件", required=False)
    target_title = forms.CharField(
        label="不在本平台的文件标题", max_length=200, required=False, help_text="对方文件不在本平台时填写。"
    )
    target_number = forms.CharField(label="不在本平台的文件文号", max_length=60, required=False)
    effective_on = forms.DateField(
        label="生效日期", required=False, help_text="留空时按本文件施行日期或成文日期。"
    )
    place = forms.CharField(label="涉及条款", max_length=120, required=False)


class DateForm(forms.Form):
    """From when a relation holds (生效日期)."""

    effective_on = forms.DateField(label="生效日期", required=False)


class RemoveForm(forms.Form):
    """How and why a paper leaves the site (撤下)."""

    how = forms.ChoiceField(
        label="离线方式",
        choices=[(code.value, label) for code, label in DEPARTURES.items() if code is not Departure.EXPIRED],
        widget=forms.RadioSelect,
    )
    into = PaperField(label="并入的信息", required=False, help_text="只在选“并入其他信息”时填写。")
    note = long_text("原因", hint="撤回时，公众会看到这段说明。", limit=500, rows=3)


class ReviseForm(forms.Form):
    """Why a new edition is made (修订)."""

    note = long_text("本次修改说明", hint="公众可以在版本记录里看到。", limit=500, rows=3, required=False)
    minor = forms.BooleanField(label="仅文字更正（不改变内容）", required=False)


class PlaceForm(forms.Form):
    """In which columns a paper stands (归入栏目)."""

    columns = forms.ModelMultipleChoiceField(
        Column.objects.open(), label="栏目", required=False, widget=forms.CheckboxSelectMultiple
    )


class AnswerErratumForm(forms.Form):
    """What became of a reader's hint (处理结果)."""

    reply = long_text("处理结果", hint="写明怎样核实、改了什么，或者为什么不需要改。", limit=1000)


class ReassessForm(forms.Form):
    """A look again at a paper that is not public (评估公开属性)."""

    attribute = forms.ChoiceField(label="评估结果", choices=Attribute.choices, widget=forms.RadioSelect)
    ground = forms.ChoiceField(
        label="不公开依据", choices=[("", "与原来相同"), *Ground.choices], required=False
    )
    reason = long_text("评估理由", limit=500, rows=3)


class CleanupForm(forms.Form):
    """A clean-up of the papers of some years (发起清理)."""

    title = forms.CharField(label="名称", max_length=120, help_text="例如：2021年行政规范性文件清理")
    since = forms.DateField(label="成文日期自")
    until = forms.DateField(label="成文日期至")
    normative_only = forms.BooleanField(label="只清理行政规范性文件", required=False)


class JudgeForm(forms.Form):
    """What becomes of one paper (清理意见)."""

    verdict = forms.ChoiceField(
        label="清理意见", choices=CleanupEntry.Verdict.choices, widget=forms.RadioSelect
    )
    reason = long_text("理由", hint="继续有效的可以不填。", limit=500, rows=3, required=False)


class DecideForm(forms.Form):
    """How the result is published (公布清理结果)."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="公布单位", empty_label=None)
    number = forms.CharField(label="公告文号", max_length=60, required=False)
    columns = forms.ModelMultipleChoiceField(
        Column.objects.open(), label="栏目", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Unit.objects.filter(pk__in=[post.unit_id for post in user.held])
