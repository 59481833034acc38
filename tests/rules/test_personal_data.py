"""Personal data: found by shape and check digit, masked by the table, nothing else taken for it (个人信息).

No number here belongs to anybody: region 3799 and card prefix 629999 are not given out.
"""

import random
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.rules.personal_data.checks import check_digit, is_card, is_identity, passes_luhn
from gongkai.rules.personal_data.columns import Treatment, column, columns, treated
from gongkai.rules.personal_data.findings import Kind, masked, masked_name
from gongkai.rules.personal_data.scan import find, mask, replaced

IDENTITY = "379901199001011237"
CARD = "6299990000001234560"


def digits(dice: random.Random, number: int) -> str:
    return "".join(dice.choices("0123456789", k=number))


def identity(dice: random.Random) -> str:
    born = date(1930, 1, 1) + timedelta(days=dice.randrange(35_000))
    first = f"3799{dice.randint(1, 99):02}{born:%Y%m%d}{digits(dice, 3)}"
    return first + check_digit(first)


def old_identity(dice: random.Random) -> str:
    number = identity(dice)
    return number[:6] + f"{dice.randint(30, 79)}0{dice.randint(1, 9)}1{dice.randint(0, 9)}" + number[14:17]


def card(dice: random.Random) -> str:
    first = "629999" + digits(dice, 12)
    return next(first + last for last in "0123456789" if passes_luhn(first + last))


def mobile(dice: random.Random) -> str:
    return f"1{dice.randint(3, 9)}{digits(dice, 9)}"


def phone(dice: random.Random) -> str:
    return f"0632-{dice.randint(2, 9)}{digits(dice, 6)}"


def address(dice: random.Random) -> str:
    return dice.choice(["{}组{}号", "{}号楼{}单元501室", "{}号{}户", "{}-{}-501"]).format(
        dice.randint(1, 20), dice.randint(1, 9)
    )


#: kind, how it is made, and the sentences in which it stands
PRESENT: list[tuple[Kind, Callable[[random.Random], str], list[str]]] = [
    (Kind.IDENTITY, identity, ["身份证号：{}", "张某某，{}，汉族", "序号\t{}\t800元", "（{}）", "{}"]),
    (Kind.IDENTITY, old_identity, ["身份证号：{}", "公民身份证号码为{}。"]),
    (Kind.MOBILE, mobile, ["手机{}", "联系人张某{}", "{}，", "1\t张某\t{}\t东村", "电话：+86 {}", "a,{},b"]),
    (Kind.PHONE, phone, ["电话：{}", "请拨打{}咨询", "（家）{}"]),
    (Kind.ACCOUNT, card, ["卡号{}", "张某\t{}\t500", "转入{}。"]),
    (Kind.ADDRESS, address, ["住址：税郭镇东村{}", "张某家住文化社区{}，", "户籍地光明路阳光小区{}"]),
]

PUBLIC: list[Callable[[random.Random], str]] = [
    lambda dice: f"枣政发〔{dice.randint(2000, 2026)}〕{dice.randint(1, 999)}号",
    lambda dice: f"国家税务总局公告{dice.randint(2000, 2026)}年第{dice.randint(1, 99)}号",
    lambda dice: f"20{dice.randint(10, 26)}年{dice.randint(1, 12)}月{dice.randint(1, 28)}日",
    lambda dice: f"20{dice.randint(10, 26)}-0{dice.randint(1, 9)}-1{dice.randint(0, 9)} 08:30:00",
    lambda dice: f"20{dice.randint(10, 26)}0{dice.randint(1, 9)}1{dice.randint(0, 9)}",
    lambda dice: f"投资{dice.randint(10**6, 10**11)}元",
    lambda dice: f"{dice.randint(1, 999)},{digits(dice, 3)},{digits(dice, 3)}.{digits(dice, 2)}",
    lambda dice: f"{mobile(dice)}.{digits(dice, 2)}",
    lambda dice: f"统一社会信用代码：1137040200{digits(dice, 8)}",
    lambda dice: f"9137{digits(dice, 4)}MA3{digits(dice, 6)}K",
    lambda dice: f"11370402{digits(dice, 9)}N/2021-{digits(dice, 7)}",
    lambda dice: f"索引号113704020043{digits(dice, 6)}/2021-{digits(dice, 5)}",
    lambda dice: f"项目代码：{dice.randint(2015, 2026)}-370402-{dice.randint(10, 99)}-03-{digits(dice, 6)}",
    lambda dice: f"发票号码{digits(dice, 8)}，流水号{digits(dice, 19)}",
    lambda dice: f"\t{dice.choice('1357')}{digits(dice, 12)}\t",
    lambda dice: f"\t20{dice.randint(10, 26)}0{dice.randint(1, 9)}{digits(dice, 14)}\t",
    lambda dice: f"东村{dice.randint(1, 9)}号楼加装电梯",
    lambda dice: f"东村{dice.randint(1, 9)}组道路硬化",
    lambda dice: f"办公地址：文化路{dice.randint(1, 99)}号{dice.randint(1, 9)}楼{dice.randint(100, 900)}室",
    lambda dice: f"光明路{dice.randint(1, 999)}号",
    lambda dice: "370402********1234，138****5678",
    lambda dice: f"电话记录20{dice.randint(10, 26)}0{dice.randint(1, 9)}1{dice.randint(0, 9)}",
    lambda dice: f"服务电话：400-{digits(dice, 3)}-{digits(dice, 4)}，热线电话12345",
]


@pytest.mark.clause("11")
@pytest.mark.parametrize(
    ("kind", "make", "places"), PRESENT, ids=lambda value: getattr(value, "__name__", "")
)
def test_all_that_is_there_is_found_and_hidden(kind: Kind, make, places: list[str]) -> None:
    """Recall on 400 made-up sentences of each kind: every one, with its exact span."""
    dice = random.Random(20210305)
    for turn in range(400):
        secret = make(dice)
        text = places[turn % len(places)].format(secret)
        found = find(text)
        assert [each.kind for each in found] == [kind], text
        assert found[0].text.endswith(secret), text
        assert found[0].sure, text
        assert secret not in mask(text), text


@pytest.mark.clause("11")
@pytest.mark.parametrize("number", range(len(PUBLIC)))
def test_what_a_government_prints_every_day_raises_no_alarm(number: int) -> None:
    dice = random.Random(number)
    alarms = [text for text in (PUBLIC[number](dice) for _ in range(400)) if find(text)]
    assert alarms == []


@pytest.mark.parametrize(
    ("length", "bound"), [(13, 0.002), (15, 0.02), (16, 0.003), (18, 0.003), (19, 0.003)]
)
def test_bare_long_numbers_are_seldom_taken_for_persons(length: int, bound: float) -> None:
    """Random numbers of one length in a table: 15 digits look like an old identity number now and then."""
    dice = random.Random(length)
    texts = [f"\t{dice.randint(1, 9)}{digits(dice, length - 1)}\t" for _ in range(20_000)]
    alarms = [found for text in texts for found in find(text)]
    assert len(alarms) / len(texts) <= bound
    assert length != 15 or not any(found.sure for found in alarms)


def test_an_identity_number_needs_region_birthday_and_check_digit() -> None:
    assert is_identity(IDENTITY)
    assert not is_identity("379901199001011238")  # check digit
    assert not is_identity("379901199013011237")  # month 13
    assert not is_identity("999901199001011237")  # region
    assert is_identity("37990119900101004X")
    assert is_identity("37990119900101004x")


def test_a_mistyped_identity_number_is_shown_as_doubtful() -> None:
    (found,) = find("379901199001011238")
    assert (found.kind, found.sure) == (Kind.IDENTITY, False)
    assert find("身份证号：379901199001011238")[0].sure


@pytest.mark.parametrize("wrong", range(17))
def test_the_check_digit_sees_one_wrong_digit_anywhere(wrong: int) -> None:
    changed = str((int(IDENTITY[wrong]) + 1) % 10)
    assert check_digit(IDENTITY[:wrong] + changed + IDENTITY[wrong + 1 :]) != IDENTITY[17]


def test_a_card_needs_length_prefix_and_luhn() -> None:
    assert is_card(CARD)
    assert not is_card(CARD[:-1] + "1")
    assert not is_card("1" + CARD[1:])


@pytest.mark.clause("11")
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (IDENTITY, "379901********1237"),
        ("379901 19900101 1237", "379901 ******** 1237"),
        ("３７９９０１１９９００１０１１２３７", "３７９９０１********１２３７"),
        ("身份证号379901900101123", "身份证号379901******123"),
        ("37990119900101004x。", "379901********004x。"),
        ("13800138000", "138****8000"),
        ("+86 138-0013-8000", "+86 138-****-8000"),
        ("13800138000/13900139000,13700137000", "138****8000/139****9000,137****7000"),
        ("（0632）3311234", "（0632）*****34"),
        ("010-88880000", "010-******00"),
        ("电话：3311234", "电话：*****34"),
        (CARD, "***************4560"),
        ("6299 9900 0000 1234 560", "**** **** **** ***4 560"),
        ("银行卡号1605020109200012345", "银行卡号***************2345"),
        ("税郭镇东村3组12号", "税郭镇东村"),
        ("文化社区阳光小区3号楼2单元501室", "文化社区"),
        ("住址：光明路123号阳光小区3号楼2单元501室", "住址：光明路"),
        ("税郭镇东村三组十二号", "税郭镇东村"),
        (f"张某，{IDENTITY}，13800138000", "张某，379901********1237，138****8000"),
    ],
)
def test_it_is_masked_by_the_table(text: str, shown: str) -> None:
    assert mask(text) == shown


@given(st.randoms(use_true_random=False), st.lists(st.integers(0, len(PRESENT) - 1), max_size=6))
def test_masked_text_holds_nothing_more_to_mask(dice: random.Random, chosen: list[int]) -> None:
    text = "；".join(dice.choice(PRESENT[one][2]).format(PRESENT[one][1](dice)) for one in chosen)
    once = mask(text)
    assert find(once) == []
    assert mask(once) == once
    assert len(find(text)) == len(chosen)


@given(
    st.text(alphabet=st.sampled_from("0123456789Xx０９-+（）() 组号楼村路室电话账号，元.东\n"), max_size=80)
)
def test_any_text_is_scanned_and_spans_are_true(text: str) -> None:
    found = find(text)
    assert all(text[each.start : each.end] == each.text for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert replaced(text, []) == text


@given(st.text(alphabet="0123456789", min_size=8, max_size=30))
def test_masking_an_account_leaves_four_digits_at_most(number: str) -> None:
    assert masked(Kind.ACCOUNT, number) == "*" * (len(number) - 4) + number[-4:]


def test_a_heading_speaks_for_its_cells() -> None:
    assert find("3311234") == []
    assert find("3311234", heading="联系电话")[0].kind is Kind.PHONE
    assert find("1605020109200012345", heading="一卡通账号")[0].kind is Kind.ACCOUNT
    assert find("13800138000", heading="资产编号") == []
    assert find("东村3组", heading="家庭住址")[0].text == "3组"


def test_numbers_that_the_office_publishes_are_left_alone() -> None:
    text = "咨询电话0632-3311234，联系人手机13800138000"
    assert [each.kind for each in find(text, public=["（0632）3311234"])] == [Kind.MOBILE]


def test_a_line_of_a_hundred_thousand_numbers_is_scanned_to_its_end() -> None:
    """Numbers parted by blanks are one stretch: work must not grow with the square of its length."""
    found = find(" ".join(["13800138000", IDENTITY, CARD] * 30_000))
    assert [each.kind for each in found[-3:]] == [Kind.MOBILE, Kind.IDENTITY, Kind.ACCOUNT]
    assert len(found) == 90_000


def test_only_the_kinds_asked_for_are_told() -> None:
    text = f"{IDENTITY}，13800138000"
    assert [each.kind for each in find(text, kinds={Kind.MOBILE})] == [Kind.MOBILE]


@pytest.mark.clause("11")
@pytest.mark.parametrize(
    ("heading", "treatment"),
    [
        ("户主姓名", Treatment.SHOW),
        ("身份证号码", Treatment.MASK),
        ("联系 电话", Treatment.MASK),
        ("一卡通账号", Treatment.MASK),
        ("家庭住址", Treatment.MASK),
        ("致贫原因", Treatment.DROP),
        ("残疾等级", Treatment.DROP),
        ("子女姓名", Treatment.DROP),
    ],
)
def test_each_column_of_a_list_has_its_default(heading: str, treatment: Treatment) -> None:
    found = column(heading)
    assert found is not None
    assert found.treatment is treatment


def test_how_much_is_hidden_is_practice_and_marked_so() -> None:
    assert not any(each.confirmed for each in columns())


@pytest.mark.clause("11")
@pytest.mark.parametrize(
    ("heading", "value", "shown"),
    [
        ("姓名", "张某某", "张某某"),
        ("身份证号", IDENTITY, "379901********1237"),
        ("身份证号", "3799011990010112", "************0112"),  # two digits lost: still nobody's business
        ("身份证号", "379901********1237", "379901********1237"),
        ("联系电话", "3311234", "*****34"),
        ("住址", "税郭镇东村3组", "税郭镇东村"),
        ("病情", "某病", ""),
        ("补贴金额（元）", "1200.00", "1200.00"),
        ("备注", "电话13800138000", "电话138****8000"),
    ],
)
def test_a_cell_is_treated_by_its_column(heading: str, value: str, shown: str) -> None:
    assert treated(heading, value) == shown


@pytest.mark.parametrize(
    ("name", "shown"), [("张三", "张*"), ("张小三", "张*三"), ("欧阳小三", "欧**三"), ("张", "张"), ("", "")]
)
def test_a_name_keeps_its_first_and_last_sign(name: str, shown: str) -> None:
    assert masked_name(name) == shown
