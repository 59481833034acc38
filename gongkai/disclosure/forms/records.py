"""结构化专栏的表单: a decision that was changed, revoked or found void."""

from django import forms

from gongkai.rules.structured import Table


class RevokeForm(forms.Form):
    """Why a decision is taken off the site (登记撤回)."""

    number = forms.CharField(label="决定书文号", max_length=80)
    state = forms.ChoiceField(label="变动情况", choices=[])
    changed_on = forms.DateField(label="变更或撤销日期", widget=forms.DateInput)
    reason = forms.CharField(
        label="撤回理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="会向社会公开，请写清依据，例如：经行政复议，原决定认定事实不清，予以撤销。",
    )

    def __init__(self, *args: object, table: Table, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choice = self.fields["state"]
        assert isinstance(choice, forms.ChoiceField)
        words = table.term.withdrawn if table.term else ()
        choice.choices = [("", "请选择"), *((word, word) for word in words)]
