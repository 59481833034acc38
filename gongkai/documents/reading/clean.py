"""清理: HTML of any origin in, clean accessible HTML out; and its plain text."""

from gongkai.documents.reading.blocks import Block, texts
from gongkai.documents.reading.outline import captioned, levelled, with_headings
from gongkai.documents.reading.parse import parse
from gongkai.documents.reading.references import Pictures, own_picture
from gongkai.documents.reading.write import html as written


def clean(html: str, *, headings: bool = False) -> str:
    """HTML that may be published (清理正文), without what Word, WPS, a page or an attacker put beside it.

    With *headings*, lines that number a section become headings: for what is pasted or read from a file.
    Doing it twice changes nothing.

    >>> clean('<p class="MsoNormal"><b>一</b><b>、</b><o:p></o:p></p><script>x</script><p>&nbsp;</p>')
    '<p><strong>一、</strong></p>'
    """
    return written(cleaned(html, headings=headings))


def cleaned(html: str, *, headings: bool = False, pictures: Pictures = own_picture) -> list[Block]:
    """The same as blocks (清理为结构)."""
    return ordered(parse(html, pictures), headings=headings)


def ordered(blocks: list[Block], *, headings: bool = False) -> list[Block]:
    """Blocks with captions and heading levels in order (规范结构)."""
    found = with_headings(blocks) if headings else blocks
    return list(levelled(captioned(found)))


def plain(html: str) -> str:
    r"""The words alone (纯文本), a line for each paragraph and each row of a table.

    >>> plain("<h2>一、总则</h2><p>第一条　为了<br>规范</p><table><tr><td>甲</td><td>乙</td></tr></table>")
    '一、总则\n第一条　为了\n规范\n甲\t乙'
    """
    return "\n".join(texts(parse(html)))
