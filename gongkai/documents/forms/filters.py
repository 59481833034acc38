"""筛选条件: by what the papers, editions and errata of the staff pages are narrowed."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.agencies.models import Unit
from gongkai.documents.models import Attribute, Column, Sort, Standing
from gongkai.documents.states import EDITION, ERRATUM, OPEN, PAPER, STAGES
from gongkai.frame.listing import Search

STATES = [
    ("", "全部"),
    ("open", "有在办稿件"),
    ("writing", "起草和退回"),
    ("scheduled", "定时发布"),
    ("ending", "公示七日内期满"),
    *PAPER.states.items(),
]
STAGE_CHOICES = [("", "全部环节"), *((code, EDITION.states[code]) for code in (*STAGES, "ready"))]


class UnitSearch(Search):
    """A list over units shows only those that the person may see (按单位筛选)."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="单位", required=False, empty_label="全部单位")

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = units


class PaperSearch(UnitSearch):
    """What the list of papers is narrowed by (政府信息筛选)."""

    state = forms.ChoiceField(label="状态", required=False, choices=STATES)
    sort_of = forms.ChoiceField(label="体裁", required=False, choices=[("", "全部体裁"), *Sort.choices])
    attribute = forms.ChoiceField(
        label="公开属性", required=False, choices=[("", "全部"), *Attribute.choices]
    )
    standing = forms.ChoiceField(label="有效性", required=False, choices=[("", "全部"), *Standing.choices])
    column = forms.ModelChoiceField(
        Column.objects.all(), label="栏目", required=False, empty_label="全部栏目"
    )
    field_order = ("q", "state", "unit", "sort_of", "column", "attribute", "standing")


class QueueSearch(UnitSearch):
    """What the queue of reviews is narrowed by (待审筛选)."""

    state = forms.ChoiceField(label="环节", required=False, choices=STAGE_CHOICES)


class ErratumSearch(UnitSearch):
    """What the errata are narrowed by (纠错筛选)."""

    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *ERRATUM.states.items()])


#: states in which a paper has something under way
UNDER_WAY = OPEN
