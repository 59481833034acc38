"""数据迁移的表单: the manifest, and which of its columns holds what."""

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.agencies.models import Unit
from gongkai.documents.models import Column
from gongkai.documents.services.legacy.headings import FIELDS
from gongkai.documents.services.legacy.manifest import KINDS
from gongkai.frame.uploads import UploadField

LARGEST = 2 * 2**30


class ManifestForm(forms.Form):
    """The manifest of an older site (迁移清单)."""

    upload = UploadField(label="清单文件", kinds=KINDS, limit=LARGEST)


class MappingForm(forms.Form):
    """What each column of the manifest holds (列对应), and what stands where a row is silent."""

    def __init__(self, *args: Any, headings: Sequence[str], mapping: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            ("", "清单里没有"),
            *((str(place), _named(place, head)) for place, head in enumerate(headings)),
        ]
        places = mapping.get("places", {})
        for field in FIELDS:
            self.fields[field.code] = forms.ChoiceField(
                label=field.label,
                choices=choices,
                required=field.code == "title",
                initial=str(places.get(field.code, "")),
                help_text=field.hint,
            )
        self.fields["default_unit"] = forms.ModelChoiceField(
            Unit.objects.all(),
            label="默认发布机构",
            required=False,
            empty_label="不指定",
            initial=mapping.get("unit"),
            help_text="行里没有写发布机构时用它。",
        )
        self.fields["default_column"] = forms.ModelChoiceField(
            Column.objects.open(),
            label="默认栏目",
            required=False,
            empty_label="不指定",
            initial=mapping.get("column"),
            help_text="行里没有写栏目，或栏目在本系统没有时用它。",
        )

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen, as the service takes it (列对应)."""
        given = self.cleaned_data
        places = {field.code: int(given[field.code]) for field in FIELDS if given[field.code]}
        return {"places": places, "unit": given["default_unit"], "column": given["default_column"]}


def _named(place: int, head: str) -> str:
    return f"第{place + 1}列：{head[:20]}" if head else f"第{place + 1}列"
