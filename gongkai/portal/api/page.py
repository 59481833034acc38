"""接口说明页: what programs may ask, in Chinese, drawn from the same description that programs read."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.portal.api.paths import api


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that may be asked (参数)."""

    name: str
    meaning: str
    required: bool
    bounds: str


@dataclass(frozen=True, slots=True)
class Door:
    """One address of the API (接口)."""

    path: str
    title: str
    meaning: str
    parameters: list[Parameter]
    answers: list[Parameter]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The page of the API (开放接口)."""
    schema = api.get_openapi_schema()
    doors = [_door(path, acts["get"], schema) for path, acts in schema["paths"].items()]
    context = {
        "doors": doors,
        "schema_url": reverse("api:openapi-json"),
        "breadcrumbs": [("首页", "/"), ("开放接口", "")],
    }
    return render(request, "portal/api.html", context)


def _door(path: str, act: dict[str, Any], schema: dict[str, Any]) -> Door:
    parameters = [
        Parameter(each["name"], _meaning(each), bool(each.get("required")), bounds(each["schema"], schema))
        for each in act.get("parameters", [])
    ]
    answer = act["responses"][200]["content"]["application/json"]["schema"]
    return Door(path, act["summary"], act.get("description", ""), parameters, _fields(answer, schema))


def _meaning(parameter: dict[str, Any]) -> str:
    said = parameter.get("description") or parameter["schema"].get("description", "")
    return said or ("信息编号" if parameter["in"] == "path" else "")


def _fields(answer: dict[str, Any], schema: dict[str, Any]) -> list[Parameter]:
    while "$ref" not in answer:
        answer = answer["items"]
    shape = _named(answer, schema)
    if "items" in shape["properties"]:
        shape = _named(shape["properties"]["items"]["items"], schema)
    return [
        Parameter(name, field.get("description", ""), False, "")
        for name, field in shape["properties"].items()
    ]


def _named(reference: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = schema["components"]["schemas"][reference["$ref"].rpartition("/")[2]]
    return found


def bounds(field: dict[str, Any], schema: dict[str, Any]) -> str:
    """What values a parameter takes, in words (取值)."""
    kinds = [each for each in field.get("anyOf", [field]) if each.get("type") != "null"]
    kind = _named(kinds[0], schema) if "$ref" in kinds[0] else kinds[0]
    if "enum" in kind:
        return "、".join(map(str, kind["enum"]))
    if kind.get("format") == "date":
        return "日期，如 2021-01-20"
    if kind.get("type") == "integer":
        low, high = kind.get("minimum"), kind.get("maximum")
        return f"整数，{low}—{high}" if low is not None and high and high < 10**6 else "整数"
    longest = kind.get("maxLength")
    return f"不超过 {longest} 个字" if longest else ""
