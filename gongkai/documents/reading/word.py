"""Word 部件: what stands in a file and is not printed: hidden words, struck words."""

from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off", "none")


def is_hidden(run: etree._Element) -> bool:
    """Whether a run of words is not printed (隐藏文字)."""
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and (mark.get(f"{W}val") or "1").lower() not in _OFF


def hidden(root: etree._Element) -> Iterator[etree._Element]:
    """The hidden runs that hold words (全部隐藏文字)."""
    for run in root.iter(f"{W}r"):
        if is_hidden(run) and any((text.text or "").strip() for text in run.iter(f"{W}t")):
            yield run


def struck(root: etree._Element) -> Iterator[etree._Element]:
    """What a tracked change took out or moved away (修订中删除的内容)."""
    yield from root.iter(f"{W}del", f"{W}moveFrom")


def drop_hidden(root: etree._Element) -> int:
    """Take hidden words out; gives how many runs there were (删除隐藏文字)."""
    return _drop(list(hidden(root)))


def drop_struck(root: etree._Element) -> int:
    """Take out what tracked changes had taken out (接受修订)."""
    return _drop(list(struck(root)))


def _drop(elements: list[etree._Element]) -> int:
    for element in elements:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return len(elements)
