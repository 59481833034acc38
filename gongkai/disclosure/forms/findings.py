"""栏目体检、指南和试点的表单."""

from typing import Any

from django import forms

from gongkai.agencies.models import Kind, Unit
from gongkai.disclosure.models import CatalogueRow, ColumnFinding, Guide
from gongkai.disclosure.states import FINDING
from gongkai.documents.models import Column
from gongkai.frame.listing import Search


class FindingSearch(Search):
    """What the findings are narrowed by (问题筛选)."""

    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "没有销号的"), *FINDING.states.items(), ("all", "全部")],
    )
    sort = forms.ChoiceField(
        label="问题类别", required=False, choices=[("", "全部类别"), *ColumnFinding.Sort.choices]
    )
    column = forms.ModelChoiceField(
        Column.objects.open(), label="栏目", required=False, empty_label="全部栏目"
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="整改单位", required=False, empty_label="全部单位"
    )
    late = forms.BooleanField(label="只看超期", required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = units


class MendForm(forms.Form):
    """What was done (整改说明)."""

    note = forms.CharField(
        label="整改说明",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="提交后系统马上复查：问题已消除的自动销号，没有消除的退回待整改。",
    )


class AssignForm(forms.Form):
    """Who can mend it (转交)."""

    unit = forms.ModelChoiceField(
        Unit.objects.filter(ended_on__isnull=True), label="整改单位", empty_label="请选择"
    )


class GuideForm(forms.ModelForm[Guide]):
    """What a unit adds to its guide (公开指南)."""

    class Meta:
        model = Guide
        fields = (
            "office",
            "address",
            "hours",
            "phone",
            "fax",
            "email",
            "postcode",
            "classification",
            "arrangement",
            "ways",
            "how_to_apply",
        )
        widgets = {
            name: forms.Textarea(attrs={"rows": 4})
            for name in ("classification", "arrangement", "ways", "how_to_apply")
        }


class PilotForm(forms.Form):
    """A village and what it publishes (村居试点)."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="所属镇街", empty_label="请选择")
    name = forms.CharField(label="村（社区）名称", max_length=60)
    place = forms.CharField(label="公开栏位置", max_length=100, required=False)
    started_on = forms.DateField(label="启动日期")
    rows = forms.ModelMultipleChoiceField(
        CatalogueRow.objects.none(),
        label="公开事项",
        widget=forms.CheckboxSelectMultiple,
        help_text="从标准目录的村级事项中选择",
    )
    note = forms.CharField(
        label="做法和成效", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, units: Any, today: Any, fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit, rows = self.fields["unit"], self.fields["rows"]
        if isinstance(unit, forms.ModelChoiceField):
            unit.queryset = units.filter(kind__in=[Kind.TOWN, Kind.STREET])
        if isinstance(rows, forms.ModelMultipleChoiceField):
            current = CatalogueRow.objects.current(today).filter(village=True)
            rows.queryset = current.order_by("catalogue__field", "number")
        if fixed:
            del self.fields["unit"]
