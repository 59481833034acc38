"""栏目、专题、错敏词的表单: what the office keeps."""

from typing import Any

from django import forms

from gongkai.accounts.models import Role, User
from gongkai.agencies.models import Unit
from gongkai.documents.models import Column, Sort, Theme, Word

SLUG = "小写字母、数字和连字符，公布后不要再改。"


class ColumnForm(forms.Form):
    """A column of the site (栏目)."""

    name = forms.CharField(label="栏目名称", max_length=40)
    slug = forms.SlugField(label="网址代码", max_length=40, help_text=SLUG)
    parent = forms.ModelChoiceField(
        Column.objects.open(), label="上级栏目", required=False, empty_label="没有上级"
    )
    unit = forms.ModelChoiceField(Unit.objects.all(), label="主管单位", required=False, empty_label="请选择")
    keeper = forms.ModelChoiceField(
        User.objects.filter(posts__ended_on=None, posts__role__in=[Role.OFFICER, Role.APPROVER, Role.OFFICE])
        .distinct()
        .order_by("full_name"),
        label="栏目责任人",
        required=False,
        empty_label="请选择",
    )
    kinds = forms.MultipleChoiceField(
        label="允许的体裁",
        choices=Sort.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="不勾选表示不限。放错体裁的信息会在审核时提示。",
    )
    statutory = forms.BooleanField(label="属于法定主动公开内容", required=False)
    description = forms.CharField(label="栏目介绍", max_length=200, required=False)
    keywords = forms.CharField(label="栏目关键词", max_length=120, required=False)
    sort = forms.CharField(label="栏目类别", max_length=20, required=False)
    position = forms.IntegerField(label="排序", min_value=0, max_value=9999, initial=0)


class TopicForm(forms.Form):
    """A topic: conditions by which it finds its papers (专题)."""

    name = forms.CharField(label="专题名称", max_length=40)
    slug = forms.SlugField(label="网址代码", max_length=40, help_text=SLUG)
    lede = forms.CharField(
        label="导语", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    lead = forms.ModelChoiceField(Unit.objects.all(), label="牵头单位", empty_label="请选择")
    units = forms.ModelMultipleChoiceField(
        Unit.objects.all(), label="参与单位", required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label="收录关键词", max_length=100, required=False, help_text="标题或正文含有这些词的信息自动收录。"
    )
    column = forms.ModelChoiceField(
        Column.objects.open(), label="收录栏目", required=False, empty_label="不限"
    )
    theme = forms.ModelChoiceField(Theme.objects.all(), label="收录主题", required=False, empty_label="不限")
    kind = forms.ChoiceField(label="收录体裁", choices=[("", "不限"), *Sort.choices], required=False)
    since = forms.DateField(label="发布日期自", required=False)
    until = forms.DateField(label="发布日期至", required=False)
    position = forms.IntegerField(label="排序", min_value=0, max_value=9999, initial=0)
    closed_on = forms.DateField(label="结束日期", required=False, help_text="结束后不再更新，页面保留。")

    QUERY = ("words", "column", "theme", "kind", "since", "until")

    def fields_of(self) -> dict[str, Any]:
        """What goes to the service: the conditions as the search's own keys (收录条件)."""
        typed = dict(self.cleaned_data)
        asked = {name: typed.pop(name) for name in self.QUERY}
        query = {name: _key(value) for name, value in asked.items() if value}
        return typed | {"query": query}


def _key(value: Any) -> Any:
    """A condition as it is kept: the key of a record, the day in letters."""
    if hasattr(value, "pk"):
        return value.pk
    return value.isoformat() if hasattr(value, "isoformat") else value


class WordForm(forms.Form):
    """A wrong wording and the right one (错敏词)."""

    term = forms.CharField(label="错误表述", max_length=60, min_length=2)
    right = forms.CharField(label="正确表述", max_length=80, required=False, help_text="禁用词可以留空。")
    sort = forms.ChoiceField(label="类别", choices=Word.Sort.choices)
    grave = forms.BooleanField(label="严重（不得发布）", required=False)
    since = forms.DateField(
        label="适用起", required=False, help_text="机构更名等从某日起才算错的，填写日期。"
    )
    note = forms.CharField(label="说明", max_length=200, required=False)
