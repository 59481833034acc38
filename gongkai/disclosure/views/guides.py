"""公开指南的编制: each unit writes what its own row does not say."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.disclosure import platform
from gongkai.disclosure.forms.findings import GuideForm
from gongkai.disclosure.models import Guide
from gongkai.disclosure.services import guides as services
from gongkai.frame.acts import attempt
from gongkai.frame.forms import form_page
from gongkai.frame.today import today


@staff_page("officer", "approver", "office")
def guide_edit(request: UserRequest, pk: int) -> HttpResponse:
    """The guide of a unit (编制公开指南); what is left blank is filled from the unit's own row."""
    unit = get_object_or_404(request.user.units(), pk=pk)
    kept = Guide.objects.filter(unit=unit).first()
    form = GuideForm(request.POST or None, instance=kept)
    for line, name in zip(platform.guide_lines(unit, None), FIELDS, strict=True):
        form.fields[name].help_text = f"留空时显示：{line.text}" if line.text else "没有登记，请填写"
    form.fields["how_to_apply"].help_text = "留空时显示条例规定的申请内容和方式"
    if request.method == "POST":
        answer = attempt(
            request,
            form,
            lambda: services.edit_guide(unit, by=request.user, today=today(request), **form.cleaned_data),
            done="公开指南已更新。",
            to=reverse("disclosure_guide", args=[unit.pk]),
        )
        if answer:
            return answer
    return form_page(
        request,
        form,
        title=f"{unit}政府信息公开指南",
        cancel=reverse("disclosure_guide", args=[unit.pk]),
        lede=f"指南应当载明的内容见{platform.GUIDE_ARTICLE}。",
        breadcrumbs=[("公开指南", reverse("disclosure_guide", args=[unit.pk])), ("编制", "")],
    )


#: the form's fields in the order of the guide's lines
FIELDS = (
    "classification",
    "arrangement",
    "ways",
    "office",
    "address",
    "hours",
    "phone",
    "fax",
    "email",
    "postcode",
)
