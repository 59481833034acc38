"""确认导入: rows become a plan with sections, tasks and assignments in one transaction, or not at all."""

from datetime import date

from django.db import transaction

from gongkai.accounts.models import User
from gongkai.audit.services import record as trace
from gongkai.ledger.models import Plan, PlanImport
from gongkai.ledger.services.importing.directory import Directory
from gongkai.ledger.services.importing.door import Stale, begin
from gongkai.ledger.services.importing.making import make_plan
from gongkai.ledger.services.importing.review import Review
from gongkai.ledger.services.importing.revise import take_over
from gongkai.rules.law import Refused


@transaction.atomic
def confirm_import(record: PlanImport, *, version: int, doubts_accepted: bool, by: User, today: date) -> Plan:
    """Make the plan (确认导入). A second click gives the same plan; a failure leaves nothing behind."""
    done = PlanImport.objects.select_for_update().get(pk=record.pk)
    if done.state == "confirmed" and done.plan:
        return done.plan
    record = begin(record, "confirm", by)
    review = Review(record, Directory(today))
    _ready(review, version, doubts_accepted)
    plan = take_over(review, by=by, today=today) if record.revises else make_plan(review, today)
    record.plan, record.state = plan, "confirmed"
    record.save()
    _leave_traces(record, plan, review, by)
    return plan


def _ready(review: Review, version: int, doubts_accepted: bool) -> None:
    if review.record.version != version:
        raise Stale("导入内容刚被修改过，请重新看一遍汇总再确认。")
    if review.blocks:
        raise Refused("还不能确认：" + "；".join(reason for reason, _ in review.blocks))
    if review.doubtful and not doubts_accepted:
        raise Refused(f"还有 {len(review.doubtful)} 项有疑点，请核对，或勾选“按现在的内容导入”")


def _leave_traces(record: PlanImport, plan: Plan, review: Review, by: User) -> None:
    facts = {
        "tasks": len(review.rows),
        "assignments": review.assignments,
        "file": record.source_name,
        "sha256": record.source_sha256,
        "import": record.pk,
    }
    trace(plan, "导入修订稿" if record.revises else "导入要点", by=by, facts=facts)
    trace(record, "确认导入", by=by, facts=facts)
