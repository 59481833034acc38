"""表单: one renderer for every form, in GOV.UK markup, with error sentences that say what to do."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

CHOICES = (forms.ChoiceField, forms.ModelChoiceField, forms.BooleanField)


class Renderer(TemplatesSetting):
    """Draws fields with ``django/forms/field.html`` of the frame (表单渲染)."""

    form_template_name = "frame/form.html"


def _required(field: forms.Field, label: str, _params: dict[str, Any]) -> str:
    if isinstance(field, forms.FileField):
        return f"请选择要上传的文件：{label}"
    if isinstance(field, forms.BooleanField):
        return f"请勾选“{label}”"
    return f"请选择{label}" if isinstance(field, CHOICES) else f"请填写{label}"


def _invalid(field: forms.Field, label: str, _params: dict[str, Any]) -> str:
    if isinstance(field, forms.DateTimeField):
        return f"{label}不是有效的时间，请按 2021-03-29 16:05 的格式填写"
    if isinstance(field, forms.DateField):
        return f"{label}不是有效的日期，请按 2021-03-29 的格式填写"
    if isinstance(field, forms.IntegerField):
        return f"{label}应当是整数" if type(field) is forms.IntegerField else f"{label}应当是数字"
    if isinstance(field, forms.EmailField):
        return f"{label}的格式不对，正确格式如 name@example.gov.cn"
    return f"{label}的格式不对，请检查后重填"


def _too_long(field: forms.Field, label: str, params: dict[str, Any]) -> str:
    if isinstance(field, forms.FileField):
        return f"{label}的文件名太长，请改短后重新上传"
    return f"{label}最多 {params['limit_value']} 字，现在有 {params['show_value']} 字"


def _too_short(_field: forms.Field, label: str, params: dict[str, Any]) -> str:
    return f"{label}至少 {params['limit_value']} 字，现在只有 {params['show_value']} 字"


def _unknown_choice(_field: forms.Field, label: str, _params: dict[str, Any]) -> str:
    return f"{label}中没有这个选项，请重新选择"


def _empty_upload(_field: forms.Field, label: str, _params: dict[str, Any]) -> str:
    return f"{label}是空文件，请检查后重新上传"


_SENTENCES: dict[str, Callable[[forms.Field, str, dict[str, Any]], str]] = {
    "required": _required,
    "invalid": _invalid,
    "max_length": _too_long,
    "min_length": _too_short,
    "invalid_choice": _unknown_choice,
    "invalid_list": _unknown_choice,
    "empty": _empty_upload,
}


def _own_words(field: forms.Field, error: ValidationError) -> bool:
    """Whether a room wrote this message itself: then it stands as written."""
    stock = [vars(kind).get("default_error_messages", {}).get(error.code) for kind in type(field).__mro__]
    validators = [getattr(type(each), "message", None) for each in field.validators]
    return all(error.message is not each for each in (*stock, *validators))


def sentences(bound: BoundField) -> list[str]:
    """The errors of one field as Chinese sentences that name it and say what to do (错误提示)."""
    found = []
    for error in bound.errors.as_data():
        say = _SENTENCES.get(error.code or "")
        own = say is None or _own_words(bound.field, error)
        found.extend(
            error.messages if own or say is None else [say(bound.field, str(bound.label), error.params or {})]
        )
    return found


def anchor(bound: BoundField) -> str:
    """The element to which the error summary leads: the control, or the first of its options."""
    return f"{bound.auto_id}_0" if isinstance(bound.field.widget, forms.RadioSelect) else bound.auto_id


def form_page(
    request: HttpRequest,
    form: forms.BaseForm,
    *,
    title: str,
    submit: str = "保存",
    cancel: str = "",
    template: str = "frame/form_page.html",
    **context: Any,
) -> HttpResponse:
    """The one page of a form (表单页): title, errors, fields, one button, one way back."""
    given = {"form": form, "title": title, "submit": submit, "cancel": cancel, **context}
    return render(request, template, given)
