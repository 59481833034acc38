"""Names as plans print them, and the units and groups that they mean."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import override_settings

from gongkai.administration.services.groups import install_groups
from gongkai.agencies.entries import Target
from gongkai.agencies.matching import Match, NameIndex
from gongkai.agencies.models import Group, Unit, UnitName

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]
TODAY = date(2021, 4, 1)
UNITS = [
    ("市中区人民政府办公室", "区政府办公室", "office"),
    ("市中区发展和改革局", "区发改局", "bureau"),
    ("市中区人力资源和社会保障局", "区人社局", "bureau"),
    ("市中区住房和城乡建设局", "区住建局", "bureau"),
    ("市中区农业农村局", "区农业农村局", "bureau"),
    ("市中区农业综合执法局", "区农业综合执法局", "bureau"),
    ("市中区卫生健康局", "区卫健局", "bureau"),
    ("市中区市场监督管理局", "区市场监管局", "bureau"),
    ("市中区大数据中心", "区大数据中心", "institution"),
    ("枣庄市公安局市中分局", "区公安分局", "vertical"),
    ("枣庄市生态环境局市中分局", "区生态环境分局", "vertical"),
    ("枣庄经济开发区管理委员会", "枣庄经济开发区管委会", "zone"),
    ("市中区齐村镇人民政府", "齐村镇", "town"),
    ("市中区税郭镇人民政府", "税郭镇", "town"),
    ("市中区人民政府光明路街道办事处", "光明路街道", "street"),
]


@pytest.fixture
def district() -> Iterator[dict[str, Unit]]:
    with override_settings(SITE={"government": "市中区人民政府"}):
        install_groups()
        yield {
            short: Unit.objects.create(name=name, short_name=short, kind=kind) for name, short, kind in UNITS
        }


def match(name: str, day: date = TODAY) -> Match:
    return NameIndex.load(day).match(name)


@pytest.mark.parametrize(
    ("printed", "short"),
    [
        ("区发改局", "区发改局"),
        ("市中区发展和改革局", "区发改局"),
        ("枣庄市市中区发展和改革局", "区发改局"),
        ("发展和改革局", "区发改局"),
        ("发改局", "区发改局"),
        ("区发展改革局", "区发改局"),
        ("区 发 改 局", "区发改局"),
        ("区人力资源社会保障局", "区人社局"),
        ("人社局", "区人社局"),
        ("区住房城乡建设局", "区住建局"),
        ("市场监管局", "区市场监管局"),
        ("区市场监督管理局", "区市场监管局"),
        ("市公安局市中分局", "区公安分局"),
        ("公安分局", "区公安分局"),
        ("生态环境局市中分局", "区生态环境分局"),
        ("区政府办", "区政府办公室"),
        ("区政府办公室（政务公开办）", "区政府办公室"),
        ("区人民政府办公室", "区政府办公室"),
        ("枣庄经济开发区管委会", "枣庄经济开发区管委会"),
        ("枣庄经济开发区管理委员会", "枣庄经济开发区管委会"),
        ("光明路街道办事处", "光明路街道"),
        ("光明路街道办", "光明路街道"),
        ("齐村镇政府", "齐村镇"),
        ("齐村镇人民政府。", "齐村镇"),
    ],
)
def test_a_printed_name_finds_its_unit(district: dict[str, Unit], printed: str, short: str) -> None:
    found = match(printed)
    assert (found.kind, found.unit_id) == (Target.UNIT, district[short].pk), found
    assert found.reason


@pytest.mark.parametrize(
    ("printed", "group"),
    [
        ("各镇人民政府", "各镇人民政府"),
        ("各镇政府", "各镇人民政府"),
        ("各街道办事处", "各街道办事处"),
        ("各镇（街）", "各镇人民政府、各街道办事处"),
        ("各镇(街)", "各镇人民政府、各街道办事处"),
        ("各镇街", "各镇人民政府、各街道办事处"),
        ("区政府各部门单位", "区政府各部门单位"),
        ("区政府各部门、单位", "区政府各部门单位"),
        ("市中区政府各部门单位", "区政府各部门单位"),
        ("区直各部门", "区政府各部门单位"),
        ("有关部门", "有关部门"),
        ("区政府有关部门", "有关部门"),
        ("编制规划的区政府部门单位", "有关部门"),
        ("年度决策事项目录涉及的区政府部门", "有关部门"),
    ],
)
def test_a_collective_name_finds_its_group(district: dict[str, Unit], printed: str, group: str) -> None:
    found = match(printed)
    assert (found.kind, found.group_id) == (Target.GROUP, Group.objects.get(name=group).pk), found


@pytest.mark.parametrize("printed", ["省财政厅", "某某公司", "市发改局", "，", ""])
def test_a_strange_name_is_left_to_people(district: dict[str, Unit], printed: str) -> None:
    found = match(printed)
    assert found.kind is Target.UNKNOWN
    assert found.unit_id is found.group_id is None


def test_a_name_that_may_mean_two_units_is_not_guessed(district: dict[str, Unit]) -> None:
    found = match("区农业局")
    assert found.kind is Target.UNKNOWN
    names = {candidate.name for candidate in found.candidates}
    assert {"区农业农村局", "区农业综合执法局"} <= names
    assert "多个单位" in found.reason


def test_another_ending_is_suggested_and_not_taken(district: dict[str, Unit]) -> None:
    found = match("区卫健委")
    assert found.kind is Target.UNKNOWN
    assert found.candidates[0].name == "区卫健局"


def test_a_registered_name_comes_before_every_guess(district: dict[str, Unit]) -> None:
    UnitName.objects.create(unit=district["区农业农村局"], name="区农业局")
    found = match("农业局")
    assert found.unit_id == district["区农业农村局"].pk
    assert found.score == 1.0


def test_a_former_name_counts_in_full_until_the_day_it_was_given_up(district: dict[str, Unit]) -> None:
    UnitName.objects.create(
        unit=district["区卫健局"], name="市中区卫生和计划生育局", sort="former", until_on=date(2019, 2, 1)
    )
    before, after = match("区卫生和计划生育局", date(2018, 6, 1)), match("区卫生和计划生育局")
    assert before.unit_id == after.unit_id == district["区卫健局"].pk
    assert before.score == 1.0
    assert after.score < 1.0
    assert "曾用名" in after.reason


def test_the_name_of_a_merged_unit_leads_to_the_one_that_took_over(district: dict[str, Unit]) -> None:
    merged = Unit.objects.create(
        name="市中区粮食局",
        short_name="区粮食局",
        kind="bureau",
        ended_on=date(2019, 3, 1),
        successor=district["区发改局"],
    )
    assert match("区粮食局", date(2018, 6, 1)).unit_id == merged.pk
    later = match("区粮食局")
    assert later.unit_id == district["区发改局"].pk
    assert "2019-03-01" in later.reason


def test_a_unit_that_was_closed_or_does_not_exist_yet_is_not_found(district: dict[str, Unit]) -> None:
    Unit.objects.create(name="市中区烟花办", short_name="区烟花办", kind="bureau", ended_on=date(2020, 1, 1))
    Unit.objects.create(
        name="市中区低空办", short_name="区低空办", kind="bureau", started_on=date(2024, 1, 1)
    )
    assert match("区烟花办").unit_id is None
    assert match("区低空办").unit_id is None


def test_two_mergers_that_run_in_a_circle_end(district: dict[str, Unit]) -> None:
    first = Unit.objects.create(name="甲站", short_name="甲站", kind="bureau", ended_on=date(2019, 1, 1))
    second = Unit.objects.create(
        name="乙站", short_name="乙站", kind="bureau", ended_on=date(2019, 1, 1), successor=first
    )
    first.successor = second
    first.save()
    assert match("甲站").unit_id is None


def test_loading_takes_a_fixed_number_of_queries_and_matching_none(
    district: dict[str, Unit], django_assert_num_queries
) -> None:
    with django_assert_num_queries(4):
        index = NameIndex.load(TODAY)
    with django_assert_num_queries(0):
        for number in range(300):
            index.match(f"第{number}号办公室")


def test_the_same_name_gives_the_same_answer_from_a_fresh_index(district: dict[str, Unit]) -> None:
    for printed in ("区农业局", "区卫健委", "发改局", "某某局"):
        assert match(printed) == match(printed)
