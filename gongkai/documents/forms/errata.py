"""纠错表单: what a reader says is wrong, without an account."""

from django import forms

from gongkai.documents.forms.texts import long_text


class ErratumForm(forms.Form):
    """A fault on a page (我要纠错)."""

    quote = forms.CharField(
        label="错在哪里（选填）",
        required=False,
        max_length=500,
        help_text="把有错的原文粘贴在这里，例如：第三条“2021年6月31日”。",
    )
    text = long_text(
        "问题说明",
        hint="例如：日期写错、链接打不开、内容与原文不一致。请不要填写身份证号等个人信息。",
        limit=1000,
    )
    contact = forms.CharField(
        label="联系方式（选填）",
        required=False,
        max_length=60,
        help_text="电话或电子邮箱，只用于核实情况，不会公开。",
    )
    website = forms.CharField(
        label="请不要填写这一项",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    @property
    def from_machine(self) -> bool:
        """Whether the hidden field was filled in, which people never do (机器填写)."""
        return bool(self.cleaned_data.get("website"))


class SiteErratumForm(ErratumForm):
    """A fault anywhere on the site (网站纠错)."""

    address = forms.CharField(
        label="哪个页面（选填）", required=False, max_length=300, help_text="把有问题的网址粘贴在这里。"
    )
    field_order = ("address", "quote", "text", "contact")
