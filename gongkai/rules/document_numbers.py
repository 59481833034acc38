"""文内发文字号: every number in a running text, with its place, whatever stands before it."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from gongkai.rules.document_number import LEADING, DocumentNumber, parse
from gongkai.rules.law import Refused

_GAP = r"[ \t\u00a0\u3000]{0,3}"
_OPEN, _CLOSE = r"[〔﹝\[［(（【{]", r"[〕﹞\]］)）】}]"
_ANCHOR = re.compile(
    rf"(?P<year>{_OPEN}{_GAP}\d{{4}}{_GAP}年?{_GAP}{_CLOSE}{_GAP}第?{_GAP}\d{{1,5}}{_GAP}号)"
    rf"|(?P<order>(?:令|公告|通告){_GAP}(?P<open>[(（])?(?:\d{{4}}{_GAP}年{_GAP})?第{_GAP}\d{{1,5}}{_GAP}号(?(open)[)）]))"
    rf"|(?P<turned>第{_GAP}\d{{1,5}}{_GAP}号(?:令|公告|通告))"
)
_RUN = re.compile(rf"[\u3400-\u9fff〇]{{1,24}}(?={_GAP}$)")
_REACH = 28
_LEAD = re.compile(rf".*(?:{'|'.join(LEADING)})")
_FIRST = re.compile(r"详见|参见|见|据|以|由|在|经(?=国务院|中华|[省市区县](?:政府|人民))")
_JOINED = re.compile(r"以?[和与及或]")


@dataclass(frozen=True, slots=True)
class Mention:
    """One number in a text (文内提及): where it stands, from *start* up to but without *end*."""

    start: int
    end: int
    number: DocumentNumber


def find(text: str, *, issuers: Collection[str] = ()) -> list[Mention]:
    """Every number in *text* (文内全部发文字号), in order; codes in *issuers* are recognised before all else.

    >>> [str(found.number) for found in find("根据国办发[2018]115号和鲁政发〔2021〕09号文件")]
    ['国办发〔2018〕115号', '鲁政发〔2021〕9号']
    """
    return list(_mentions(text, frozenset(issuers)))


def _mentions(text: str, issuers: frozenset[str]) -> Iterator[Mention]:
    end = 0
    for anchor in _ANCHOR.finditer(text):
        begin = max(end, anchor.start() - _REACH)
        run = _RUN.search(text, begin, anchor.start()) if begin < anchor.start() else None
        start = _code_start(text, run, issuers) if run else anchor.start()
        try:
            number = parse(text[start : anchor.end()])
        except Refused:
            continue  # a year in brackets that numbers nothing, such as a table's
        end = anchor.end()
        yield Mention(start, end, number)


def _code_start(text: str, run: re.Match[str], issuers: frozenset[str]) -> int:
    code = run[0]
    if known := max((each for each in issuers if code.endswith(each)), key=len, default=""):
        return run.end() - len(known)
    before = text[run.start() - 1 : run.start()]
    if before.isdigit() and code[0] in "年月日号":
        code = code[1:]
    elif before and before in "号》）)〕":
        code = _JOINED.sub("", code, count=1) if _JOINED.match(code) else code
    if lead := _LEAD.match(code):
        code = code[lead.end() :]
    if first := _FIRST.match(code):
        code = code[first.end() :]
    return run.end() - len(code)
