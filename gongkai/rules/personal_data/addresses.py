"""住址: the part of an address that is finer than a village or community (村、社区以下)."""

import re
from collections.abc import Iterator

from gongkai.rules.personal_data.findings import Finding, Kind
from gongkai.rules.personal_data.labels import HOME, OFFICE

REACH = 40
_COUNT = r"(?:[0-9]{1,4}|[一二三四五六七八九十百]{1,4})"
_UNIT = "号楼|号院|号|组|队|栋|幢|座|单元|楼|层|室|户|弄|排"
_UNITS = (
    rf"(?:(?:{_COUNT}(?:-[0-9]{{1,4}})?(?:{_UNIT})){{1,6}}(?:[0-9]{{2,4}}(?![0-9]))?"
    r"|[0-9]{1,3}-[0-9]{1,2}-[0-9]{2,4}(?![0-9-]))"
)
_ESTATE = r"(?:[\u4e00-\u9fff]{1,8}(?:小区|花园|家园|嘉园|佳园|苑|公寓|新村))"
_PLACE = re.compile(rf"[村庄屯寨区会路街道巷园苑寓同](?P<detail>{_ESTATE}?{_UNITS}(?:{_ESTATE}{_UNITS})?)")
_VILLAGE = re.compile(r"(?:村|庄|屯|寨|社区|[居村]委会|居民委员会|村民委员会)$")
_STREET = re.compile(r"(?:路|街|大道|巷|胡同|小区|花园|家园|嘉园|佳园|苑|公寓)$")
_INDOORS = re.compile(r"室|户|单元|[0-9]-[0-9]")
_DOOR = re.compile(r"号$")
_THING = re.compile(r"[楼院地线桥井站泵机路房坑矿厂令文公码标段窑坝变棚库区片块宗图]")
_GROUP = re.compile(r"[组队].*号")
_BREAK = re.compile(r"[，。；;、\n\t|]")


def find_addresses(text: str, heading: str = "") -> Iterator[Finding]:
    """What to leave out of each home address in *text* (村、社区以下的住址)."""
    for found in _PLACE.finditer(text):
        start, detail = found.start("detail"), found["detail"]
        lead = _BREAK.split(text[max(0, start - REACH) : start])[-1]
        village = bool(_VILLAGE.search(lead))
        if not (village or _STREET.search(lead)):
            continue
        home = bool(HOME.search(lead) or HOME.search(heading))
        if not home and (OFFICE.search(lead) or OFFICE.search(heading)):
            continue
        indoors = bool(_INDOORS.search(detail))
        door = (
            village
            and lead[-1] != "会"
            and bool(_DOOR.search(detail))
            and not _THING.match(text, found.end())
        )
        if home or indoors or door:
            sure = home or indoors or bool(_GROUP.search(detail))
            yield Finding(Kind.ADDRESS, start, found.end(), text[start : found.end()], sure)
