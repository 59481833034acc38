"""接口的错误: what the checks say, as one Chinese sentence that names the parameter."""

from collections.abc import Sequence
from typing import Any

_SAID = {
    "missing": "没有填写",
    "int_parsing": "应当是整数",
    "int_type": "应当是整数",
    "enum": "不在可选的范围内",
    "date_parsing": "应写成 2021-01-20 的样子",
    "date_from_datetime_parsing": "应写成 2021-01-20 的样子",
    "date_from_datetime_inexact": "应写成 2021-01-20 的样子",
    "string_too_short": "不能为空",
    "too_short": "不能为空",
    "value_error": "含有无法识别的字符",
}


def sentence(errors: Sequence[dict[str, Any]]) -> str:
    """All that is wrong with the parameters (参数错误).

    >>> sentence([{"loc": ("query", "asked", "page"), "type": "less_than_equal", "ctx": {"le": 50}}])
    '参数有误：page 不能大于 50'
    """
    return "参数有误：" + "；".join(f"{_name(each)} {_problem(each)}" for each in errors)


def _name(error: dict[str, Any]) -> str:
    return str(error["loc"][-1]) if error.get("loc") else ""


def _problem(error: dict[str, Any]) -> str:
    bounds = error.get("ctx") or {}
    match error["type"]:
        case "less_than_equal":
            return f"不能大于 {bounds['le']}"
        case "greater_than_equal":
            return f"不能小于 {bounds['ge']}"
        case "string_too_long" | "too_long":
            return f"不能超过 {bounds['max_length']} 个字"
        case code:
            return _SAID.get(code, "不正确")
