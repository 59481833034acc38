"""演示年度: last year's plan and its look-back, this year's real plan, and the work on both until today."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from random import Random

from gongkai.accounts.models import User
from gongkai.demo.clock import Year
from gongkai.demo.conduct import SLOW, Conduct, Staff, staff_by_unit
from gongkai.demo.disclosing import expect_disclosure, figure_of
from gongkai.demo.district import OFFICE_CODE
from gongkai.demo.library.stock import stock
from gongkai.demo.words import Writer, plan_text, words
from gongkai.frame.today import now
from gongkai.ledger.models import Assignment, LookBackEntry, Plan, PlanImport, Report, Supervision, Task
from gongkai.ledger.services import extensions, feedback, lookback, nightly, plans, reports, supervision
from gongkai.ledger.services.importing import (
    Directory,
    Review,
    answer_wordings,
    confirm_import,
    start_import,
)
from gongkai.ledger.services.importing.rows import Answer

LAST_YEAR_SENT = date(2020, 4, 10)
LAST_YEAR_CLOSED = date(2021, 1, 15)
SENT = date(2021, 4, 14)
#: tasks that the office asks to hear of every quarter
QUARTERLY = frozenset({"6", "8", "10", "16", "18", "20", "33"})
#: tasks that the office gives an earlier day of its own
EARLIER = {
    "3": date(2021, 10, 29),
    "9": date(2021, 9, 30),
    "11": date(2021, 10, 29),
    "14": date(2021, 8, 31),
    "17": date(2021, 9, 10),
    "26": date(2021, 6, 30),
    "34": date(2021, 10, 15),
    "36": date(2021, 11, 30),
    "39": date(2021, 11, 19),
}
INTERNAL = frozenset({"37"})


@dataclass
class Story:
    """The demo's year as events (演示年度)."""

    year: Year
    office: User
    staff: dict[int, Staff]
    chance: Random

    def __post_init__(self) -> None:
        """One chance for days and sentences: the same seed tells the same story."""
        self.writer = Writer(self.chance)
        self.conduct = Conduct(self.year, self.staff, self.office, self.chance)

    def tell(self) -> None:
        """Put the first events on the clock; they bring the others."""
        at = self.year.at
        at(LAST_YEAR_SENT, self._send_last_year)
        at(LAST_YEAR_CLOSED, self._close_last_year)
        at(SENT, self._send_this_year)
        at(date(2021, 5, 10), self._look_back)
        at(date(2021, 7, 20), self._press_the_late)
        at(date(2021, 10, 20), self._press_the_late)
        at(date(2021, 9, 15), self._ask_for_time)
        at(self.year.last - timedelta(days=3), self._ask_for_time)
        for days, message in zip((120, 75, 9, 2), words()["feedback"], strict=True):
            at(self.year.last - timedelta(days=days), partial(self._hear, message))
        at(self.year.last - timedelta(days=1), self._leave_drafts)
        at(self.year.last - timedelta(days=1), self._begin_revision)
        at(self.year.last, lambda day: nightly.run_nightly(day))

    # --- plans ---------------------------------------------------------------------------------

    def _import(self, source: str, name: str, day: date) -> Plan:
        started = start_import(content=plan_text(source).encode(), name=f"{name}.txt", by=self.office)
        answers = self._answers(started, day)
        if answers:
            started = answer_wordings(started, answers, remember=frozenset(), by=self.office, today=day)
        version = started.version
        return confirm_import(started, version=version, doubts_accepted=True, by=self.office, today=day)

    def _answers(self, started: PlanImport, day: date) -> dict[str, Answer]:
        """Who is meant where the plan says 有关部门, as words.toml has it."""
        by_code = {person.code: unit for unit, person in self.staff.items()}
        unclear = Review(started, Directory(day)).unsettled
        return {
            each.body.wording: Answer(
                units=tuple(by_code[code] for code in words()["meant"][each.body.wording])
            )
            for each in unclear
        }

    def _send_last_year(self, day: date) -> None:
        plan = self._import("last_year.txt", "2020年重点任务清单", day)
        plans.issue_plan(plan, by=self.office, today=day)
        self.conduct.closes[plan.pk] = LAST_YEAR_CLOSED
        self._expect_all(plan)

    def _close_last_year(self, day: date) -> None:
        for report in Report.objects.filter(state="signed", assignment__task__plan__year=2020):
            reports.accept_report(report, by=self.office, today=day)
        plans.close_plan(Plan.objects.get(year=2020), by=self.office, today=day)

    def _send_this_year(self, day: date) -> None:
        plan = self._import("seed.txt", "2021年市中区政务公开工作要点", day)
        for task in plan.tasks.all():
            self._prepare(task, day)
        plans.issue_plan(plan, by=self.office, today=day)
        self._expect_all(plan)

    def _begin_revision(self, _day: date) -> None:
        """A revised text lies half checked: one more body, and one earlier day."""
        text = plan_text("seed.txt")
        for old, new in words()["revision"]:
            text = text.replace(old, new, 1)
        plan = Plan.objects.get(year=2021)
        start_import(content=text.encode(), name="工作要点（修订稿）.txt", revises=plan, by=self.office)

    def _prepare(self, task: Task, day: date) -> None:
        """What the office adds before it sends the plan out: steps, earlier days, figures."""
        if task.number in QUARTERLY:
            plans.edit_task(task, cycle="quarterly", by=self.office, today=day)
        if task.number in EARLIER:
            plans.edit_task(task, cycle="fixed", due_on=EARLIER[task.number], by=self.office, today=day)
        if task.number in INTERNAL:
            plans.edit_task(task, public=False, by=self.office, today=day)
        if task.number == "40":
            plans.bind_figure(task, figure="ledger.on_time", target=Decimal(90), by=self.office)
        elif found := figure_of(task.number):
            plans.bind_figure(task, figure=found[0], target=found[1], by=self.office)

    def _expect_all(self, plan: Plan) -> None:
        """Let every unit report in its own way on each due day."""
        for assignment in Assignment.objects.filter(task__plan=plan).select_related("task", "unit"):
            steps = list(assignment.task.milestones.all())
            for step in steps:
                self.conduct.expect(assignment, step.due_on, step, last=step == steps[-1])
            if not steps:
                due = assignment.due_on
                if due > date(due.year, 12, 1):
                    if self.chance.random() < 0.35:
                        self.conduct.expect(assignment, date(due.year, 8, 31), None, last=False)
                    due -= timedelta(days=self.chance.randrange(20, 130))
                self.conduct.expect(assignment, due, None, last=True)

    # --- looking back --------------------------------------------------------------------------

    def _look_back(self, day: date) -> None:
        review = lookback.start_lookback(Plan.objects.get(year=2020), by=self.office, today=day)
        for number, entry in enumerate(review.entries.all()):
            self.year.at(day + timedelta(days=2 + number), partial(self._check, entry))

    def _check(self, entry: LookBackEntry, day: date) -> None:
        if entry.assignment.done_on:
            finding = self.writer.chance.choice(words()["lookback_done"])
            lookback.verify_entry(entry, finding=finding, by=self.office, today=day)
            return
        mend_by = day + timedelta(days=30)
        finding = words()["lookback_undone"]
        lookback.order_entry(entry, finding=finding, mend_by=mend_by, by=self.office, today=day)
        staff = self.staff[entry.assignment.unit_id]
        if not staff.slow:
            self.year.at(mend_by - timedelta(days=4), lambda later: self._mend(entry, staff, later))

    def _mend(self, entry: LookBackEntry, staff: Staff, day: date) -> None:
        lookback.mend_entry(entry, answer=words()["mended"], by=staff.officer, today=day)
        if self.chance.random() < 0.7:
            finding = words()["lookback_done"][0]
            self.year.at(
                day + timedelta(days=5),
                lambda later: (
                    lookback.verify_entry(entry, finding=finding, by=self.office, today=later) and None
                ),
            )

    # --- chasing -------------------------------------------------------------------------------

    def _press_the_late(self, day: date) -> None:
        late = Assignment.objects.current().overdue(day).exclude(supervisions__state__in=("open", "answered"))
        by_unit: dict[int, list[Assignment]] = {}
        for assignment in late.select_related("unit"):
            by_unit.setdefault(assignment.unit_id, []).append(assignment)
        worst = sorted(by_unit.items(), key=lambda pair: -len(pair[1]))[:4]
        for _, assignments in worst:
            self._supervise(assignments[:5], day)

    def _supervise(self, assignments: list[Assignment], day: date) -> None:
        unit = assignments[0].unit
        opened = supervision.open_supervision(
            unit=unit,
            assignments=assignments,
            demand=words()["demand"],
            answer_by=day + timedelta(days=7),
            by=self.office,
            today=day,
        )
        staff = self.staff[unit.pk]
        if staff.code != "kuangqu":
            self.year.at(day + timedelta(days=6), lambda later: self._answer(opened, staff, later))

    def _answer(self, opened: Supervision, staff: Staff, day: date) -> None:
        first = opened.assignments.select_related("task").first()
        text = self.writer.write("answer", first.task.number if first else "")
        supervision.answer_supervision(opened, text=text, by=staff.officer, today=day)
        if self.chance.random() < 0.6:
            self.year.at(day + timedelta(days=4), lambda later: self._close(opened, later))

    def _close(self, opened: Supervision, day: date) -> None:
        supervision.close_supervision(opened, text=words()["closing"], by=self.office, today=day)

    def _ask_for_time(self, day: date) -> None:
        """Three units ask for more time; in September the office decides, in November it still has to."""
        waiting = (
            Assignment.objects.current()
            .due_within(day, day + timedelta(days=50))
            .exclude(unit__parent__isnull=False)
            .select_related("task", "unit")
            .order_by("task__position", "unit__position")
        )
        seen: set[int] = set()
        for assignment in waiting:
            staff = self.staff.get(assignment.unit_id)
            if staff and assignment.unit_id not in seen and staff.code not in SLOW and len(seen) < 3:
                seen.add(assignment.unit_id)
                self._ask(assignment, staff, day, number=len(seen))

    def _ask(self, assignment: Assignment, staff: Staff, day: date, *, number: int) -> None:
        asked = extensions.ask_extension(
            assignment,
            until_on=assignment.due_on + timedelta(days=20),
            reason=self.writer.write("extension", assignment.task.number),
            by=staff.officer,
            today=day,
        )
        if day.month > 10:
            return
        if number == 2:
            reason = words()["extension_refused"][0]
            extensions.refuse_extension(asked, reason=reason, by=self.office, today=day)
        else:
            remark = words()["extension_granted"][0]
            extensions.grant_extension(asked, remark=remark, by=self.office, today=day)

    # --- the public, and what lies on desks today ----------------------------------------------

    def _hear(self, message: dict[str, str], day: date) -> None:
        plan = Plan.objects.get(year=2021)
        task = plan.tasks.filter(number=message["number"]).first()
        heard = feedback.receive_feedback(
            plan, text=message["text"], task=task, name=message["name"], at=now()
        )
        if message["reply"]:
            self.year.at(
                day + timedelta(days=3),
                lambda later: (
                    feedback.handle_feedback(heard, reply=message["reply"], by=self.office, today=later)
                    and None
                ),
            )

    def _leave_drafts(self, day: date) -> None:
        """A few officers have begun a report and not yet sent it."""
        open_ones = Assignment.objects.current().unfinished().filter(standing="waiting")
        for assignment in open_ones.select_related("task", "unit").order_by("id")[:60:10]:
            staff = self.staff.get(assignment.unit_id)
            if staff and not Report.objects.filter(assignment=assignment).exists():
                text = self.writer.write("progress", assignment.task.number, 300)
                reports.write_report(assignment, text=text, by=staff.officer, today=day)


def tell_story(last: date, seed: int = 20211112) -> int:
    """Run the demo's year up to *last*; returns the number of events."""
    chance = Random(seed)  # noqa: S311 (a story, not a secret)
    year = Year(last, chance)
    office = User.objects.get(username=OFFICE_CODE)
    staff = staff_by_unit()
    stock(year, staff, office)
    expect_disclosure(year, staff, office)
    Story(year, office, staff, chance).tell()
    return year.run()
