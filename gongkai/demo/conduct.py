"""演示行为: how each unit of the demo works: most in time, some late, a few returned."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from gongkai.accounts.models import Role, User
from gongkai.demo.clock import Event, Year
from gongkai.demo.evidence import publication_list
from gongkai.demo.words import Writer
from gongkai.ledger.models import Assignment, Milestone, Report
from gongkai.ledger.services import reports
from gongkai.ledger.states import Standing

#: the units that the demo lets fall behind, so that supervision has something to do
SLOW = frozenset({"kuangqu", "yongan", "xinfang", "zhifa"})

ROLES = (Role.OFFICER, Role.APPROVER, Role.SECRECY)


@dataclass
class Staff:
    """Who acts for a unit (经办人员): officer, approver, secrecy reviewer, and how prompt the unit is."""

    code: str
    officer: User
    approver: User
    secrecy: User

    @property
    def slow(self) -> bool:
        """Whether the demo lets this unit fall behind."""
        return self.code in SLOW


def staff_by_unit() -> dict[int, Staff]:
    """The staff of every unit that has an officer and an approver, by the unit's key."""
    found: dict[int, dict[str, User]] = {}
    for user in User.objects.filter(posts__ended_on__isnull=True).prefetch_related("posts"):
        for post in user.posts.all():
            found.setdefault(post.unit_id, {})[post.role] = user
    return {
        unit: Staff(people[Role.OFFICER].username, *(people[role] for role in ROLES))
        for unit, people in found.items()
        if people.keys() >= set(ROLES)
    }


@dataclass
class Conduct:
    """Lets reports happen in a *year* (办理过程): written, sent, signed, accepted or returned, and again."""

    year: Year
    staff: dict[int, Staff]
    office: User
    chance: Random
    writer: Writer = field(init=False)
    closes: dict[int, date] = field(default_factory=dict)  # plan's key → the day on which it is archived

    def __post_init__(self) -> None:
        """The sentences differ by the same chance as the days."""
        self.writer = Writer(self.chance)

    def _at(self, assignment: Assignment, day: date, event: Event) -> None:
        """Let *event* happen on *day*, unless the plan is archived by then."""
        if day < self.closes.get(assignment.task.plan_id, date.max) - timedelta(days=3):
            self.year.at(day, event)

    def expect(self, assignment: Assignment, due: date, milestone: Milestone | None, *, last: bool) -> None:
        """Plan the report of one unit for one due day: early, on the day, late, or never."""
        staff = self.staff.get(assignment.unit_id)
        if staff is None:
            return
        draw = self.chance.random()
        if (staff.slow and draw < 0.55) or draw < 0.03:
            return
        late = self.chance.randrange(2, 25) if staff.slow or draw > 0.93 else -self.chance.randrange(1, 22)
        day = due + timedelta(days=late)
        self._at(assignment, day, lambda day: self._write(assignment, staff, milestone, day, last=last))

    def _write(
        self, assignment: Assignment, staff: Staff, milestone: Milestone | None, day: date, *, last: bool
    ) -> None:
        if self._settled(assignment):
            return
        number = assignment.task.number
        thin = not last and self.chance.random() < 0.12  # without evidence nothing is reported as done
        sort = "thin" if thin else "completion" if last else "progress"
        report = reports.write_report(
            assignment,
            text=self.writer.write(sort, number, day.timetuple().tm_yday - 45),
            by=staff.officer,
            today=day,
            completes=last,
            milestone=milestone,
        )
        if not thin:
            self._attach(report, staff, day)
        self._at(assignment, day, lambda later: self._send(report, staff, later, thin=thin))

    @staticmethod
    def _settled(assignment: Assignment) -> bool:
        """Whether the task is done already, or an earlier report is still on its way."""
        assignment.refresh_from_db(fields=["standing", "ended_on"])
        return assignment.standing in (Standing.DONE, Standing.CHECKING) or bool(assignment.ended_on)

    def _attach(self, report: Report, staff: Staff, day: date) -> None:
        if report.completes or self.chance.random() < 0.3:
            task, unit = report.assignment.task, str(report.assignment.unit)
            upload = publication_list(task.number, unit, day, self.chance)
            reports.attach(report, title="公开清单", upload=upload, public=task.public, by=staff.officer)

    def _send(self, report: Report, staff: Staff, day: date, *, thin: bool) -> None:
        reports.send_report(report, by=staff.officer, today=day)
        signed = day + timedelta(days=self.chance.randrange(0, 3))
        if self.chance.random() < 0.04:
            self._at(report.assignment, signed, lambda later: self._send_back(report, staff, later))
        else:
            self._at(report.assignment, signed, lambda later: self._sign(report, staff, later, thin=thin))

    def _send_back(self, report: Report, staff: Staff, day: date) -> None:
        reason = self.writer.write("sent_back", report.assignment.task.number)
        reports.send_back_report(report, reason=reason, by=staff.approver, today=day)
        self._again(report, staff, day)

    def _sign(self, report: Report, staff: Staff, day: date, *, thin: bool) -> None:
        reports.sign_report(report, by=staff.approver, today=day)
        decided = day + timedelta(days=self.chance.randrange(1, 6))
        decide = self._return if thin or self.chance.random() < 0.03 else self._accept
        self._at(report.assignment, decided, lambda later: decide(report, staff, later))

    def _accept(self, report: Report, _staff: Staff, day: date) -> None:
        remark = self.writer.write("accepted", report.assignment.task.number)
        reports.accept_report(report, remark=remark, by=self.office, today=day)

    def _return(self, report: Report, staff: Staff, day: date) -> None:
        reason = self.writer.write("returned", report.assignment.task.number)
        reports.return_report(report, reason=reason, by=self.office, today=day)
        self._again(report, staff, day)

    def _again(self, report: Report, staff: Staff, day: date) -> None:
        """Most units mend what came back within two weeks; the slow ones let it lie."""
        if not staff.slow:
            mended = day + timedelta(days=self.chance.randrange(3, 14))
            self._at(report.assignment, mended, lambda later: self._mend(report, staff, later))

    def _mend(self, report: Report, staff: Staff, day: date) -> None:
        if self._settled(report.assignment):
            return
        number = report.assignment.task.number
        text = self.writer.write(
            "completion" if report.completes else "progress", number, day.timetuple().tm_yday - 45
        )
        reports.edit_report(
            report, text=text, completes=report.completes, milestone=report.milestone, by=staff.officer
        )
        if not report.evidence.exists():
            upload = publication_list(number, str(report.assignment.unit), day, self.chance)
            reports.attach(report, title="公开清单", upload=upload, public=True, by=staff.officer)
        self._send(report, staff, day, thin=False)
