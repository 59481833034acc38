"""导入向导的表单: what people hand in, and what they correct."""

import re
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from gongkai.agencies.models import Kind
from gongkai.ledger.models import Plan, PlanImport, Task
from gongkai.ledger.services.importing import Directory
from gongkai.ledger.services.importing.review import Wording
from gongkai.ledger.services.importing.rows import Answer, Row

LARGEST = 20 * 2**20
ENDINGS = (".docx", ".pdf", ".html", ".htm", ".txt", ".xlsx", ".csv", ".tsv")
LONGEST_TEXT = 2_000_000
FIRST_YEAR, LAST_YEAR = 2008, 2100
STEP = " › "
OTHER, NEW, SKIP = "other", "new", "skip"


class StartForm(forms.Form):
    """Step one (上传或粘贴)."""

    upload = forms.FileField(
        label="上传文件",
        required=False,
        help_text="支持 Word（.docx）、PDF（文字版）、网页、文本、Excel（.xlsx）和 CSV，不超过 20 MB。",
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    text = forms.CharField(
        label="或者粘贴正文",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="从网页、微信或 WPS 里复制的文字都可以，不用先整理格式。",
    )
    year = forms.IntegerField(
        label="年度",
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text="可以不填，系统会从标题里读。",
        error_messages={"min_value": "年度请填四位数，如 2021", "max_value": "年度请填四位数，如 2021"},
    )
    revises = forms.ModelChoiceField(
        label="这是哪份要点的修订稿",
        required=False,
        queryset=Plan.objects.none(),
        empty_label="不是修订稿，是一份新的要点",
        help_text="选择后，系统逐项比对新旧两稿，已经报送的工作都会保留。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["revises"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Plan.objects.exclude(state="closed")

    def clean_upload(self) -> UploadedFile[bytes] | None:
        """Not too large, and of a kind that the reader knows (文件大小与类型)."""
        upload: UploadedFile[bytes] | None = self.cleaned_data["upload"]
        if upload is None:
            return None
        if (upload.size or 0) > LARGEST:
            raise forms.ValidationError("文件超过 20 MB。请只保留正文部分，或把正文粘贴到下面。")
        if PurePath(upload.name or "").suffix.lower() not in ENDINGS:
            raise forms.ValidationError(
                "不支持这种文件。请另存为 .docx、.xlsx 或文字版 PDF 再上传，或把正文粘贴到下面。"
            )
        return upload

    def clean_text(self) -> str:
        """Not too long (字数)."""
        text: str = self.cleaned_data["text"]
        if len(text) > LONGEST_TEXT:
            raise forms.ValidationError(f"粘贴的文字超过 {LONGEST_TEXT // 10000} 万字，请分成几份导入")
        return text

    def clean(self) -> dict[str, Any]:
        """A file or a text."""
        given = super().clean() or {}
        if not self.errors and not given.get("upload") and not given.get("text", "").strip():
            self.add_error("upload", "请上传文件，或者把正文粘贴到下面的框里")
        return given


class ImportForm(forms.ModelForm[PlanImport]):
    """Title and year of the plan to be made (要点信息)."""

    year = forms.IntegerField(
        label="年度",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages={"min_value": "年度请填四位数，如 2021", "max_value": "年度请填四位数，如 2021"},
    )

    class Meta:
        model = PlanImport
        fields = ("title", "year", "document_number", "public")
        help_texts = {"document_number": "可以不填，如 市中政办字〔2021〕5号。"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True


class RowForm(forms.Form):
    """One task of the import (待核对任务)."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    number = forms.CharField(label="序号", max_length=20, required=False)
    text = forms.CharField(label="任务内容", widget=forms.Textarea(attrs={"rows": 5}))
    section = forms.CharField(
        label="所属章节",
        max_length=600,
        required=False,
        help_text="上下级之间用 › 隔开。",
        widget=forms.TextInput(attrs={"list": "section-choices", "autocomplete": "off"}),
    )
    cycle = forms.ChoiceField(label="完成周期", choices=Task.Cycle.choices)
    due_on = forms.DateField(
        label="完成时限", required=False, widget=forms.DateInput, help_text="不填按当年 12 月 31 日。"
    )
    deadline_text = forms.CharField(label="时限（原文）", max_length=200, required=False)

    def clean_section(self) -> tuple[str, ...]:
        """The headings from the outermost down (章节层级)."""
        parts = re.split(r"\s*[›>]\s*", self.cleaned_data["section"])
        return tuple(part.strip()[:200] for part in parts if part.strip())

    def fields_of_row(self) -> dict[str, Any]:
        """What `edit_row` takes (修改内容)."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        given["section_path"] = given.pop("section")
        return given


def row_initial(row: Row) -> dict[str, Any]:
    """The form's first content (表单初值)."""
    return {
        "version": row.version,
        "number": row.number,
        "text": row.text,
        "section": STEP.join(row.section_path),
        "cycle": row.cycle,
        "due_on": row.due_on,
        "deadline_text": row.deadline_text,
    }


class WordingForm(forms.Form):
    """What one wording means (责任主体对应): a suggestion, other units, a new unit, or nobody."""

    wording = forms.CharField(widget=forms.HiddenInput)
    choice = forms.ChoiceField(label="对应到", required=False, widget=forms.RadioSelect)
    other = forms.CharField(
        label="其他单位或统称",
        max_length=400,
        required=False,
        help_text="可以填多个，用顿号隔开。",
        widget=forms.TextInput(attrs={"list": "agency-choices", "autocomplete": "off"}),
    )
    name = forms.CharField(label="新单位全称", max_length=80, required=False)
    kind = forms.ChoiceField(label="单位类别", required=False, choices=[("", "请选择"), *Kind.choices])
    remember = forms.BooleanField(label="记住这个写法，下次自动对应", required=False)

    def __init__(self, *args: Any, directory: Directory, asked: Wording, **kwargs: Any) -> None:
        self.directory = directory
        self.asked = asked
        self.match = directory.match(asked.body.wording)
        kwargs["initial"] = {"wording": asked.body.wording, "name": asked.body.wording}
        suggested = self._suggested()
        kwargs["initial"]["remember"] = bool(suggested)
        if asked.meaning.likely:
            kwargs["initial"]["choice"] = f"{self.match.kind}:{self.match.unit_id or self.match.group_id}"
        super().__init__(*args, **kwargs)
        field = self.fields["choice"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*suggested, (OTHER, "另选单位"), (SKIP, "不指派")]

    def _suggested(self) -> list[tuple[str, str]]:
        known = [each for each in self.match.candidates if not self.directory.is_open_group(each)]
        return [(f"{each.kind}:{each.pk}", f"{each.name}（{each.reason}）") for each in known]

    def clean(self) -> dict[str, Any]:
        """What was filled in says which choice is meant; each needs its own piece of information."""
        given = super().clean() or {}
        choice = given.get("choice") or (OTHER if given.get("other") else "")
        given["choice"] = choice = NEW if given.get("kind") else choice
        if choice == NEW and not given.get("name"):
            self.add_error("name", "请填写新单位的全称")
        elif choice == OTHER:
            given["answer"] = self._other(given.get("other", "").strip())
        elif choice == SKIP:
            given["answer"] = Answer(skip=True)
        elif choice and choice != NEW:
            given["answer"] = _answer(choice)
        return given

    def _other(self, typed: str) -> Answer:
        found = self.directory.find(typed) if typed else None
        if found is None:
            self.add_error("other", f"没有找到“{typed}”，请从候选中选择" if typed else "请填写单位名称")
        return found or Answer()


def _answer(choice: str) -> Answer:
    kind, _, key = choice.partition(":")
    return Answer(group=int(key)) if kind == "group" else Answer(units=(int(key),))


class ConfirmForm(forms.Form):
    """Step three (确认导入)."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    doubts_accepted = forms.BooleanField(label="仍有疑点的任务按现在的内容导入", required=False)
