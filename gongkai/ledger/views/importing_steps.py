"""导入向导（三、四）: what wordings mean, what a revision changes, and the confirmation."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.accounts.models import Role
from gongkai.administration.services.units import create_unit
from gongkai.frame.acts import attempt
from gongkai.frame.forms import form_page
from gongkai.frame.today import today
from gongkai.ledger.forms.importing import NEW, ConfirmForm, ImportForm, WordingForm
from gongkai.ledger.forms.plans import BlankForm
from gongkai.ledger.services import importing as services
from gongkai.ledger.services.importing import Comparison, Review
from gongkai.ledger.services.importing.review import Wording
from gongkai.ledger.services.importing.rows import Answer
from gongkai.ledger.views.importing import frame, review_of
from gongkai.rules.law import Refused


@staff_page(Role.OFFICE)
def import_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Title, year and document number (要点信息)."""
    review = review_of(request, pk)
    form = ImportForm(request.POST or None, instance=review.record)
    to = reverse("import_confirm", args=[pk])
    if request.method == "POST":
        record = review_of(request, pk).record  # the form has written into the other one already
        answer = attempt(
            request,
            form,
            lambda: services.edit_import(record, by=request.user, **form.cleaned_data),
            done="已保存要点信息",
            to=to,
        )
        if answer:
            return answer
    given = frame(review, "import_edit")
    return form_page(request, form, title="要点信息", cancel=reverse("import", args=[pk]), **given)


@staff_page(Role.OFFICE)
def import_names(request: UserRequest, pk: int) -> HttpResponse:
    """What each wording means (责任主体对应), said once for the whole import."""
    review = review_of(request, pk)
    asked = _asked(request, review)
    forms = [
        WordingForm(request.POST or None, prefix=f"w{at}", directory=review.directory, asked=each)
        for at, each in enumerate(asked)
    ]
    if request.method == "POST" and _all_valid(forms):
        answer = _answered(request, review, forms)
        if answer:
            return answer
    context = {"title": "责任主体对应", "forms": forms, **frame(review, "import_names")}
    return render(request, "ledger/import_names.html", context)


def _all_valid(forms: list[WordingForm]) -> bool:
    """Whether all are valid; each is asked, so that each shows its errors."""
    return not [form for form in forms if not form.is_valid()]


def _asked(request: UserRequest, review: Review) -> list[Wording]:
    """The wordings to be answered: without a unit, matched by likeness, and the one to change."""
    change = request.GET.get("change", "")
    return [
        each
        for each in review.wordings
        if not each.settled or each.body.wording == change or each.meaning.likely
    ]


def _answered(request: UserRequest, review: Review, forms: list[WordingForm]) -> HttpResponse | None:
    chosen = [form for form in forms if form.cleaned_data.get("choice")]
    if not chosen:
        messages.error(request, "还没有选择任何单位")
        return None
    day = today(request)
    try:
        keep = frozenset(form.cleaned_data["wording"] for form in chosen if form.cleaned_data["remember"])
        with transaction.atomic():  # a new unit stays only if its answer does
            answers = {form.cleaned_data["wording"]: _meant(form, request, day) for form in chosen}
            services.answer_wordings(review.record, answers, remember=keep, by=request.user, today=day)
    except Refused as refused:
        chosen[0].add_error(None, str(refused))
        return None
    messages.success(request, f"已对应 {len(answers)} 个责任主体")
    return redirect("import_names", review.record.pk)


def _meant(form: WordingForm, request: UserRequest, day: date) -> Answer:
    given = form.cleaned_data
    if given["choice"] != NEW:
        answer: Answer = given["answer"]
        return answer
    name = given["name"].strip()
    unit = create_unit(
        name=name, short_name=given["wording"][:40], kind=given["kind"], by=request.user, today=day
    )
    return Answer(units=(unit.pk,))


@staff_page(Role.OFFICE)
def import_changes(request: UserRequest, pk: int) -> HttpResponse:
    """What the revised plan changes (与原要点的变化); each change is taken over or left."""
    review = review_of(request, pk)
    plan = review.record.revises
    if plan is None:
        return redirect(review.record)
    found = Comparison(review, plan)
    if request.method == "POST":
        taken = set(request.POST.getlist("taken"))
        left = [key for key in found.keys if key not in taken]
        try:
            services.leave_changes(review.record, left, by=request.user)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(
                request, f"已保存：采纳 {len(found.keys) - len(left)} 处变化，保留原样 {len(left)} 处"
            )
            return redirect("import_confirm", pk)
    context = {"title": "与原要点的变化", "found": found, "left": review.record.left}
    return render(request, "ledger/import_changes.html", context | frame(review, "import_changes"))


@staff_page(Role.OFFICE)
def import_confirm(request: UserRequest, pk: int) -> HttpResponse:
    """Step three (确认导入): what will be made; what is in the way; one button."""
    review = review_of(request, pk)
    record = review.record
    if record.state == "confirmed" and record.plan:
        return redirect("plan_outline", record.plan_id)
    form = ConfirmForm(request.POST or None, initial={"version": record.version})
    if request.method == "POST" and form.is_valid():
        try:
            plan = services.confirm_import(record, by=request.user, today=today(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
            form = _seen_again(form, review)
        else:
            messages.success(request, "已采纳修订" if record.revises else "要点已导入，检查无误后即可下发")
            return redirect("plan_outline", plan.pk)
    context: dict[str, Any] = {"title": "确认导入", "form": form, **frame(review, "import_confirm")}
    if record.revises:
        context["found"] = Comparison(review, record.revises)
    return render(request, "ledger/import_confirm.html", context)


def _seen_again(form: ConfirmForm, review: Review) -> ConfirmForm:
    """The same refusal over the newest version, which the person now sees."""
    fresh = ConfirmForm({"version": review.record.version})
    for sentence in form.non_field_errors():
        fresh.add_error(None, sentence)
    return fresh


@staff_page(Role.OFFICE)
def import_drop(request: UserRequest, pk: int) -> HttpResponse:
    """Give the import up (放弃导入)."""
    review = review_of(request, pk)
    form = BlankForm({} if request.method == "POST" else None)
    if request.method == "POST":
        answer = attempt(
            request,
            form,
            lambda: services.drop_import(review.record, by=request.user),
            done="已放弃导入",
            to="plans",
        )
        if answer:
            return answer
    lede = f"放弃后，“{review.record}”的核对内容不再出现在列表里。已有的要点和台账不受影响。"
    return form_page(
        request,
        form,
        title="放弃导入",
        submit="放弃导入",
        cancel=review.record.get_absolute_url(),
        lede=lede,
        grave=True,
    )
