"""Two hundred broken, false and hostile files: each is read or refused in one sentence, none does harm."""

import io
import random
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator

import pytest

from bench.plans import ORDERS, as_docx, as_html, as_xlsx, make_plan, table_rows, wrapped
from gongkai.frame.opening import limits
from gongkai.ledger.reader import Unreadable, read_plan

FACTS = make_plan(1, 6)
LINES = [f"{task.number}.{task.text}。（责任单位：{'、'.join(task.units)}）" for task in FACTS.tasks]
ROWS = table_rows(FACTS, ORDERS["one column"])
MEGABYTES = 400


def tiny_pdf(
    stream: bytes = b"BT /F1 12 Tf 72 700 Td (Hello plan, hello plan) Tj ET", extra: bytes = b""
) -> bytes:
    """A PDF of one page, made by hand."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(out)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer<</Size 6/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (extra, start)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + tail


GOOD: dict[str, bytes] = {
    "docx": as_docx(LINES, ROWS, [0]),
    "xlsx": as_xlsx(FACTS.title, ROWS, [0]),
    "html": as_html(LINES, ROWS, [0]),
    "text": wrapped(LINES, 30).encode(),
    "pdf": tiny_pdf(),
}


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def repacked(content: bytes, **changes: bytes) -> bytes:
    """An office file with some parts replaced."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    return packed({**parts, **changes})


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
INSIDE = f"<w:document {W}><w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>"
BOMB = f'<!DOCTYPE x [<!ENTITY e0 "boom">{ENTITIES}]>{INSIDE % "&e11;"}'
OUTSIDE = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>{INSIDE % "&e;"}'
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def hostile() -> dict[str, Callable[[], bytes]]:
    """Files made to do harm, or that are not what they seem."""
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    deep = f"<w:document {W}><w:body>" + "<w:sdt>" * 3000 + "</w:sdt>" * 3000 + "</w:body></w:document>"
    return {
        "empty": lambda: b"",
        "blanks": lambda: b" \r\n\t" * 50,
        "zeros": lambda: bytes(5000),
        "a hundred megabytes": lambda: b"a" * (100 * 1024 * 1024),
        "zip bomb": lambda: packed({"word/document.xml": bytes(220 * 1024 * 1024)}),
        "zip with a bomb beside": lambda: repacked(
            GOOD["docx"], **{"word/media/x.bin": bytes(150 * 1024 * 1024)}
        ),
        "entity bomb": lambda: packed({"word/document.xml": BOMB.encode()}),
        "entity bomb in utf-16": lambda: packed({"word/document.xml": BOMB.encode("utf-16")}),
        "outside entity": lambda: packed({"word/document.xml": OUTSIDE.encode()}),
        "deep docx": lambda: packed({"word/document.xml": deep.encode()}),
        "deep html": lambda: b"<html><body>" + b"<div>" * 100_000 + b"x",
        "deep tables": lambda: b"<html><body>" + b"<table><tr><td>" * 3000 + b"x",
        "unclosed tags": lambda: ("<p>一、责任单位：" * 5_000).encode(),
        "huge spans": lambda: (
            b"<html><table><tr>" + b"<td rowspan=9999 colspan=9999>x</td>" * 50 + b"</tr></table>"
        ),
        "legacy doc": lambda: ole + bytes(2000),
        "encrypted docx": lambda: ole + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600),
        "encrypted pdf": lambda: tiny_pdf(
            extra=b"/Encrypt<</Filter/Standard/V 1/R 2/O(%s)/U(%s)/P -4>>/ID[(a)(a)]" % (b"x" * 32, b"y" * 32)
        ),
        "scanned pdf": lambda: tiny_pdf(stream=b"0 0 m 10 10 l S"),
        "picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(100),
        "rtf": lambda: b"{\\rtf1 hello}",
        "archive": lambda: packed({"a.txt": b"x"}),
        "opendocument": lambda: packed({"content.xml": b"<x/>"}),
        "docx without body": lambda: packed({"word/document.xml": f"<w:document {W}/>".encode()}),
        "docx without document": lambda: packed({"word/styles.xml": b"<x/>"}),
        "docx of rubbish": lambda: packed({"word/document.xml": b"\x00\x01rubbish"}),
        "xlsx of rubbish": lambda: packed({"xl/workbook.xml": b"rubbish"}),
        "xlsx of a hundred thousand empty rows": _empty_rows,
        "xlsx that claims to be endless": _endless,
        "open brackets": lambda: ("（" * 12_000).encode(),
        "open quotes": lambda: ("“一、" * 12_000).encode(),
        "only labels": lambda: ("责任单位牵头单位配合单位" * 5_000).encode(),
        "only numbers": lambda: ("1.2.3.(一)一、①" * 5_000).encode(),
        "only separators": lambda: ("责任单位：" + "、，和等及" * 10_000).encode(),
        "one long name": lambda: ("1.责任单位：" + "区财政局" * 10_000).encode(),
        "one long line of years": lambda: ("2021年年底前6月每季度" * 5_000).encode(),
        "null bytes in text": lambda: "\x00".join("".join(LINES)).encode(),
        "half a character": lambda: "责任单位".encode()[:-1] * 2000,
        "csv of quotes": lambda: b'a,b,c\n"' + b'","' * 100_000,
        "bars": lambda: ("|" * 200 + "\n").encode() * 500,
    }


def _empty_rows() -> bytes:
    rows = "".join(f'<row r="{number}"/>' for number in range(1, 100_001))
    name = "xl/worksheets/sheet1.xml"
    sheet = f'<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>'
    return repacked(GOOD["xlsx"], **{name: sheet.encode()})


def _endless() -> bytes:
    with zipfile.ZipFile(io.BytesIO(GOOD["xlsx"])) as file:
        sheet = file.read("xl/worksheets/sheet1.xml")
    return repacked(
        GOOD["xlsx"],
        **{
            "xl/worksheets/sheet1.xml": sheet.replace(
                b'ref="B3:B', b'ref="A1:XFD1048576"/><mergeCell ref="B3:B'
            )
        },
    )


def mutations() -> Iterator[tuple[str, bytes]]:
    """Good files cut short, with bytes changed, zeroed or under another file's head; always the same."""
    chance = random.Random(2021)
    for kind, content in GOOD.items():
        for number in range(33):
            broken = bytearray(content)
            match number % 4:
                case 0:
                    broken = broken[: chance.randrange(1, len(broken))]
                case 1:
                    for _ in range(chance.randrange(1, 60)):
                        broken[chance.randrange(len(broken))] = chance.randrange(256)
                case 2:
                    place = chance.randrange(len(broken))
                    broken[place : place + chance.randrange(1, 500)] = bytes(chance.randrange(300))
                case _:
                    other = GOOD[chance.choice(sorted(GOOD))]
                    broken = (
                        bytearray(other[: chance.randrange(1, 400)]) + broken[chance.randrange(len(broken)) :]
                    )
            yield f"{kind} {number}", bytes(broken)


MUTATIONS = dict(mutations())
HOSTILE = hostile()


def test_there_are_two_hundred_of_them():
    assert len(MUTATIONS) + len(HOSTILE) >= 200


def read_or_refuse(content: bytes) -> str:
    """One sentence if refused, "" if read."""
    try:
        plan = read_plan(content, "工作要点.docx")
    except Unreadable as reason:
        return str(reason)
    assert plan.text
    return ""


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_damaged_file_is_read_or_refused_in_one_sentence(name):
    answer = read_or_refuse(MUTATIONS[name])
    assert not answer or (answer.endswith("。") and answer.count("。") == 1)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_neither_crashes_nor_exhausts_memory(name):
    content = HOSTILE[name]()
    tracemalloc.start()
    answer = read_or_refuse(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert not answer or (answer.endswith("。") and answer.count("。") == 1)
    assert peak < MEGABYTES * limits.MEGABYTE


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("empty", "空的"),
        ("a hundred megabytes", "超过 30 MB"),
        ("zip bomb", "过大"),
        ("entity bomb", "损坏"),
        ("outside entity", "损坏"),
        ("legacy doc", "另存为 .docx"),
        ("encrypted docx", "密码"),
        ("encrypted pdf", "密码"),
        ("scanned pdf", "扫描件"),
        ("picture", "图片"),
        ("archive", "解压"),
    ],
)
def test_the_sentence_says_what_is_wrong(name, words):
    assert words in read_or_refuse(HOSTILE[name]())


def test_a_file_is_read_by_its_content_not_its_name():
    for kind, content in GOOD.items():
        if kind != "pdf":
            assert len(read_plan(content, "要点.pdf").tasks) >= 6, kind
