"""One run of the ledger's measurements, in the database that GONGKAI_DATABASE names."""

import os
import random
import resource
import time
from collections.abc import Callable
from datetime import date, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("GONGKAI_TODAY", "2021-10-15")
django.setup()

from django.conf import settings  # noqa: E402 (Django first)
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from gongkai.accounts.models import User  # noqa: E402
from gongkai.agencies.models import Unit  # noqa: E402
from gongkai.demo.district import OFFICE_CODE, build_district, build_staff  # noqa: E402
from gongkai.ledger.models import Assignment, Plan, PlanImport, Section, Task  # noqa: E402
from gongkai.ledger.services.importing import confirm_import, start_import  # noqa: E402
from gongkai.ledger.services.nightly import run_nightly  # noqa: E402

TODAY = date(2021, 10, 15)
TASKS, UNITS = 1700, 59  # 100,300 assignments


def fill(units: list[Unit]) -> Plan:
    """A plan of 1,700 tasks in 34 sections, each given to 59 units, in every standing."""
    chance = random.Random(1)
    plan = Plan.objects.create(year=2021, title="量测用要点", state="running", issued_on=date(2021, 4, 1))
    sections = Section.objects.bulk_create(
        Section(plan=plan, heading=f"第{n}部分", position=n) for n in range(1, 35)
    )
    tasks = Task.objects.bulk_create(
        Task(
            plan=plan,
            section=sections[n % 34],
            number=str(n + 1),
            position=n + 1,
            text=f"做好第{n + 1}项重点领域信息公开工作，及时发布进展情况。",
            cycle="fixed",
            due_on=TODAY + timedelta(days=chance.randrange(-120, 70)),
        )
        for n in range(TASKS)
    )
    standings = ("waiting", "working", "checking", "returned", "done", "done", "done")
    Assignment.objects.bulk_create(
        (
            Assignment(
                task=task,
                unit=unit,
                started_on=date(2021, 4, 1),
                due_on=task.due_on,
                standing=chance.choice(standings),
                position=position,
            )
            for task in tasks
            for position, unit in enumerate(units[:UNITS])
        ),
        batch_size=2000,
    )
    return plan


def ten_thousand_tasks() -> bytes:
    """The text of a plan of 10,000 tasks in 100 sections, three bodies each."""
    bodies = ("区发改局", "区财政局", "区教体局", "区民政局", "区人社局", "区住建局", "区卫健局", "区应急局")
    lines = ["2021年政务公开工作要点"]
    for n in range(10_000):
        if n % 100 == 0:
            lines.append(f"{chinese(n // 100 + 1)}、第{n // 100 + 1}部分工作")
        names = "、".join(bodies[(n + k) % len(bodies)] for k in range(3))
        lines.append(f"{n + 1}.做好第{n + 1}项信息公开，2021年{n % 6 + 7}月底前完成。（责任单位：{names}）")
    return "\n".join(lines).encode()


def chinese(number: int) -> str:
    """A number up to 199 in Chinese numerals."""
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    head = f"{digits[hundreds]}百" if hundreds else ""
    middle = (
        ("十" if tens == 1 and not hundreds else f"{digits[tens]}十") if tens else "零" * bool(head and ones)
    )
    return head + middle + (digits[ones] if ones or not (head or middle) else "")


def confirm(started: PlanImport, office: User) -> None:
    """Confirm an import as the office does."""
    confirm_import(started, version=started.version, doubts_accepted=True, by=office, today=TODAY)


def timed(label: str, work: Callable[[], object]) -> None:
    """Print how long *work* took and how many queries it made."""
    with CaptureQueriesContext(connection) as queries:
        began = time.perf_counter()
        work()
        spent = time.perf_counter() - began
    print(f"  {label:44}{len(queries):>9} queries{spent * 1000:>12,.0f} ms")


def page(client: Client, label: str, address: str) -> None:
    """Print queries, median time of five and size of one page."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
        asked = len(queries)  # the next page begins a new log
    if answer.status_code != 200:
        raise SystemExit(f"{label}: {address} answered {answer.status_code}")
    times = []
    for _ in range(5):
        began = time.perf_counter()
        client.get(address)
        times.append(time.perf_counter() - began)
    size = len(answer.content) / 1024
    print(f"  {label:44}{asked:>9} queries{sorted(times)[2] * 1000:>12,.0f} ms{size:>10,.0f} KB")


def main() -> None:
    """Fill, measure, print."""
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    with transaction.atomic():
        units = build_district()
        build_staff(units)
        plan = fill(list(units.values()))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    client = Client()
    client.force_login(User.objects.get(username=OFFICE_CODE))
    print(f"\n  {connection.vendor}: {Assignment.objects.count():,} assignments")
    for name, query in (("plan", ""), ("plan_units", ""), ("plan_matrix", ""), ("plan_timeline", "")):
        page(client, f"{name} {query}", reverse(name, args=[plan.pk]) + query)
    page(client, "assignments", reverse("assignments"))
    page(client, "assignments, overdue, one unit", reverse("assignments") + f"?unit={units['fagai'].pk}")
    page(client, "desk of the office", reverse("desk"))
    page(client, "progress, public", reverse("progress_plan", args=[plan.pk]))
    officer = Client()
    officer.force_login(User.objects.get(username="fagai"))
    page(officer, "desk of an officer", reverse("desk"))
    timed("nightly, reminders for all", lambda: run_nightly(TODAY))
    timed("nightly again", lambda: run_nightly(TODAY))
    office = User.objects.get(username=OFFICE_CODE)
    started = []
    timed(
        "import of 10,000 tasks: read and match",
        lambda: started.append(start_import(content=ten_thousand_tasks(), name="plan.txt", by=office)),
    )
    timed("import of 10,000 tasks: confirm", lambda: confirm(started[0], office))
    made = Plan.objects.exclude(pk=plan.pk).get()
    assigned = Assignment.objects.filter(task__plan=made).count()
    print(f"  → {made.tasks.count():,} tasks, {assigned:,} assignments")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  peak memory of the whole run {peak:,.0f} MB")


if __name__ == "__main__":
    main()
