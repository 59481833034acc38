"""责任主体的填写: the lines of a task that say who does it; the same in the wizard and by hand."""

from typing import Any

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import QueryDict

from gongkai.ledger.models import Assignment
from gongkai.ledger.services.importing import Directory
from gongkai.ledger.services.importing.rows import Answer, Row, RowBody

MOST_BODIES = 200


class BodyForm(forms.Form):
    """One line (责任主体): the wording, its part, and the units that it means."""

    name = forms.CharField(label="原文写法", max_length=80, required=False)
    part = forms.ChoiceField(label="分工", choices=Assignment.Part.choices, initial=Assignment.Part.EACH)
    target = forms.CharField(label="对应单位或统称", max_length=400, required=False)
    meant = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, directory: Directory, **kwargs: Any) -> None:
        self.directory = directory
        super().__init__(*args, **kwargs)
        self.fields["target"].widget.attrs |= {"list": "agency-choices", "autocomplete": "off"}

    def clean_target(self) -> Answer:
        """Units or a group by the names on file (对应单位)."""
        typed: str = self.cleaned_data["target"].strip()
        answer = self.directory.find(typed) if typed else Answer()
        if answer is None:
            raise forms.ValidationError(f"没有找到“{typed}”，请从候选中选择；多个单位用顿号隔开")
        return answer

    def body(self) -> RowBody | None:
        """The body of this line; None where it is blank or taken out."""
        given = self.cleaned_data
        name = given.get("name") or self["target"].value() or ""
        if not name or given.get(DELETION_FIELD_NAME):
            return None
        kept = given["meant"] if name == self.initial.get("name") else ""
        answer = given["target"]
        return RowBody(name, given["part"], kept, answer)


class BodyFormSet(forms.BaseFormSet[BodyForm]):
    """All lines of one task (责任主体各行)."""

    def bodies(self) -> tuple[RowBody, ...]:
        """The bodies that remain, each wording once, in order."""
        found = [form.body() for form in self.forms]
        return tuple({body.wording: body for body in found if body}.values())


def body_lines(directory: Directory, row: Row | None, posted: Any = None, more: int = 0) -> BodyFormSet:
    """The lines of *row*, with one more to fill in (责任主体填写行)."""
    made = forms.formset_factory(
        BodyForm,
        formset=BodyFormSet,
        extra=1 + more,
        can_delete=True,
        max_num=MOST_BODIES,
        absolute_max=MOST_BODIES,
        validate_max=True,
    )
    initial = [_initial(body, directory) for body in row.bodies] if row else []
    lines = made(posted, prefix="body", initial=initial, form_kwargs={"directory": directory})
    assert isinstance(lines, BodyFormSet)
    return lines


def with_one_more(posted: QueryDict) -> QueryDict:
    """What was typed, with one more line to fill in (再加一行)."""
    typed = posted.copy()
    total = typed.get("body-TOTAL_FORMS", "")
    known = int(total) if total.isascii() and total.isdigit() and len(total) < 5 else 0
    typed["body-TOTAL_FORMS"] = str(known + 1)
    return typed


def _initial(body: RowBody, directory: Directory) -> dict[str, str]:
    return {
        "name": body.name,
        "part": body.part,
        "meant": body.meant,
        "target": directory.typed(body.answer),
    }
