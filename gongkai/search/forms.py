"""检索用语的表单: synonyms, and a name for a kept search."""

from django import forms


class SynonymForm(forms.Form):
    """Words that mean the same (同义词)."""

    words = forms.CharField(
        label="同义词",
        max_length=200,
        help_text="两个以上的词，用顿号隔开，如：社保、社会保险。保存后立即生效。",
    )
    note = forms.CharField(label="说明", max_length=200, required=False)


class KeepForm(forms.Form):
    """A search to keep (保存检索)."""

    name = forms.CharField(label="名称", max_length=60)
    query = forms.CharField(widget=forms.HiddenInput, max_length=500, required=False)
