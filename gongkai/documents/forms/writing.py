"""写稿的表单: the title, the text and the elements of an edition; what is typed survives a failed save."""

from typing import Any

from django import forms

from gongkai.accounts.models import Role, User
from gongkai.agencies.models import Unit
from gongkai.documents.models import Attribute, Column, Edition, Ground, Sort, Theme
from gongkai.frame.uploads import UploadField

#: what an upload may be that is read into the editor
READABLE = ("docx", "wps", "pdf", "html", "htm", "xlsx", "txt")
LONGEST = 2_000_000


class WriteForm(forms.Form):
    """The first page of a new paper: whose it is, what it is called (写一篇)."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="发布单位", empty_label=None)
    title = forms.CharField(
        label="标题", max_length=200, required=False, help_text="先起个名字，后面可以改。"
    )
    column = forms.ModelChoiceField(
        Column.objects.open(), label="栏目", required=False, empty_label="稍后再选"
    )
    upload = UploadField(label="已有的文件", kinds=READABLE, required=False)
    form = forms.ChoiceField(label="结构化样式", required=False)

    def __init__(
        self, *args: Any, writer: User, kinds: list[tuple[str, str]], way: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        units = writing_units(writer)
        field, choice = self.fields["unit"], self.fields["form"]
        assert isinstance(field, forms.ModelChoiceField)
        assert isinstance(choice, forms.ChoiceField)
        field.queryset = units
        if len(units) == 1:
            field.widget, field.initial = forms.HiddenInput(), units[0]
        choice.choices = [("", "请选择"), *kinds]
        self.fields["upload"].required = way == "upload"
        choice.required = way == "form"


def writing_units(user: User) -> Any:
    """The units for which somebody may write (可起草的单位)."""
    own = {post.unit_id for post in user.held if post.role in (Role.OFFICER, Role.APPROVER)}
    roles = {Role.OFFICER, Role.APPROVER}
    reached = [unit.pk for unit in user.units() if roles & user.roles_in(unit)] if own else []
    return Unit.objects.filter(pk__in=reached)


class EditForm(forms.Form):
    """An edition as its writer sees it (编辑稿件)."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label="标题", max_length=200)
    html = forms.CharField(
        label="正文",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 24, "maxlength": None}),
    )
    sort = forms.ChoiceField(label="体裁", choices=Sort.choices)
    attribute = forms.ChoiceField(
        label="公开属性",
        choices=Attribute.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text="送审前必须选定。",
    )
    ground = forms.ChoiceField(
        label="不公开依据", choices=[("", "请选择条款"), *Ground.choices], required=False
    )
    ground_note = forms.CharField(
        label="不公开理由", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    columns = forms.ModelMultipleChoiceField(
        Column.objects.open(), label="栏目", required=False, widget=forms.CheckboxSelectMultiple
    )
    number = forms.CharField(
        label="发文字号", max_length=60, required=False, help_text="例如：市中政办发〔2021〕12号"
    )
    issuers = forms.CharField(
        label="发文机关", max_length=300, required=False, help_text="联合发文用顿号隔开。"
    )
    theme = forms.ModelChoiceField(
        Theme.objects.all(), label="主题分类", required=False, empty_label="请选择"
    )
    made_on = forms.DateField(label="成文日期", required=False)
    commences_on = forms.DateField(label="施行日期", required=False)
    expires_on = forms.DateField(label="有效期至", required=False)
    trial = forms.BooleanField(label="试行、暂行", required=False)
    normative = forms.BooleanField(label="行政规范性文件", required=False)
    for_government = forms.BooleanField(label="以区政府名义制发", required=False)
    legal_unit = forms.ModelChoiceField(
        Unit.objects.all(), label="合法性审核机构", required=False, empty_label="请选择"
    )
    summary = forms.CharField(
        label="内容概述", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    keywords = forms.CharField(
        label="关键词", max_length=120, required=False, help_text="用顿号隔开，最多5个。"
    )
    audience = forms.CharField(label="公开对象", max_length=80, required=False)
    source = forms.CharField(label="来源", max_length=80, required=False)
    shown_until = forms.DateField(
        label="公示截止", required=False, help_text="到期自动从网站撤下，附件转为不公开。"
    )
    change_note = forms.CharField(
        label="本次修改说明", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    minor = forms.BooleanField(label="仅文字更正（不改变内容）", required=False)

    FACTS = ("number", "issuers", "made_on", "theme", "summary", "keywords")
    FORCE = ("commences_on", "expires_on", "trial", "normative", "for_government", "legal_unit")
    SHOWN = ("audience", "source", "shown_until")
    REVISION = ("change_note", "minor")

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        if edition.ordinal == 1:
            for name in self.REVISION:
                del self.fields[name]
        if edition.form:
            self.fields["html"].label = "说明文字"

    @property
    def groups(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """The elements that may wait, by what they are about (更多要素); one with an error stands open."""
        named = [
            ("facts", "公文要素", self.FACTS),
            ("force", "效力与审核", self.FORCE),
            ("shown", "公开对象与期限", self.SHOWN),
        ]
        return [(code, label, [self[name] for name in names]) for code, label, names in named]

    def changed_elements(self) -> dict[str, Any]:
        """What goes to the service: all but the text's place in columns and the version (要素)."""
        typed = dict(self.cleaned_data)
        for name in ("columns", "version"):
            typed.pop(name, None)
        return typed


def initial_of(edition: Edition) -> dict[str, Any]:
    """What the form shows of a saved edition (已保存的内容)."""
    content = getattr(edition, "content", None)
    names = [name for name in EditForm.base_fields if hasattr(edition, name) and name != "version"]
    held = {name: getattr(edition, name) for name in names}
    return held | {
        "version": edition.version,
        "html": content.html if content else "",
        "columns": list(edition.paper.columns.values_list("pk", flat=True)),
    }
