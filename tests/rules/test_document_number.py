"""Document numbers: printed shapes read, wrong ones refused with a reason, all of a text found (发文字号)."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.rules.document_number import DocumentNumber, Kind, normalise, parse
from gongkai.rules.document_numbers import find
from gongkai.rules.law import Refused

LINES = (Path(__file__).parent.parent / "data" / "document_numbers.tsv").read_text(encoding="utf-8")
PRINTED = [line.split("\t") for line in LINES.splitlines() if not line.startswith("#")]

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
YEARS = st.integers(1900, 2099)
SERIALS = st.integers(1, 99999)
#: a code that holds no word of running text
CODES = st.text(alphabet="枣市中政办发函国财教税卫农规字电环", min_size=2, max_size=12)
DOCUMENTS = st.builds(DocumentNumber, CODES, SERIALS, YEARS)
ORDERS = st.builds(
    DocumentNumber,
    CODES.flatmap(lambda code: st.sampled_from([f"{code}令", f"{code}公告", f"{code}通告", "公告"])),
    SERIALS,
    st.none() | YEARS,
    st.just(False),
)
NUMBERS = DOCUMENTS | ORDERS


def test_the_printed_numbers_are_all_on_file() -> None:
    assert len(PRINTED) == 430


@pytest.mark.clause("29")
@pytest.mark.parametrize(("raw", "issuer", "year", "serial"), PRINTED)
def test_a_printed_number_is_read_as_people_read_it(raw: str, issuer: str, year: str, serial: str) -> None:
    read = parse(raw)
    assert (read.issuer, read.year, read.number) == (issuer, int(year) if year else None, int(serial))
    assert read.original == raw


@pytest.mark.parametrize("row", PRINTED, ids=lambda row: row[0])
def test_a_printed_number_is_found_in_a_sentence(row: list[str]) -> None:
    text = f"根据{row[0]}要求，现就有关事项公布如下。"
    (mention,) = find(text)
    assert text[mention.start : mention.end] == row[0]
    assert mention.number == parse(row[0])


@pytest.mark.clause("29")
@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("枣政发〔2021〕1号", "枣政发〔2021〕1号"),
        ("国办公开办函〔2021〕30号", "国办公开办函〔2021〕30号"),
        ("枣政发[2021]01号", "枣政发〔2021〕1号"),
        ("枣政发（2021）第1号", "枣政发〔2021〕1号"),
        ("枣政发(2021)第001号", "枣政发〔2021〕1号"),
        ("枣政发［２０２１］１号", "枣政发〔2021〕1号"),
        ("枣政发【2021】1号", "枣政发〔2021〕1号"),
        ("枣政发﹝2021﹞1号", "枣政发〔2021〕1号"),
        ("枣政发〔2021）1号", "枣政发〔2021〕1号"),
        ("枣政发〔2021年〕1号", "枣政发〔2021〕1号"),
        (" 枣政发 〔2021〕\u3000 1 号\n", "枣政发〔2021〕1号"),
        ("国令第711号", "国令第711号"),
        ("国令711号", "国令第711号"),
        ("国务院第711号令", "国务院令第711号"),
        ("国务院令（第711号）", "国务院令第711号"),
        ("省政府令第 336号", "省政府令第336号"),
        ("公告2021年第3号", "公告2021年第3号"),
        ("国家税务总局公告（2021年第03号）", "国家税务总局公告2021年第3号"),
        ("农业农村部通告[2020]1号", "农业农村部通告〔2020〕1号"),
        ("农业农村部令2022年第4号", "农业农村部令2022年第4号"),
    ],
)
def test_a_number_is_written_as_the_standard_does(typed: str, written: str) -> None:
    assert normalise(typed) == written


@pytest.mark.clause("29")
@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "请填写发文字号"),
        ("枣政发〔21〕1号", "年份“21”应写四位"),
        ("枣政发〔20211〕1号", "年份“20211”应写四位"),
        ("枣政发〔2021〕号", "缺少顺序号"),
        ("枣政发〔2021〕", "缺少顺序号"),
        ("枣政发〔2021〕1", "末尾缺少“号”"),
        ("枣政发〔〕1号", "缺少年份"),
        ("枣政发〔二〇二一〕1号", "阿拉伯数字"),
        ("枣政发2021年1号", "六角括号"),
        ("〔2021〕1号", "缺少机关代字"),
        ("发〔2021〕1号", "机关代字至少两个字"),
        ("ZZF〔2021〕1号", "只能是汉字"),
        ("根据枣政发〔2021〕1号", "混入了“根据”"),
        ("枣政发〔1821〕1号", "1900年至2099年"),
        ("枣政发〔2021〕0号", "顺序号“0”"),
        ("枣政发〔2021〕123456号", "顺序号“123456”"),
        ("省政府令第号", "缺少顺序号"),
        ("关于做好工作的通知", "看不懂发文字号"),
    ],
)
def test_a_wrong_number_is_refused_with_its_fault(typed: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        parse(typed)


def test_the_standard_is_cited_where_it_says_no() -> None:
    with pytest.raises(Refused, match="GB/T 9704-2012"):
        parse("枣政发〔21〕1号")


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("枣政发〔2021〕1号", Kind.DOCUMENT),
        ("国令第711号", Kind.ORDER),
        ("公告2021年第3号", Kind.ANNOUNCEMENT),
        ("农业农村部通告〔2020〕1号", Kind.ANNOUNCEMENT),
    ],
)
def test_the_kind_is_told_by_the_issuer(number: str, kind: Kind) -> None:
    assert parse(number).kind is kind


def test_a_number_in_brackets_needs_its_year() -> None:
    with pytest.raises(Refused, match="缺少年份"):
        DocumentNumber("枣政发", 1)


def test_two_ways_of_typing_name_one_paper() -> None:
    assert parse("枣政发[2021]01号") == parse("枣政发〔2021〕1号")
    assert not parse("枣政发[2021]01号").is_canonical
    assert parse("枣政发〔2021〕1号").is_canonical


@given(NUMBERS)
def test_what_is_written_is_read_back(number: DocumentNumber) -> None:
    assert parse(str(number)) == number


@given(NUMBERS, st.sampled_from(["〔〕", "[]", "［］", "【】", "()", "（）", "﹝﹞"]), st.integers(0, 3))
def test_brackets_zeros_and_blanks_change_nothing(number: DocumentNumber, pair: str, zeros: int) -> None:
    typed = str(number).replace("〔", f" {pair[0]}").replace("〕", f"{pair[1]} 第{'0' * zeros}")
    assert parse(typed) == number
    assert normalise(normalise(typed)) == normalise(typed) == str(number)


@given(st.text(alphabet=st.sampled_from("枣政发令公告第号年〔〕[]（） 0219x的") | HAN, max_size=30))
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    with contextlib.suppress(Refused):
        read = parse(text)
        assert parse(str(read)) == read


@given(st.lists(NUMBERS, max_size=6), st.sampled_from(["，", "；", "）（", "\n", "。"]))
def test_every_number_of_a_text_is_found_in_order(numbers: list[DocumentNumber], mark: str) -> None:
    text = mark.join(map(str, numbers))
    found = find(text)
    assert [mention.number for mention in found] == numbers
    assert [text[mention.start : mention.end] for mention in found] == list(map(str, numbers))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("已经2019年4月3日中华人民共和国国务院令第711号修订", ["中华人民共和国国务院令第711号"]),
        ("（国办发〔2018〕115号）、国办函〔2020〕109号以及国务院第713号令", None),
        (
            "《关于印发方案的通知》（国办发[2019]54号）和鲁政发〔2021〕9号",
            ["国办发〔2019〕54号", "鲁政发〔2021〕9号"],
        ),
        ("国办发〔2018〕115号和鲁政发〔2021〕9号", ["国办发〔2018〕115号", "鲁政发〔2021〕9号"]),
        ("和政发〔2021〕1号是和政县的文件", ["和政发〔2021〕1号"]),
        ("2021年5月1日起施行的省政府令第336号", ["省政府令第336号"]),
        ("经国务院令第714号修订", ["国务院令第714号"]),
        ("（海关总署公告2020年第24号）", ["海关总署公告2020年第24号"]),
        ("工业和信息化部令第33号", ["工业和信息化部令第33号"]),
        ("日照市的日政发〔2021〕3号", ["日政发〔2021〕3号"]),
        ("国卫办法制函〔2019〕2号", ["国卫办法制函〔2019〕2号"]),
    ],
)
def test_the_code_begins_where_the_sentence_ends(text: str, found: list[str] | None) -> None:
    wanted = found or ["国办发〔2018〕115号", "国办函〔2020〕109号", "国务院令第713号"]
    assert [str(mention.number) for mention in find(text)] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "（2021）鲁04民终12号",
        "表3（2021）15号",
        "光明西路2621号",
        "第3号楼",
        "2021年第3季度",
        "〔2021〕号",
        "",
    ],
)
def test_other_numbers_of_a_text_are_left_alone(text: str) -> None:
    assert find(text) == []


def test_known_codes_are_recognised_in_any_sentence() -> None:
    text = "现转去区政府办市中政办发〔2021〕3号"
    assert [str(mention.number) for mention in find(text, issuers=["市中政办发", "政办发"])] == [
        "市中政办发〔2021〕3号"
    ]
