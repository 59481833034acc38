"""Rolls of units and accounts: row by row, all or nothing, and again without doubles."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from gongkai.accounts.models import User
from gongkai.administration.rolls import Unreadable, read_roll
from gongkai.administration.services import account_rolls, unit_rolls
from gongkai.agencies.models import Unit
from gongkai.audit.models import Trace

TODAY = date(2021, 4, 1)
UNITS = """单位名册,,,,
全称,简称,单位类别,联系电话,其他名称
市中区财政局,区财政局,政府工作部门,0000-1,财政局、区财政
市中区齐村镇人民政府,齐村镇,镇人民政府,0000-2,
"""
PEOPLE = """用户名,姓名,单位,角色,联系电话
wangwu,王五,发改局,单位信息员,0000-3
zhaoliu,赵六,市中区发展和改革局,单位负责人,
"""


def roll(text: str, heads: frozenset[str]):
    return read_roll(text.encode(), "csv", heads)


def units(text: str = UNITS, *, keep: bool = True, by: User | None = None):
    return unit_rolls.import_units(roll(text, unit_rolls.HEADS), by=by, today=TODAY, keep=keep)


# --- reading ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_sheet_of_text_is_read_in_any_usual_encoding_and_below_any_title(encoding: str) -> None:
    rows = read_roll(UNITS.encode(encoding), "csv", unit_rolls.HEADS)
    assert [(row.number, row.get("全称")) for row in rows] == [
        (3, "市中区财政局"),
        (4, "市中区齐村镇人民政府"),
    ]


@pytest.mark.parametrize(
    ("content", "kind", "says"),
    [
        (b"a,b\n1,2\n", "csv", "没有找到表头"),
        (b"\xff\xfe\x00\xd8", "csv", "编码"),
        (b"PK\x03\x04 broken", "xlsx", "打不开"),
        (("全称,简称,单位类别\n" + "a,b,c\n" * 2001).encode(), "csv", "一次最多导入2000行"),
    ],
)
def test_a_sheet_that_cannot_be_read_says_why(content: bytes, kind: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read_roll(content, kind, unit_rolls.HEADS)


# --- units ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_units_come_in_with_their_names() -> None:
    report = units()
    assert report.kept
    assert report.counts == [("新增", 2), ("更新", 0), ("未变", 0), ("有误", 0)]
    assert set(Unit.objects.get(short_name="区财政局").names.values_list("name", flat=True)) == {
        "财政局",
        "区财政",
    }


@pytest.mark.django_db
def test_the_same_roll_a_second_time_changes_nothing() -> None:
    units()
    before = Trace.objects.count()
    report = units()
    assert report.counts == [("新增", 0), ("更新", 0), ("未变", 2), ("有误", 0)]
    assert (Unit.objects.count(), Trace.objects.count()) == (2, before)


@pytest.mark.django_db
def test_a_changed_cell_changes_the_unit_and_says_which() -> None:
    units()
    report = units(UNITS.replace("0000-2", "0000-9"))
    assert [(each.what, each.detail) for each in report.outcomes] == [("未变", ""), ("更新", "联系电话")]
    assert Unit.objects.get(short_name="齐村镇").phone == "0000-9"


@pytest.mark.django_db
def test_a_trial_leaves_nothing_behind() -> None:
    report = units(keep=False)
    assert report.count("新增") == 2
    assert not report.kept
    assert not Unit.objects.exists()
    assert not Trace.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "says"),
    [
        (",某局,政府工作部门,,", "全称没有填写"),
        ("某局,某局,部门,,", "单位类别“部门”不认识"),
        ("市中区财政局,另一,政府工作部门,,", "与第3行重复"),
        ("某局,某局,政府工作部门,,区财政局", "已经是市中区财政局的名称"),
        ("某局,某局,政府工作部门," + "1" * 31 + ",", "联系电话最多30字"),
    ],
)
def test_one_bad_row_keeps_the_whole_roll_out_and_says_where(line: str, says: str) -> None:
    report = units(UNITS + line + "\n")
    assert [(each.number, says in each.detail) for each in report.wrong] == [(5, True)]
    assert not report.kept
    assert not Unit.objects.exists()


# --- accounts ---------------------------------------------------------------------------------------


def people(text: str = PEOPLE, *, by: User | None = None):
    return account_rolls.import_accounts(roll(text, account_rolls.HEADS), by=by, today=TODAY, keep=True)


def test_accounts_come_in_with_posts_found_by_any_name_of_the_unit(unit: Unit) -> None:
    report = people()
    assert [each.what for each in report.outcomes] == ["新增", "新增"]
    user = User.objects.get(username="wangwu")
    assert user.check_password(report.outcomes[0].word)
    assert str(user.held[0]) == "区发改局 单位信息员"


def test_the_same_accounts_a_second_time_keep_their_passwords(unit: Unit) -> None:
    word = people().outcomes[0].word
    report = people()
    assert [(each.what, each.word) for each in report.outcomes] == [("未变", ""), ("未变", "")]
    assert User.objects.get(username="wangwu").check_password(word)
    assert User.objects.get(username="wangwu").posts.count() == 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("a,甲,无此局,单位信息员,", "不在名册里"),
        ("a,甲,发改局,局长,", "角色“局长”不认识"),
        ("a,,发改局,单位信息员,", "都要填写"),
        ("a," + "甲" * 21 + ",发改局,单位信息员,", "姓名最多20字"),
    ],
)
def test_a_bad_account_keeps_all_out(unit: Unit, line: str, says: str) -> None:
    report = people(PEOPLE + line + "\n")
    assert says in report.wrong[0].detail
    assert not User.objects.exists()


# --- pages ------------------------------------------------------------------------------------------


def test_a_roll_is_looked_at_before_it_is_kept(as_user, office: User) -> None:
    client = as_user(office)
    sheet = SimpleUploadedFile("单位.csv", UNITS.encode("gb18030"), content_type="text/csv")
    page = client.post(reverse("unit_import"), {"sheet": sheet})
    assert "确认导入" in page.content.decode()
    assert not Unit.objects.filter(short_name="区财政局").exists()
    done = client.post(reverse("unit_import"), {"rows": page.context["rows"]})
    assert "已完成" in done.content.decode()
    assert Unit.objects.filter(short_name="区财政局").exists()


def test_forged_rows_are_not_imported(as_user, office: User) -> None:
    client = as_user(office)
    page = client.post(reverse("unit_import"), {"rows": "forged"})
    assert "请选择要上传的文件" in page.content.decode()


def test_what_the_register_exports_can_be_imported_again(as_user, office: User) -> None:
    units()
    client = as_user(office)
    exported = client.get(reverse("units"), {"export": "xlsx"})
    rows = read_roll(exported.content, "xlsx", unit_rolls.HEADS)
    report = unit_rolls.import_units(rows, by=office, today=TODAY, keep=True)
    assert report.counts == [("新增", 0), ("更新", 0), ("未变", 3), ("有误", 0)]


def test_new_passwords_are_shown_once_to_the_administrator(as_user, administrator: User) -> None:
    client = as_user(administrator)
    sheet = SimpleUploadedFile("账号.csv", PEOPLE.encode(), content_type="text/csv")
    page = client.post(reverse("person_import"), {"sheet": sheet})
    assert "初始密码" not in page.content.decode()
    done = client.post(reverse("person_import"), {"rows": page.context["rows"]})
    assert done.content.decode().count("初始密码") == 2
    assert "no-store" in done.headers["Cache-Control"]
    again = client.post(reverse("person_import"), {"rows": page.context["rows"]})
    assert "初始密码" not in again.content.decode()


def test_a_formula_in_a_sheet_stays_text(as_user, office: User, unit: Unit) -> None:
    Unit.objects.filter(pk=unit.pk).update(head="=1+1")
    exported = as_user(office).get(reverse("units"), {"export": "xlsx"})
    sheet = load_workbook(io.BytesIO(exported.content)).active
    found = [cell for line in sheet.iter_rows() for cell in line if cell.value == "=1+1"]
    assert [cell.data_type for cell in found] == ["s"]


def test_a_sheet_with_numbers_and_dates_is_read_as_people_see_it() -> None:
    book = Workbook()
    book.active.append(["全称", "简称", "单位类别", "设立日期", "排序"])
    book.active.append(["甲", "甲", "镇人民政府", date(2019, 1, 1), 3.0])
    out = io.BytesIO()
    book.save(out)
    row = read_roll(out.getvalue(), "xlsx", unit_rolls.HEADS)[0]
    assert (row.get("设立日期"), row.get("排序")) == ("2019-01-01", "3")
