"""报送表单: a report with its evidence; a draft keeps whatever was typed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from gongkai.ledger.forms.deeds import long_text
from gongkai.ledger.models import Milestone, Task
from gongkai.ledger.practice import LARGEST_EVIDENCE

#: the sorts of files that evidence may be (附件种类)
KINDS = "PDF、OFD、Word、Excel、PPT、WPS 文档和 JPG、PNG 图片"


class SeveralFilesInput(forms.ClearableFileInput):
    """A file control that takes several files (多选文件)."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Several uploads in one field (多个附件)."""

    widget = SeveralFilesInput

    def clean(self, value: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Each file by the rules of one file."""
        return [super(SeveralFilesField, self).clean(each, initial) for each in value or []]


class ReportForm(forms.Form):
    """What a unit has done (进展报送)."""

    text = long_text(
        "进展情况",
        hint="写明做了什么、何时完成、在哪里可以看到。草稿可以不完整，报送前必须填写。",
        required=False,
        limit=4000,
    )
    milestone = forms.ModelChoiceField(
        Milestone.objects.none(),
        label="对应时间节点",
        required=False,
        empty_label="不对应某个节点",
        help_text="按季、按月任务请选择本次报送对应的节点。",
    )
    completes = forms.BooleanField(
        label="本任务已全部完成，申请验收",
        required=False,
    )
    uploads = SeveralFilesField(
        label="添加佐证文件",
        required=False,
        help_text=f"可一次选多个文件，每个不超过 {LARGEST_EVIDENCE // 2**20} MB。可以是 {KINDS}。",
    )
    link = forms.URLField(
        label="添加佐证网址",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="已经公开的，填公开页面的网址。",
    )
    link_title = forms.CharField(label="网址名称", required=False, max_length=120)
    public = forms.BooleanField(
        label="本次添加的材料可以向社会公开",
        required=False,
        help_text="验收通过后显示在公众的进度页面上。",
    )

    def __init__(self, *args: Any, task: Task, steps: Sequence[Milestone], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if steps:
            field = self.fields["milestone"]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = Milestone.objects.filter(task=task)
        else:
            del self.fields["milestone"]
