"""The chain of traces: every later change shows."""

import io
import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.audit import exports
from gongkai.audit.chain import link, verify
from gongkai.audit.models import ChainHead, Trace
from gongkai.audit.services import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    return Unit.objects.create(name="市中区发展和改革局", short_name="区发改局", kind="bureau")


@pytest.fixture
def chain(unit: Unit) -> list[Trace]:
    return [record(unit, f"第{number}次修改", by=None, note="例行") for number in range(1, 6)]


@pytest.fixture
def forge():
    """Change stored traces as somebody with the database in hand would."""

    def change(sql: str, *values: object) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE audit_trace DISABLE TRIGGER USER")
            cursor.execute(sql, values)
            if connection.vendor == "postgresql":
                cursor.execute("ALTER TABLE audit_trace ENABLE TRIGGER USER")

    return change


def test_an_untouched_chain_is_whole(chain: list[Trace]) -> None:
    verdict = verify()
    assert verdict.whole
    assert (verdict.count, verdict.hash) == (5, chain[-1].hash)


def test_an_empty_chain_is_whole() -> None:
    assert verify().whole


def test_a_changed_note_breaks_the_chain_where_it_stands(chain: list[Trace], forge) -> None:
    forge("UPDATE audit_trace SET note = %s WHERE number = 3", "篡改")
    verdict = verify()
    assert verdict.broken_at == 3
    assert "改动" in verdict.reason


def test_changed_facts_break_the_chain(chain: list[Trace], forge) -> None:
    forge("UPDATE audit_trace SET facts = %s WHERE number = 2", json.dumps({"金额": 1}))
    assert verify().broken_at == 2


def test_a_moved_time_breaks_the_chain(chain: list[Trace], forge) -> None:
    forge("UPDATE audit_trace SET at = %s WHERE number = 4", timezone.now() - timedelta(days=1))
    assert verify().broken_at == 4


def test_a_change_with_its_own_hash_made_anew_breaks_the_next_link(chain: list[Trace], forge) -> None:
    forged = Trace.objects.get(number=3)
    forged.note = "篡改"
    forge("UPDATE audit_trace SET note = %s, hash = %s WHERE number = 3", "篡改", link(chain[1].hash, forged))
    verdict = verify()
    assert verdict.broken_at == 4
    assert "不相接" in verdict.reason


def test_a_deleted_row_leaves_a_gap(chain: list[Trace], forge) -> None:
    forge("DELETE FROM audit_trace WHERE number = 2")
    verdict = verify()
    assert verdict.broken_at == 2
    assert "缺少第2号至第2号" in verdict.reason


def test_a_deleted_row_shows_even_when_the_others_are_numbered_anew(chain: list[Trace], forge) -> None:
    forge("DELETE FROM audit_trace WHERE number = 2")
    for number in (3, 4, 5):
        forge("UPDATE audit_trace SET number = %s WHERE number = %s", number - 1, number)
    assert verify().broken_at == 2


def test_two_rows_that_changed_places_show(chain: list[Trace], forge) -> None:
    for old, new in ((2, 99), (3, 2), (99, 3)):
        forge("UPDATE audit_trace SET number = %s WHERE number = %s", new, old)
    assert verify().broken_at == 2


def test_a_cut_off_tail_shows_by_the_head_of_the_chain(chain: list[Trace], forge) -> None:
    forge("DELETE FROM audit_trace WHERE number >= 4")
    verdict = verify()
    assert verdict.broken_at == 4
    assert "链首登记到第5号" in verdict.reason


def test_a_row_added_behind_the_head_shows(chain: list[Trace], unit: Unit) -> None:
    added = Trace(number=6, at=timezone.now(), previous_hash=chain[-1].hash, subject_id="1", act="伪造")
    added.hash = link(chain[-1].hash, added)
    added.save(force_insert=True)
    assert verify().broken_at == 6


def test_a_chain_rewritten_from_end_to_end_shows_by_a_hash_noted_elsewhere(
    chain: list[Trace], unit: Unit, forge
) -> None:
    noted = (chain[2].number, chain[2].hash)
    assert verify(noted).whole
    forge("DELETE FROM audit_trace")
    ChainHead.objects.all().delete()
    for number in range(5):
        record(unit, f"伪造{number}", by=None)
    assert verify().whole
    assert verify(noted).broken_at == 3


def test_a_chain_shorter_than_the_noted_number_is_broken(chain: list[Trace]) -> None:
    assert verify((9, "0" * 64)).broken_at == 6


def test_facts_keep_their_hash_through_the_database(unit: Unit) -> None:
    record(
        unit,
        "修改",
        by=None,
        note="含\0空字节",
        facts={"时限": [date(2021, 3, 1), None], "权重": Decimal("1.50"), "比例": 1e22, "数": 2, "是": True},
    )
    trace = Trace.objects.get()
    assert trace.facts["时限"] == ["2021-03-01", None]
    assert trace.facts["权重"] == "1.50"
    assert verify().whole


def test_a_long_name_is_cut_and_not_refused() -> None:
    user = User.objects.create(username="long", full_name="名" * 20)
    unit = Unit.objects.create(name="甲" * 80, short_name="乙" * 40, kind="bureau")
    record(unit, "修改", by=user)
    assert verify().whole


def test_an_act_that_fails_leaves_no_trace(unit: Unit) -> None:

    def failing_act() -> None:
        with transaction.atomic():
            record(unit, "修改", by=None)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing_act()
    assert not Trace.objects.exists()
    record(unit, "修改", by=None)
    assert verify().whole


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no rows that it can guard")
@pytest.mark.parametrize(
    "sql",
    ["UPDATE audit_trace SET note = 'x'", "DELETE FROM audit_trace WHERE number = 1"],
)
def test_the_database_itself_refuses_to_change_or_delete_a_trace(chain: list[Trace], sql: str) -> None:
    with pytest.raises(DatabaseError, match="只能追加"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert verify().whole


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no TRUNCATE")
def test_the_database_itself_refuses_to_empty_the_traces(chain: list[Trace]) -> None:
    empty = "SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL gongkai.allow_truncate = 'off'; TRUNCATE audit_trace"
    with pytest.raises(DatabaseError, match="只能追加"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(empty)
    assert Trace.objects.count() == 5


def test_the_check_reads_in_chunks(chain: list[Trace], django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(8):
        verify()


# --- command line -----------------------------------------------------------------------------------


def test_the_command_says_how_many_links_hold(chain: list[Trace]) -> None:
    out = io.StringIO()
    call_command("audit_verify", stdout=out)
    assert out.getvalue().startswith("留痕链完整：共5条")
    assert chain[-1].hash in out.getvalue()


def test_the_command_ends_with_status_one_when_the_chain_is_broken(chain: list[Trace], forge) -> None:
    forge("DELETE FROM audit_trace WHERE number = 3")
    with pytest.raises(CommandError, match="第3号处断开") as caught:
        call_command("audit_verify")
    assert caught.value.returncode == 1


def test_a_misshapen_anchor_is_bad_input() -> None:
    with pytest.raises(CommandError, match="序号:校验值") as caught:
        call_command("audit_verify", anchor="昨天")
    assert caught.value.returncode == 2


def test_the_lines_of_an_export_hold_all_that_the_hash_is_made_of(chain: list[Trace]) -> None:
    rows = [json.loads(line) for line in exports.lines(Trace.objects.all())]
    assert [row["number"] for row in rows] == [1, 2, 3, 4, 5]
    again = Trace(**{**rows[4], "at": timezone.datetime.fromisoformat(rows[4]["at"])})
    assert link(rows[3]["hash"], again) == rows[4]["hash"]


@pytest.mark.parametrize("ending", ["jsonl", "csv", "xlsx"])
def test_the_export_writes_the_days_asked_for(chain: list[Trace], tmp_path, ending: str) -> None:
    out = io.StringIO()
    today = timezone.localdate()
    path = tmp_path / f"trail.{ending}"
    call_command("audit_export", str(path), first=str(today), last=str(today), stdout=out)
    assert "已导出5条" in out.getvalue()
    assert path.stat().st_size > 100
    call_command("audit_export", str(path), last=str(today - timedelta(days=1)), stdout=out)
    assert "已导出0条" in out.getvalue()


def test_an_export_in_an_unknown_shape_is_bad_input(tmp_path) -> None:
    with pytest.raises(CommandError, match="扩展名"):
        call_command("audit_export", str(tmp_path / "trail.doc"))
