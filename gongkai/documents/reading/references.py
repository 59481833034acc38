"""引用: which links and pictures may stand in a text."""

import re
from collections.abc import Callable

#: how a reader names a picture that waits to be attached: ``picture:1``
WAITING = "picture:"
_PICTURE = re.compile(rf"{WAITING}\d{{1,4}}|/(?:staff/)?(?:files|papers|editions)/\d+(?:/[\w.()（）%~-]*)*")
_LINK = re.compile(r"(?:https?://|mailto:|tel:)[^\s\\<>\"]+|/(?![/\\])[^\s\\<>\"]*", re.I)

#: gives the address under which a picture may stand, "" if it may not
Pictures = Callable[[str], str]


def own_picture(src: str) -> str:
    """A picture of this house as it is, nothing for one from elsewhere (站内图片).

    >>> own_picture("/files/3/map.png"), own_picture("http://elsewhere.example/x"), own_picture("picture:1")
    ('/files/3/map.png', '', 'picture:1')
    """
    return src if _PICTURE.fullmatch(src) and ".." not in src else ""


def safe_link(href: str) -> str:
    """A link that leads to a page, an address or a telephone, else nothing (安全链接).

    >>> safe_link("https://www.gov.cn/"), safe_link("javascript:alert(1)"), safe_link("//elsewhere.example")
    ('https://www.gov.cn/', '', '')
    """
    plain = href.strip()
    return plain if _LINK.fullmatch(plain) else ""
