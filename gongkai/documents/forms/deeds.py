"""办理表单: what people type when they pass, return, sign, schedule, override or agree."""

from datetime import datetime
from typing import Any, Literal

from django import forms
from django.core.exceptions import ValidationError

from gongkai.documents.forms.texts import long_text, moment
from gongkai.documents.services.gates import GATES

#: what the rules themselves ask to be returned (退文), by the gate that asks for it
RETURNS = {gate.code: gate for gate in GATES if gate.returns}


class ReviewForm(forms.Form):
    """A review that is passed (审核意见)."""

    proofread = forms.BooleanField(label="我已通读并校对全文（计入三审三校）", required=False)
    remark = long_text("意见（选填）", required=False, limit=500, rows=3)


class OpinionForm(forms.Form):
    """What is not lawful, or must be changed (合法性审核意见)."""

    reason = long_text("审核意见", hint="写明哪些条款、违反什么规定、怎样修改。", limit=1000)


class ReturnForm(forms.Form):
    """Why a draft goes back (退回理由), with the article where the rules ask for a return."""

    ground = forms.ChoiceField(
        label="退回依据",
        required=False,
        choices=[
            ("", "一般修改意见"),
            *((code, f"退文：{gate.label}不符合要求") for code, gate in RETURNS.items()),
        ],
    )
    reason = long_text("退回理由", hint="起草人会看到。请写明哪里要改、怎样改。", limit=500, required=False)

    def clean(self) -> dict[str, Any]:
        """A reason is typed, or follows from the ground."""
        typed = super().clean() or {}
        named = RETURNS.get(typed.get("ground", ""))
        if not named and not typed.get("reason", "").strip():
            self.add_error("reason", "请填写退回理由")
        words = [
            f"退文：{named.label}不符合要求（{named.cite}）" if named else "",
            typed.get("reason", "").strip(),
        ]
        return {"reason": "。".join(word for word in words if word)}


class SignForm(ReviewForm):
    """Signing (签发): at once, at a moment, or held."""

    when = forms.ChoiceField(
        label="发布方式",
        choices=[("now", "立即发布"), ("later", "定时发布"), ("hold", "只签发，由单位自行发布")],
        widget=forms.RadioSelect,
        initial="now",
    )
    publish_at = moment("定时发布时间", required=False, hint="选“定时发布”时填写，到时自动上线。")
    field_order = ("when", "publish_at", "proofread", "remark")

    def clean(self) -> dict[str, Any]:
        """The moment is needed where it is chosen; *when* becomes what the service takes."""
        typed = super().clean() or {}
        how, at = typed.get("when"), typed.pop("publish_at", None)
        if how == "later" and at is None and "publish_at" not in self.errors:
            self.add_error("publish_at", ValidationError("请填写定时发布时间"))
        chosen: dict[str | None, datetime | Literal["hold"] | None] = {"later": at, "hold": "hold"}
        return typed | {"when": chosen.get(how)}


class ScheduleForm(forms.Form):
    """When a signed edition goes live (定时发布)."""

    when = moment("发布时间", hint="到时自动上线，之前可以取消。")


class OverrideForm(forms.Form):
    """Why a gate is passed against its warning (放行理由)."""

    gate = forms.CharField(widget=forms.HiddenInput, max_length=20)
    remark = long_text("放行理由", limit=500)


class AgreeForm(forms.Form):
    """A unit's consent (会签意见)."""

    remark = long_text("意见（选填）", required=False, limit=500, rows=3)


class DisagreeForm(forms.Form):
    """Why a unit does not consent (不同意的理由)."""

    remark = long_text("不同意的理由", limit=500, rows=3)
