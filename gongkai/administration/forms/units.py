"""责任单位的表单: what the office types about units and groups."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Q

from gongkai.agencies.models import Group, Kind, Unit, UnitName

CONTACTS = ("head", "officer", "phone", "email", "address", "office_hours")


class UnitForm(forms.ModelForm[Unit]):
    """Kind, parent, order and contacts (单位信息); a new name is an act of its own."""

    class Meta:
        model = Unit
        fields: ClassVar = ["kind", "parent", *CONTACTS, "position"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.TypedChoiceField)
        kind.choices = [("", "请选择"), *Kind.choices]
        parents = Unit.objects.filter(ended_on=None).exclude(pk=self.instance.pk)
        self.fields["parent"] = forms.ModelChoiceField(
            parents, label="上级单位", required=False, empty_label="（无）"
        )
        self.fields["position"].required = False
        self.fields["position"].help_text = "数字小的排在前面"


class NewUnitForm(UnitForm):
    """A new unit with its names (设立单位)."""

    ground = forms.CharField(label="依据文号", max_length=80, required=False)

    class Meta(UnitForm.Meta):
        fields: ClassVar = ["name", "short_name", "started_on", *UnitForm.Meta.fields]
        widgets: ClassVar = {"started_on": forms.DateInput}


class RenameForm(forms.Form):
    """A new name from a day on (更名)."""

    name = forms.CharField(label="新全称", max_length=80)
    short_name = forms.CharField(label="新简称", max_length=40)
    on = forms.DateField(label="更名日期", widget=forms.DateInput)
    ground = forms.CharField(label="依据文号", max_length=80, required=False)


class MergeForm(forms.Form):
    """The unit that takes over, and from when (并入)."""

    into = forms.ModelChoiceField(Unit.objects.none(), label="并入单位", empty_label="请选择")
    on = forms.DateField(label="并入日期", widget=forms.DateInput)
    ground = forms.CharField(label="依据文号", max_length=80, required=False)

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["into"]
        if isinstance(choice, forms.ModelChoiceField):
            choice.queryset = Unit.objects.filter(ended_on=None).exclude(pk=unit.pk)


class CloseForm(forms.Form):
    """From when the unit is no more (撤销)."""

    on = forms.DateField(label="撤销日期", widget=forms.DateInput)
    ground = forms.CharField(label="依据文号", max_length=80, required=False)


class NameForm(forms.Form):
    """One more name of a unit (单位名称)."""

    name = forms.CharField(label="名称", max_length=80)
    sort = forms.ChoiceField(
        label="名称种类", choices=[(UnitName.Sort.SHORT, "简称"), (UnitName.Sort.FORMER, "曾用名")]
    )
    until_on = forms.DateField(
        label="停用日期",
        required=False,
        widget=forms.DateInput,
        help_text="曾用名停止使用的日期，可不填",
    )


class UnitLines(forms.CharField):
    """Units, one on each line, by full or short name (单位清单)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3}), **options)

    def clean(self, value: Any) -> Any:
        """The units; a name that is not in the register is told."""
        names = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        return [self._unit(name) for name in dict.fromkeys(names)]

    def _unit(self, name: str) -> Unit:
        found = Unit.objects.filter(ended_on=None).filter(Q(name=name) | Q(short_name=name)).first()
        if found is None:
            raise forms.ValidationError(f"{self.label}里的“{name}”不在单位名册中")
        return found


class GroupForm(forms.Form):
    """A group as a rule over kinds (统称)."""

    name = forms.CharField(label="统称", max_length=80)
    wordings = forms.CharField(
        label="其他写法",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="每行一种写法，例如：各镇（街）",
    )
    kinds = forms.MultipleChoiceField(
        label="包含的单位类别", choices=Kind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    also = UnitLines(label="另含单位", help_text="不属于上述类别、但也包含在内的单位，每行一个全称或简称")
    but = UnitLines(label="不含单位", help_text="属于上述类别、但不包含在内的单位，每行一个全称或简称")
    open_ended = forms.BooleanField(
        label="需另行指定：统称没有写明单位，每次由区政务公开办选择", required=False
    )

    def clean_wordings(self) -> list[str]:
        """One wording on each line."""
        return [line.strip() for line in self.cleaned_data["wordings"].splitlines() if line.strip()]

    @staticmethod
    def facts(group: Group) -> dict[str, Any]:
        """What the form shows of a group at first."""
        return {
            "name": group.name,
            "wordings": "\n".join(group.names.order_by("pk").values_list("name", flat=True)),
            "kinds": group.kinds,
            "also": "\n".join(unit.short_name for unit in group.also.all()),
            "but": "\n".join(unit.short_name for unit in group.but.all()),
            "open_ended": group.open_ended,
        }
