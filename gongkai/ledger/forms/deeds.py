"""办理表单: what people type when they sign, return, grant, press or close."""

from django import forms


def long_text(label: str, *, hint: str = "", required: bool = True, limit: int = 2000) -> forms.CharField:
    """A text of several lines (多行文本); its error sentence names it."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=limit,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ConfirmForm(forms.Form):
    """Nothing to type: the button alone (确认)."""


class ReasonForm(forms.Form):
    """Why it is sent back or refused (理由)."""

    reason = long_text("理由", hint="对方会看到这段话。请写明哪里不符合要求、怎样补正。", limit=500)


class RemarkForm(forms.Form):
    """An opinion that may be left out (意见)."""

    remark = long_text("意见（选填）", required=False, limit=500)


class ExtensionForm(forms.Form):
    """More time, with a reason (延期申请)."""

    until_on = forms.DateField(label="申请延至", help_text="新的完成日期，须晚于现在的时限。")
    reason = long_text(
        "延期理由", hint="请写明为什么不能按期完成、已经做了什么、剩余工作怎样安排。", limit=1000
    )


class AnswerForm(forms.Form):
    """A unit's answer to a demand (反馈)."""

    text = long_text("整改情况", hint="逐项说明督办任务办到哪一步、没有按期的原因、何时完成。")


class PressForm(forms.Form):
    """A further demand with a new day (再次督办)."""

    text = long_text("督办要求", limit=1000)
    answer_by = forms.DateField(label="反馈时限")


class CloseForm(forms.Form):
    """Why a supervision is over (销号说明)."""

    text = long_text("销号说明", hint="写明核实情况，例如：所涉任务已验收通过。", limit=1000)


class VerifyForm(forms.Form):
    """What the office found (核查情况)."""

    finding = long_text("核查情况", hint="写明查看了什么、结论是什么。", limit=1000)


class OrderForm(VerifyForm):
    """What must be mended, and by when (责令整改)."""

    mend_by = forms.DateField(label="整改时限")


class MendForm(forms.Form):
    """What a unit has mended (整改结果)."""

    answer = long_text("整改结果", hint="写明做了什么、结果在哪里可以看到。")


class HandleForm(forms.Form):
    """What became of a message of the public (留言办理结果)."""

    reply = long_text(
        "处理结果", hint="写明怎样核实、转给哪个单位、结果如何。公众页面只显示办理件数，不显示这段文字。"
    )
