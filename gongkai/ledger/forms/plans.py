"""编制要点的表单: plans, sections, tasks and their steps, typed by hand."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from gongkai.ledger.figures import FIGURES
from gongkai.ledger.models import Plan, Section, Task

FIRST_YEAR, LAST_YEAR = 2008, 2100
YEAR_WRONG = {"min_value": "年度请填四位数，如 2021", "max_value": "年度请填四位数，如 2021"}


class PlanForm(forms.ModelForm[Plan]):
    """The head of a plan (要点信息)."""

    year = forms.IntegerField(
        label="年度", min_value=FIRST_YEAR, max_value=LAST_YEAR, error_messages=YEAR_WRONG
    )

    class Meta:
        model = Plan
        fields = ("title", "year", "document_number", "public")
        help_texts = {"document_number": "可以不填，如 市中政办字〔2021〕5号。"}


class CopyForm(forms.Form):
    """Last year's plan as a draft of another year (沿用)."""

    year = forms.IntegerField(
        label="新年度", min_value=FIRST_YEAR, max_value=LAST_YEAR, error_messages=YEAR_WRONG
    )
    title = forms.CharField(label="新标题", max_length=120)


class SectionForm(forms.Form):
    """A heading (章节)."""

    heading = forms.CharField(
        label="标题", max_length=200, help_text="连同序号一起写，如“一、深化重点领域信息公开”。"
    )
    parent = forms.ModelChoiceField(
        label="上级章节", required=False, queryset=Section.objects.none(), empty_label="没有，是一级标题"
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _narrow(self.fields["parent"], plan)


class TaskForm(forms.ModelForm[Task]):
    """A task by hand (任务)."""

    class Meta:
        model = Task
        fields = (
            "number", "text", "section", "cycle", "due_on", "deadline_text", "weight", "clause", "public",
        )  # fmt: skip
        widgets = {"due_on": forms.DateInput, "text": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "cycle": "选每月、每季度或每半年，系统会自动排出时间节点。",
            "weight": "1 至 100，考核时用；不清楚就填 1。",
            "clause": "可以不填，如《政府信息公开条例》第二十条。",
            "public": "不勾选的任务不出现在社会监督页面上。",
        }

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section = self.fields["section"]
        assert isinstance(section, forms.ModelChoiceField)
        _narrow(section, plan)
        section.empty_label = "不归入章节"


class SplitForm(forms.Form):
    """The parts of a task (分解任务)."""

    text = forms.CharField(
        label="分解后的任务",
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="每项之间空一行。每项沿用原来的责任单位和时限，之后可以单独修改。",
    )

    def clean_text(self) -> list[str]:
        """The parts, at least two (分解结果)."""
        parts = [part.strip() for part in re.split(r"\n\s*\n", self.cleaned_data["text"]) if part.strip()]
        if len(parts) < 2:
            raise forms.ValidationError("至少要分成两项，请在要分开的地方空一行")
        return parts


class StepForm(forms.Form):
    """One dated step (时间节点)."""

    title = forms.CharField(label="节点", max_length=80, required=False)
    due_on = forms.DateField(label="时限", required=False, widget=forms.DateInput)

    def clean(self) -> dict[str, Any]:
        """A step has a name and a day, or is blank."""
        given = super().clean() or {}
        if not self.errors and bool(given.get("title")) != bool(given.get("due_on")):
            self.add_error("due_on" if given.get("title") else "title", "节点名称和时限要一起填")
        return given


class StepFormSet(forms.BaseFormSet[StepForm]):
    """All steps of a task (时间节点各行)."""

    def steps(self) -> list[tuple[str, date]]:
        """The steps that remain."""
        kept = [form.cleaned_data for form in self.forms if not form.cleaned_data.get("DELETE")]
        return [(each["title"], each["due_on"]) for each in kept if each.get("title")]


def step_lines(task: Task, posted: Any = None) -> StepFormSet:
    """The steps of *task*, with three more to fill in (时间节点填写行)."""
    made = forms.formset_factory(StepForm, formset=StepFormSet, extra=3, can_delete=True, max_num=60)
    initial = [{"title": step.title, "due_on": step.due_on} for step in task.milestones.all()]
    lines = made(posted, prefix="step", initial=initial)
    assert isinstance(lines, StepFormSet)
    return lines


class FigureForm(forms.Form):
    """A live figure and its target (绑定指标)."""

    figure = forms.ChoiceField(label="指标", required=False)
    target = forms.DecimalField(
        label="目标值", required=False, max_digits=10, decimal_places=2, min_value=Decimal(0),
        error_messages={"min_value": "目标值不能小于 0"},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["figure"]
        assert isinstance(field, forms.ChoiceField)
        named = [(each.code, f"{each.label}（{each.measure}）") for each in FIGURES.values()]
        field.choices = [("", "不绑定"), *named]


class ReasonForm(forms.Form):
    """Why a task is withdrawn (取消理由)."""

    reason = forms.CharField(label="取消理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class BlankForm(forms.Form):
    """Nothing to type (直接办理): the button says it all."""


def _narrow(field: forms.Field, plan: Plan) -> None:
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = Section.objects.filter(plan=plan)
