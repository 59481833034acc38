"""docs/patterns.md: what it tells people to copy is at least well formed and names what exists."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Template
from django.template.loader import get_template

import gongkai.frame.listing

TEXT = (Path(settings.BASE_DIR) / "docs" / "patterns.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", TEXT, flags=re.DOTALL)


@pytest.mark.parametrize("block", [code for kind, code in BLOCKS if kind == "python"])
def test_python_examples_are_well_formed(block: str) -> None:
    body = block.replace("return attachment(", "attachment(")
    ast.parse(body)


@pytest.mark.parametrize("block", [code for kind, code in BLOCKS if kind == "django"])
def test_template_examples_use_tags_and_parts_that_exist(block: str) -> None:
    Template(block)
    for part in re.findall(r'(?:include|extends) "(frame/[\w/.]+)"', block):
        get_template(part)


def test_the_words_of_the_list_example_are_those_of_the_frame() -> None:
    columns = set(gongkai.frame.listing.Column.__dataclass_fields__)
    used = set(re.findall(r"(\w+)=", " ".join(re.findall(r"Column\(([^\n]*)\)", TEXT))))
    assert used <= columns
    for name in ("title", "noun", "columns", "filters", "lookups", "search", "order", "empty"):
        assert f"    {name} = " in TEXT
        assert name in gongkai.frame.listing.Listing.__annotations__
