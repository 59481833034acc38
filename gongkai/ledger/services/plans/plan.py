"""要点: a year's plan is prepared, sent out to the units, closed, opened again."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef

from gongkai.accounts.models import User
from gongkai.audit.services import record
from gongkai.ledger.models import Assignment, Plan, Report, Section
from gongkai.ledger.services.deriving import refresh_all
from gongkai.ledger.services.guards import fitting, locked, permit_act, permit_office
from gongkai.ledger.services.milestones import drop_past_steps
from gongkai.ledger.services.notices.telling import tell_issued
from gongkai.ledger.states import PLAN
from gongkai.rules.law import Refused

EDITABLE = frozenset({"year", "title", "document_number", "public", "source_name", "source_text"})


@transaction.atomic
def create_plan(
    *, year: int, title: str, by: User, today: date, document_number: str = "", public: bool = True
) -> Plan:
    """Begin a plan by hand (新建要点)."""
    permit_office(by)
    plan = Plan(year=year, title=title.strip(), document_number=document_number.strip(), public=public)
    _check(plan)
    plan.save()
    record(plan, "新建要点", by=by, facts={"on": str(today)})
    return plan


@transaction.atomic
def edit_plan(plan: Plan, *, by: User, **fields: Any) -> Plan:
    """Change the head of a plan (修改要点)."""
    plan = _begin(plan, "edit", by)
    changes = {}
    for name, value in fields.items():
        if name not in EDITABLE:
            raise TypeError(f"edit_plan cannot set {name}")
        if getattr(plan, name) != value:
            changes[name] = [str(getattr(plan, name))[:200], str(value)[:200]]
            setattr(plan, name, value)
    _check(plan)
    plan.save()
    record(plan, "修改要点", by=by, facts=changes)
    return plan


@transaction.atomic
def add_section(plan: Plan, *, heading: str, by: User, parent: Section | None = None) -> Section:
    """Add a heading (添加章节), after those that are there."""
    plan = _begin(plan, "edit", by)
    if parent and parent.plan_id != plan.pk:
        raise Refused("上级章节不属于这份要点")
    last = plan.sections.aggregate(last=Max("position"))["last"] or 0
    section = Section(plan=plan, parent=parent, heading=heading.strip(), position=last + 1)
    fitting(section).save()
    record(plan, "添加章节", by=by, note=section.heading)
    return section


@transaction.atomic
def issue_plan(plan: Plan, *, by: User, today: date) -> Plan:
    """Send the plan out to the units (下发各单位): from now on it binds them."""
    plan = _begin(plan, "issue", by)
    _complete(plan)
    plan.issued_on = today
    plan.save()
    drop_past_steps(plan, today)
    open_ones = Assignment.objects.filter(task__plan=plan, ended_on__isnull=True)
    refresh_all(open_ones.filter(task__milestones__isnull=False).distinct())
    tell_issued(plan, today)
    record(plan, "下发各单位", by=by, facts={"on": str(today), "assignments": open_ones.count()})
    return plan


@transaction.atomic
def close_plan(plan: Plan, *, by: User, today: date) -> Plan:
    """Close a year's plan (归档): what is still under review is decided first."""
    plan = _begin(plan, "close", by)
    waiting = Report.objects.filter(assignment__task__plan=plan, state="signed").count()
    if waiting:
        raise Refused(f"还有{waiting}份报送待验收，请办完后再归档")
    plan.save()
    record(plan, "归档", by=by, facts={"on": str(today)})
    return plan


@transaction.atomic
def reopen_plan(plan: Plan, *, by: User, today: date) -> Plan:
    """Open a closed plan again (重新启用)."""
    plan = _begin(plan, "reopen", by)
    plan.save()
    record(plan, "重新启用", by=by, facts={"on": str(today)})
    return plan


def _begin(plan: Plan, code: str, by: User) -> Plan:
    plan = locked(plan)
    permit_act(PLAN, code, by)
    plan.state = PLAN.after(plan.state, code)
    return plan


def _check(plan: Plan) -> None:
    fitting(plan)
    if not 2008 <= plan.year <= 2100:  # open government has its law since 2008
        raise Refused(f"年度应在2008年至2100年之间，读到的是{plan.year}")


def _complete(plan: Plan) -> None:
    """Refuse to send out a plan that binds nobody, or a task that nobody has to do."""
    tasks = plan.tasks.current()
    if not tasks.exists():
        raise Refused("要点还没有任务，不能下发")
    bound = Assignment.objects.filter(task=OuterRef("pk"), ended_on__isnull=True)
    loose = [task.number or f"第{task.position}项" for task in tasks.exclude(Exists(bound))]
    if loose:
        named = "、".join(loose[:10]) + ("等" if len(loose) > 10 else "")
        raise Refused(f"还有{len(loose)}项任务没有责任单位（{named}），请先指定")
