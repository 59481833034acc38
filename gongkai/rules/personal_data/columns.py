"""名单各栏: what becomes of a column of a list about people before it is published (公开、脱敏、不公开)."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from gongkai.rules.personal_data.findings import Kind, masked
from gongkai.rules.personal_data.scan import find, mask

DATA = Path(__file__).parent.parent / "data" / "personal_columns.toml"


class Treatment(StrEnum):
    """What becomes of a column (处理方式)."""

    SHOW = "公开"
    MASK = "脱敏"
    DROP = "不公开"


@dataclass(frozen=True, slots=True)
class Column:
    """One sort of column (栏目): the words of its heading and the default."""

    name: str
    words: tuple[str, ...]
    treatment: Treatment
    kind: Kind | None = None
    confirmed: bool = True


@cache
def columns() -> tuple[Column, ...]:
    """Every sort of column on file, the most sensitive first (全部栏目)."""
    rows = tomllib.loads(DATA.read_text(encoding="utf-8"))["columns"]
    return tuple(
        Column(
            row["name"],
            tuple(row["words"]),
            Treatment[row["treatment"].upper()],
            Kind[row["kind"]] if "kind" in row else None,
            row.get("confirmed", True),
        )
        for row in rows
    )


def column(heading: str) -> Column | None:
    """The sort of column that *heading* names (按表头识别), or None.

    >>> column("户主姓名").treatment, column("致贫原因").treatment, column("补贴金额（元）")
    (<Treatment.SHOW: '公开'>, <Treatment.DROP: '不公开'>, None)
    """
    plain = "".join(heading.split())
    return next((each for each in columns() if any(word in plain for word in each.words)), None)


def treated(heading: str, value: str) -> str:
    """A cell as it may be published (单元格脱敏): dropped, masked, or shown with stray personal data masked.

    >>> treated("手机", "13800138000"), treated("致贫原因", "因病"), treated("备注", "电话13800138000")
    ('138****8000', '', '电话138****8000')
    """
    known = column(heading)
    if known and known.treatment is Treatment.DROP:
        return ""
    if known and known.kind in _WHOLE and not find(value, heading=heading):
        return _hidden(known.kind, value)
    return mask(value, heading=heading)


#: columns whose every filled cell is personal, even if it has the wrong number of digits
_WHOLE = (Kind.IDENTITY, Kind.MOBILE, Kind.ACCOUNT)
_FEWEST = 7


def _hidden(kind: Kind | None, value: str) -> str:
    """A cell with an odd number in it: masked as an account, the last four digits at most."""
    digits = sum(map(str.isdigit, value))
    return masked(Kind.ACCOUNT, value) if kind and digits >= _FEWEST and "*" not in value else value
