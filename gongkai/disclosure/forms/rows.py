"""公开事项的表单: a row as the printed table has it, why it changes, by what it finds its papers."""

from typing import Any

from django import forms

from gongkai.agencies.models import Unit
from gongkai.disclosure.models import CatalogueRow, Field
from gongkai.documents.models import Column, Paper
from gongkai.frame.uploads import UploadField
from gongkai.rules.catalogue import CHANNELS, RowFacts

LEVELS = [("county", "县级"), ("town", "乡级"), ("village", "村级")]
WAYS = [("active", "主动公开"), ("on_request", "依申请公开")]


class RowForm(forms.Form):
    """One row of a catalogue and the reason for its change (公开事项)."""

    first = forms.CharField(label="一级事项", max_length=80)
    second = forms.CharField(label="二级事项", max_length=120)
    elements = forms.CharField(
        label="公开内容（要素）", widget=forms.Textarea(attrs={"rows": 5}), help_text="一行一个要素"
    )
    basis = forms.CharField(
        label="公开依据",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="一行一条，写明文件名称、文号和条款；没有核对原文的，请注明“未核实”",
    )
    limit = forms.CharField(
        label="公开时限", max_length=120, help_text="例如：信息形成或者变更之日起20个工作日内"
    )
    subject = forms.CharField(label="公开主体", max_length=120)
    channels = forms.MultipleChoiceField(
        label="公开渠道和载体",
        choices=[(name, name) for name in CHANNELS],
        widget=forms.CheckboxSelectMultiple,
    )
    other_channel = forms.CharField(label="其他渠道", max_length=60, required=False)
    for_all = forms.BooleanField(label="向全社会公开", required=False)
    audience = forms.CharField(label="特定群体", max_length=80, required=False)
    ways = forms.MultipleChoiceField(label="公开方式", choices=WAYS, widget=forms.CheckboxSelectMultiple)
    levels = forms.MultipleChoiceField(label="公开层级", choices=LEVELS, widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(label="调整理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    unit = forms.ModelChoiceField(Unit.objects.none(), label="提出单位")

    def __init__(self, *args: Any, units: Any = None, number: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number = number
        field = self.fields["unit"]
        if units is None:
            del self.fields["unit"]
        elif isinstance(field, forms.ModelChoiceField):
            field.queryset = units
            if len(units) == 1:
                field.widget, field.initial = forms.HiddenInput(), units[0]

    def clean(self) -> dict[str, Any]:
        """Somebody must be meant: everybody, or a named group."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if not typed.get("for_all") and not typed.get("audience"):
            self.add_error("audience", "不向全社会公开的，请写明特定群体")
        return typed

    def facts(self) -> RowFacts:
        """What was typed, as the facts of a row."""
        typed = self.cleaned_data
        texts = ("first", "second", "elements", "basis", "limit", "subject", "other_channel", "audience")
        given: dict[str, Any] = {name: typed[name].replace("\r\n", "\n") for name in texts}
        given |= {name: name in typed["ways"] for name, _ in WAYS}
        given |= {name: name in typed["levels"] for name, _ in LEVELS}
        chosen = tuple(name for name in CHANNELS if name in typed["channels"])
        return RowFacts(self.number, channels=chosen, for_all=typed["for_all"], **given)


def initial_of(row: CatalogueRow) -> dict[str, Any]:
    """What the form shows of a row (现有内容)."""
    names = [name for name in RowForm.base_fields if hasattr(row, name)]
    return {name: getattr(row, name) for name in names} | {
        "ways": [name for name, _ in WAYS if getattr(row, name)],
        "levels": [name for name, _ in LEVELS if getattr(row, name)],
    }


class ReasonForm(forms.Form):
    """Why (理由)."""

    reason = forms.CharField(label="调整理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    unit = forms.ModelChoiceField(Unit.objects.none(), label="提出单位")

    def __init__(self, *args: Any, units: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        if units is None:
            del self.fields["unit"]
        elif isinstance(field, forms.ModelChoiceField):
            field.queryset = units
            if len(units) == 1:
                field.widget, field.initial = forms.HiddenInput(), units[0]


class RemarkForm(forms.Form):
    """What the office says to a proposal (审定意见)."""

    remark = forms.CharField(
        label="审定意见", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class RefusalForm(forms.Form):
    """Why the office turns a proposal down (不采纳的理由)."""

    remark = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class MatchingForm(forms.Form):
    """By what a row finds its papers, and who answers for it (对应关系)."""

    column = forms.ModelChoiceField(
        Column.objects.open(), label="对应栏目", required=False, empty_label="不按栏目对应"
    )
    keywords = forms.CharField(
        label="匹配词",
        max_length=120,
        required=False,
        help_text="用空格分开，标题或关键词含有其中一个就对应；留空表示栏目内的全部信息",
    )
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label="责任单位", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["units"]
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.queryset = Unit.objects.filter(ended_on__isnull=True)


class LinkForm(forms.Form):
    """Which paper fills the row (对应信息)."""

    paper = forms.CharField(label="政府信息", max_length=200, help_text="填写索引号、发文字号或者完整标题")

    def __init__(self, *args: Any, seen: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen = seen

    def clean_paper(self) -> Paper:
        """The one paper on the site that is meant."""
        typed = self.cleaned_data["paper"].strip()
        live = self.seen.filter(state="live")
        for field in ("code", "number", "title"):
            found = list(live.filter(**{field: typed})[:2])
            if len(found) == 1:
                paper: Paper = found[0]
                return paper
            if found:
                raise forms.ValidationError("有不止一条这样的信息，请填写索引号")
        raise forms.ValidationError("没有找到已发布的这条信息，请核对索引号、文号或者标题")


class CatalogueImportForm(forms.Form):
    """A sheet in the national layout (导入目录)."""

    field = forms.ModelChoiceField(Field.objects.all(), label="领域", empty_label="请选择")
    version = forms.CharField(label="版本", max_length=20, help_text="例如：2022")
    in_force_from = forms.DateField(label="施行日期")
    upload = UploadField(label="目录表格", kinds=("xlsx",))
