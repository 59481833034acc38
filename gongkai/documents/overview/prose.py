"""正文排版: the clean text of an edition made ready for the page: scrolling tables, headings to jump to."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from html import unescape

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gongkai.documents.models import Attachment

TABLE = re.compile(r"<table\b[^>]*>\s*(?:<caption\b[^>]*>(?P<caption>.*?)</caption>)?", re.DOTALL)
PICTURE = re.compile(r'<img(?P<rest> src="/(?:staff/)?files/(?P<key>\d{1,18})/[^>]*)>')
HEADING = re.compile(r"<h2\b(?P<marks>[^>]*)>(?P<words>.*?)</h2>", re.DOTALL)
MARKS = re.compile(r"<[^>]+>")
#: so many headings make a list of contents worth its room
CONTENTS_FROM = 4


@dataclass(frozen=True, slots=True)
class Prose:
    """A text ready for the page (正文), with the headings that its list of contents names."""

    html: SafeString
    headings: tuple[tuple[str, str], ...]


def prose(html: str, pictures: Iterable[Attachment] = (), lost: Collection[int] = ()) -> Prose:
    """Make clean text ready for the page (排版); it went through the sanitiser when it was saved.

    *pictures* are known with their size, so that nothing moves when they come; of those that are *lost*,
    no longer given out, their words stand.

    >>> prose("<h2>总则</h2><table><tr><td>1</td></tr></table>").headings
    ()
    """
    found: list[tuple[str, str]] = []

    def head(match: re.Match[str]) -> str:
        name = f"section-{len(found) + 1}"
        found.append((name, plain(match["words"])))
        marks = re.sub(r'\s+id="[^"]*"', "", match["marks"])
        return f'<h2{marks} id="{name}">{match["words"]}</h2>'

    def table(match: re.Match[str]) -> str:
        label = escape(plain(match["caption"] or "") or "表格")
        opening = f'<div class="gk-prose__table" role="region" aria-label="{label}" tabindex="0">'
        return opening + match.group()

    rows = {each.pk: each for each in pictures}

    def picture(match: re.Match[str]) -> str:
        row = rows.get(int(match["key"]))
        if int(match["key"]) in lost:
            return f'<span class="gk-quiet">［图：{escape(row.alt if row else "")}］</span>'
        size = f' width="{row.width}" height="{row.height}"' if row and row.width else ""
        return f'<img{size} loading="lazy" decoding="async"{match["rest"]}>'

    drawn = PICTURE.sub(picture, html)
    ready = HEADING.sub(head, TABLE.sub(table, drawn).replace("</table>", "</table></div>"))
    shown = tuple(found) if len(found) >= CONTENTS_FROM else ()
    return Prose(mark_safe(ready), shown)  # noqa: S308 (cleaned by nh3 on saving)


def plain(html: str) -> str:
    """The words without marks (纯文字)."""
    return " ".join(unescape(MARKS.sub("", html)).split())
