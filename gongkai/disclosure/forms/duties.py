"""公开职责的表单."""

from typing import Any

from django import forms

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.disclosure.models import CatalogueRow
from gongkai.disclosure.models.duty import CYCLE_CHOICES, STANDING_CHOICES
from gongkai.documents.models import Column, Sort
from gongkai.frame.listing import Search
from gongkai.rules import publication, staleness
from gongkai.rules.structured import declarations


class DutySearch(Search):
    """What the board is narrowed by (职责筛选)."""

    standing = forms.ChoiceField(label="状态", required=False, choices=[("", "全部状态"), *STANDING_CHOICES])
    unit = forms.ModelChoiceField(Unit.objects.none(), label="单位", required=False, empty_label="全部单位")
    column = forms.ModelChoiceField(
        Column.objects.open(), label="栏目", required=False, empty_label="全部栏目"
    )
    cycle = forms.ChoiceField(label="周期", required=False, choices=[("", "全部周期"), *CYCLE_CHOICES])

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = units


class DutyForm(forms.Form):
    """What a duty asks for (公开职责)."""

    title = forms.CharField(label="职责名称", max_length=120, help_text="例如：部门预算公开")
    unit = forms.ModelChoiceField(
        Unit.objects.filter(ended_on__isnull=True), label="责任单位", empty_label="请选择"
    )
    column = forms.ModelChoiceField(Column.objects.open(), label="栏目", required=False, empty_label="请选择")
    row = forms.ModelChoiceField(
        CatalogueRow.objects.none(),
        label="公开事项",
        required=False,
        empty_label="不对应标准目录",
        help_text="选了公开事项，就按对应到这个事项的信息核对",
    )
    keeper = forms.ModelChoiceField(
        User.objects.filter(is_active=True), label="责任人", required=False, empty_label="暂不指定"
    )
    cycle = forms.ChoiceField(label="公开周期", choices=CYCLE_CHOICES)
    limit = forms.ChoiceField(label="法定期限", help_text="一次性公开和发生时公开的，按这个期限计算")
    yearly = forms.ChoiceField(label="年度固定日期", required=False, help_text="只用于每年公开的职责")
    stretch = forms.ChoiceField(label="更新时限", help_text="只用于持续更新的职责")
    starts_on = forms.DateField(label="起始日期")
    sort = forms.ChoiceField(label="体裁", required=False, choices=[("", "不限"), *Sort.choices])
    form = forms.ChoiceField(label="结构化样式", required=False)
    paper_title = forms.CharField(
        label="标题样式",
        max_length=120,
        required=False,
        help_text="补写时带入的标题，可以写{年}、{季}、{月}、{单位}，例如：{单位}{年}年部门预算",
    )
    note = forms.CharField(label="说明", max_length=200, required=False)

    def __init__(self, *args: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.fields["row"]
        if isinstance(row, forms.ModelChoiceField):
            row.queryset = CatalogueRow.objects.current(today)
        self._offer("limit", [(code, str(rule)) for code, rule in _within()])
        days = publication.yearly_days().values()
        self._offer("yearly", [("", "无"), *((each.code, _said(each)) for each in days)])
        spans = staleness.stretches().values()
        self._offer("stretch", [(each.code, f"{each.label}：{each}") for each in spans])
        self._offer("form", [("", "普通信息"), *((each.code, each.name) for each in declarations().values())])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


def _said(day: publication.YearlyDay) -> str:
    return f"每年{day.month}月{day.day}日前（{day.matter}）"


def _within() -> list[tuple[str, publication.PublicationLimit]]:
    """The limits by which something must be published; those on how long it stays do not count here."""
    within = publication.Measure.WITHIN
    return [(code, rule) for code, rule in publication.limits().items() if rule.measure is within]


class EndForm(forms.Form):
    """From when a duty binds no more, and why (终止职责)."""

    on = forms.DateField(label="终止日期")
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class KeeperForm(forms.Form):
    """Who keeps the duty (责任人)."""

    keeper = forms.ModelChoiceField(
        User.objects.none(), label="责任人", required=False, empty_label="暂不指定"
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["keeper"]
        if isinstance(field, forms.ModelChoiceField):
            posted = User.objects.filter(posts__unit=unit, posts__ended_on__isnull=True)
            field.queryset = posted.distinct()


class EventForm(forms.Form):
    """What sets the clock going (起算事项)."""

    on = forms.DateField(label="日期")
    note = forms.CharField(
        label="说明", max_length=120, required=False, help_text="例如：区人大常委会批准决算"
    )
