"""按声明生成的表单: the head and the stages of a record; what does not fit is kept and told, never lost."""

from collections.abc import Mapping
from typing import Any

from django import forms

from gongkai.frame.uploads import MEGABYTE, UploadField
from gongkai.rules.structured import AMOUNTS, Declaration, Field, Record, Sort, Stage, Values
from gongkai.rules.structured.record import stage_of, values_of

LONGEST = 20_000
_STATES = (("", "未填"), ("done", "已公开"), ("none", "不涉及"))


def _widget(field: Field) -> forms.Widget:
    if field.sort is Sort.LONG:
        return forms.Textarea(attrs={"rows": 4})
    if field.sort is Sort.DATE:
        return forms.DateInput()
    attrs = {"inputmode": "decimal"} if field.sort in AMOUNTS else {}
    return forms.TextInput(attrs=attrs)


def _made(field: Field) -> forms.Field:
    hint = "；".join(filter(None, (field.hint, f"单位：{field.measure}" if field.measure else "")))
    label = f"{field.label}（必填）" if field.required else field.label
    if field.sort in (Sort.CHOICE, Sort.FLAG):
        words = field.choices or ("是", "否")
        choices = [("", "请选择"), *((word, word) for word in words)]
        return forms.ChoiceField(label=label, required=False, choices=choices, help_text=hint)
    return forms.CharField(
        label=label, required=False, max_length=LONGEST, widget=_widget(field), help_text=hint
    )


class HeadForm(forms.Form):
    """The head and the stages of a record (表头和环节), a field for each one declared."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, declaration: Declaration, record: Record, **kwargs: Any) -> None:
        initial = {**values_of(record)}
        for stage in declaration.stages:
            initial |= {f"{stage.code}-{key}": text for key, text in stage_of(record, stage.code).items()}
        kwargs["initial"] = initial | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.declaration = declaration
        for field in declaration.fields:
            self.fields[field.code] = _made(field)
        for stage in declaration.stages:
            self._add(stage)

    def _add(self, stage: Stage) -> None:
        code = stage.code
        self.fields[f"{code}-state"] = forms.ChoiceField(label="状态", required=False, choices=_STATES)
        self.fields[f"{code}-on"] = forms.CharField(
            label="公开日期", required=False, max_length=30, widget=forms.DateInput()
        )
        self.fields[f"{code}-link"] = forms.CharField(
            label="链接", required=False, max_length=300, help_text="本环节信息的网址，例如 /papers/12/"
        )
        self.fields[f"{code}-note"] = forms.CharField(label="说明", required=False, max_length=300)

    @property
    def head(self) -> list[forms.BoundField]:
        """The fields of the head."""
        return [self[field.code] for field in self.declaration.fields]

    @property
    def steps(self) -> list[tuple[Stage, list[forms.BoundField]]]:
        """The fields of each stage."""
        keys = ("state", "on", "link", "note")
        return [(stage, [self[f"{stage.code}-{key}"] for key in keys]) for stage in self.declaration.stages]

    def values(self) -> Values:
        """The values of the head as typed."""
        return {field.code: self.cleaned_data[field.code] for field in self.declaration.fields}

    def stages(self) -> dict[str, Values]:
        """What was typed about each stage."""
        keys = ("state", "on", "link", "note")
        return {
            stage.code: {key: self.cleaned_data[f"{stage.code}-{key}"] for key in keys}
            for stage in self.declaration.stages
        }


class ImportForm(forms.Form):
    """A sheet with rows (导入明细)."""

    sheet = UploadField(label="表格文件", kinds=("xlsx", "csv"), limit=10 * MEGABYTE)
    append = forms.ChoiceField(
        label="导入方式",
        choices=[("", "替换原有明细"), ("append", "接在原有明细后面")],
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )


def typed_rows(posted: Mapping[str, Any], columns: tuple[Field, ...], most: int) -> list[Values]:
    """The rows of one page of the editor as typed (逐行填写), without those marked to go."""
    rows = []
    for place in range(most):
        if f"keep-{place}" not in posted:
            break
        if posted.get(f"drop-{place}"):
            continue
        row = {
            column.code: str(posted[name])[:LONGEST]
            for column in columns
            if posted.get(name := f"{place}-{column.code}")
        }
        if row:
            rows.append(row)
    return rows
