"""留痕的读法: the facts of an act in the words of people; what is stored keeps the names of the fields."""

from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from gongkai.audit.models import Trace

#: names of facts that are no field of their record
NAMES = {
    "assignments": "分工",
    "entries": "核查项",
    "failed": "发送失败",
    "file": "文件",
    "group": "统称",
    "import": "导入编号",
    "left": "未采纳的变化",
    "mailed": "已发邮件",
    "moved": "转由承继单位",
    "notices": "提醒",
    "on": "日期",
    "part": "分工",
    "readers": "收到提醒的人数",
    "remembered": "记住的写法",
    "row": "行",
    "sha256": "文件校验值",
    "tasks": "任务",
}
TRUTH = {"True": "是", "False": "否", "None": ""}
EMPTY: tuple[Any, ...] = (None, "", [], {})


def readable(trace: Trace) -> list[str]:
    """The facts of an act as people read them (变化内容): 名称：旧→新, or 名称：值."""
    kind = trace.subject_kind
    return [f"{_name(kind, name)}：{_value(kind, name, said)}" for name, said in _told(trace)]


def _told(trace: Trace) -> list[tuple[str, Any]]:
    return [(name, said) for name, said in trace.facts.items() if said not in EMPTY]


def _name(kind: str, name: str) -> str:
    field = _fields(kind).get(name)
    return str(field.verbose_name) if field else NAMES.get(name, name)


def _value(kind: str, name: str, said: Any) -> str:
    if isinstance(said, list) and len(said) == 2:
        return f"{_word(kind, name, said[0])}→{_word(kind, name, said[1])}"
    if isinstance(said, list):
        return "、".join(_word(kind, name, each) for each in said)
    return _word(kind, name, said)


def _word(kind: str, name: str, said: Any) -> str:
    """One value: a choice by its label, yes and no in Chinese."""
    if isinstance(said, bool):
        return "是" if said else "否"
    field = _fields(kind).get(name)
    words = TRUTH | ({str(code): str(label) for code, label in field.flatchoices} if field else {})
    return words.get(str(said), str(said)) if said not in EMPTY else "（空）"


@cache
def _fields(kind: str) -> dict[str, "models.Field[Any, Any]"]:
    """The fields of the record on which an act was done."""
    try:
        model = apps.get_model(kind)
    except LookupError:  # a kind of record that this copy no longer has
        return {}
    return {field.name: field for field in model._meta.concrete_fields}
