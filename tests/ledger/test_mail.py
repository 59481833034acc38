"""发信: a failing mail server loses nothing and stops nobody."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError

from gongkai.audit.models import Trace
from gongkai.frame.today import now
from gongkai.ledger.models import NightlyRun, Notice
from gongkai.ledger.practice import DEAD_SERVER, RETRIES
from gongkai.ledger.services.nightly import run_nightly
from gongkai.ledger.services.notices import deliver_mail
from gongkai.ledger.services.notices.readers import start_of

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]

NOON = start_of(date(2021, 6, 30)) + timedelta(hours=12)


@pytest.fixture
def told(office):
    """People with notices waiting for the mail."""

    def make(people=1, notices=1, **fields):
        readers = [office(email=f"u{place}@example.gov.cn") for place in range(people)]
        for place, reader in enumerate(readers):
            Notice.objects.bulk_create(
                Notice(
                    key=f"k{place}.{number}",
                    reader=reader,
                    text=f"第{number}件",
                    link="/staff/",
                    raised_on=NOON.date(),
                    mail_due_at=start_of(NOON.date()),
                    **fields,
                )
                for number in range(notices)
            )
        return readers

    return make


class Server:
    """A mail server that fails for some, and keeps what it took."""

    def __init__(self, fault=None, to=""):
        self.fault, self.to, self.taken, self.asked = fault, to, [], 0

    def __call__(self, message):
        self.asked += 1
        if self.fault and self.to in message.to[0]:
            raise self.fault
        self.taken.append(message)


def test_one_letter_a_day_holds_everything(told):
    (reader,) = told(notices=3)
    server = Server()
    assert deliver_mail(NOON, server).sent == 1
    (letter,) = server.taken
    assert letter.to == [reader.email]
    assert "3件" in letter.subject
    assert all(f"第{number}件" in letter.body for number in range(3))
    assert "http://127.0.0.1:8000/staff/" in letter.body
    assert Notice.objects.filter(mailed_at=NOON, mail_due_at=None).count() == 3


def test_what_comes_later_on_the_day_waits_for_the_next_letter_but_supervision_does_not(
    told, assignment, office, today
):
    (reader,) = told()
    server = Server()
    deliver_mail(NOON, server)
    later = Notice.objects.create(
        key="later", reader=reader, text="后来", link="/", raised_on=NOON.date(), mail_due_at=NOON
    )
    assert deliver_mail(NOON + timedelta(hours=1), server).sent == 0
    assert deliver_mail(NOON + timedelta(days=1), server).sent == 1
    later.refresh_from_db()
    assert later.mailed_at


def test_one_bad_address_stops_nobody_else(told):
    told(people=4)
    server = Server(ValueError("no such mailbox"), to="u1@")
    result = deliver_mail(NOON, server)
    assert (result.sent, result.failed) == (3, 1)
    failed = Notice.objects.get(mailed_at=None)
    assert (failed.fault, failed.attempts) == ("ValueError: no such mailbox", 1)


def test_a_dead_server_ends_the_run_and_the_rest_keeps_its_turn(told):
    told(people=DEAD_SERVER + 3)
    server = Server(ConnectionRefusedError("refused"))
    assert deliver_mail(NOON, server).failed == server.asked == DEAD_SERVER
    assert Notice.objects.filter(attempts=0, mail_due_at__lte=NOON).count() == 3


def test_a_letter_is_tried_again_after_growing_waits_until_the_fault_stays_visible(told):
    told()
    server, at, waits = Server(OSError("busy")), NOON, []
    while Notice.objects.filter(mail_due_at__isnull=False).exists():
        assert deliver_mail(at, server).failed == 1
        assert deliver_mail(at, server).failed == 0
        due = Notice.objects.get().mail_due_at
        waits += [due - at] if due else []
        at = due or at
    assert tuple(waits) == RETRIES
    left = Notice.objects.get()
    assert (left.mailed_at, left.attempts) == (None, len(RETRIES) + 1)
    assert left.fault == "重试5次仍未发出：OSError: busy"


def test_a_later_success_clears_the_fault(told):
    told()
    deliver_mail(NOON, Server(OSError("busy")))
    assert deliver_mail(NOON + RETRIES[0], Server()).sent == 1
    assert Notice.objects.get().fault == ""


def test_a_run_killed_in_the_middle_sends_the_rest_when_it_runs_again(told):
    told(people=3)
    with pytest.raises(KeyboardInterrupt):
        deliver_mail(NOON, Server(KeyboardInterrupt(), to="u1@"))
    assert Notice.objects.filter(mailed_at=None).count() == 2
    server = Server()
    deliver_mail(NOON, server)
    deliver_mail(NOON + RETRIES[0], server)
    assert sorted(letter.to[0][:3] for letter in server.taken) == ["u1@", "u2@"]


def test_the_same_letter_sent_again_bears_the_same_name(told):
    told()
    names = []

    def torn(message):
        names.append(message.extra_headers["Message-ID"])
        raise KeyboardInterrupt

    for at in (NOON, NOON + RETRIES[0]):
        with pytest.raises(KeyboardInterrupt):
            deliver_mail(at, torn)
    assert len(set(names)) == 1


def test_people_without_an_address_find_their_notices_on_the_desk_alone(assignment, officer):
    mine = assignment(due_on=date(2021, 6, 30))
    officer(mine.unit)
    officer(mine.unit, email="u@example.gov.cn")
    server = Server()
    counts = run_nightly(date(2021, 6, 30), sender=server)
    assert (counts["notices"], counts["mailed"]) == (2, 1)


def test_the_night_run_twice_does_no_harm_and_leaves_one_trace(assignment, officer):
    mine = assignment(due_on=date(2021, 6, 30))
    officer(mine.unit, email="u@example.gov.cn")
    server = Server()
    first = run_nightly(date(2021, 6, 30), sender=server)
    assert first.items() >= {"moved": 0, "notices": 1, "mailed": 1, "failed": 0}.items()
    assert run_nightly(date(2021, 6, 30), sender=server) == dict.fromkeys(first, 0)
    run = NightlyRun.objects.get()
    assert run.counts == first
    assert run.finished_at <= now()
    assert Trace.objects.filter(act="每日任务").count() == 1


def test_a_night_killed_while_it_sent_is_finished_by_the_next_run(assignment, officer):
    mine = assignment(due_on=date(2021, 6, 30))
    officer(mine.unit, email="u@example.gov.cn")
    with pytest.raises(KeyboardInterrupt):
        run_nightly(date(2021, 6, 30), sender=Server(KeyboardInterrupt()))
    assert NightlyRun.objects.get().finished_at is None
    counts = run_nightly(date(2021, 6, 30), sender=Server())
    assert counts["notices"] == 0
    assert Notice.objects.filter(assignment=mine).count() == 1
    assert NightlyRun.objects.get().finished_at


def test_the_commands_say_what_they_did(assignment, officer, capsys):
    mine = assignment(due_on=date(2021, 6, 30))
    officer(mine.unit, email="u@example.gov.cn")
    call_command("nightly", date="2021-06-30")
    assert "2021-06-30 每日任务完成：转由承继单位0件，新提醒1件，发出邮件1件" in capsys.readouterr().out
    assert len(mail.outbox) == 1
    call_command("deliver_mail")
    assert "发出邮件0封" in capsys.readouterr().out


def test_a_date_that_is_none_is_refused_with_exit_status_2():
    with pytest.raises(CommandError, match="日期应写成") as said:
        call_command("nightly", date="昨天")
    assert said.value.returncode == 2
