"""办理意见: long texts, reasons and remarks, as every act page asks for them."""

from django import forms


def long_text(
    label: str, *, hint: str = "", required: bool = True, limit: int = 2000, rows: int = 4
) -> forms.CharField:
    """A text of several lines (多行文本); its error sentence names it."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=limit, widget=area)


def moment(label: str, *, hint: str = "", required: bool = True) -> forms.DateTimeField:
    """A day with its hour and minute (时间)."""
    control = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
    return forms.DateTimeField(
        label=label, help_text=hint, required=required, widget=control, input_formats=formats
    )


class ConfirmForm(forms.Form):
    """Nothing to type: the button alone (确认)."""


class NoteForm(forms.Form):
    """A reason that stands on record (理由)."""

    note = long_text("原因", limit=500)
