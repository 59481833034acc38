"""信息处理费: what very many items or pages cost, tier by tier, with the sum explained."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.rules.law import Article, Instrument, Limit, Refused

DATA = Path(__file__).with_name("data") / "fees.toml"
#: more than anybody asks for; a typing error must not make a bill
MOST = 1_000_000
#: tiers are written out one by one up to so many; beyond it the endless blocks are told as one line
WRITTEN_OUT = 12


@dataclass(frozen=True, slots=True)
class Part:
    """What lies within one tier (分档): *number* counted at *rate* yuan each, from *first* to *last*."""

    first: int
    last: int
    rate: int

    @property
    def number(self) -> int:
        """How many lie within the tier (本档数量)."""
        return self.last - self.first + 1

    @property
    def yuan(self) -> int:
        """What they cost together (本档金额)."""
        return self.number * self.rate

    def said(self, counted: str) -> str:
        """The tier in words (分档说明).

        >>> Part(11, 30, 100).said("件")
        '第11至30件：20件×100元/件＝2000元'
        """
        span = f"第{self.first}" if self.first == self.last else f"第{self.first}至{self.last}"
        cost = f"{self.number}{counted}×{self.rate}元/{counted}＝{self.yuan}元"
        return f"{span}{counted}：{cost if self.rate else '不收费'}"


@dataclass(frozen=True, slots=True)
class Basis:
    """One way of charging (计费方式): by items or by pages, with its progressive tiers."""

    code: str
    label: str
    counted: str
    scope: str
    cite: Article
    tiers: tuple[tuple[int, int], ...]
    block: int = 0
    added: int = 0
    doubt: str = ""

    def parts(self, number: int) -> Iterator[Part]:
        """The tiers that *number* reaches into, each with its share (分档计算)."""
        begins = self._tiers()
        first, rate = next(begins)
        while first <= number:
            after, dearer = next(begins, (number + 1, rate))
            yield Part(first, min(after - 1, number), rate)
            first, rate = after, dearer

    def _tiers(self) -> Iterator[tuple[int, int]]:
        yield from self.tiers
        first, rate = self.tiers[-1]
        while self.block:
            first, rate = first + self.block, rate + self.added
            yield first, rate

    def rate(self, place: int) -> int:
        """What the one at *place* costs by itself (单件标准), in yuan.

        >>> [basis("items").rate(place) for place in (10, 11, 30, 31, 40, 41)]
        [0, 100, 100, 200, 200, 300]
        """
        return next(part.rate for part in self.parts(place) if part.last == place)


@dataclass(frozen=True, slots=True)
class Fee:
    """A sum with the way to it (费用): *before* were counted already, *number* come now."""

    basis: Basis
    number: int
    before: int
    parts: tuple[Part, ...]

    @property
    def yuan(self) -> int:
        """The sum in yuan (应缴金额)."""
        return sum(part.yuan for part in self.parts)

    def lines(self) -> list[str]:
        """The sum in sentences, a tier each (计算过程)."""
        return [part.said(self.basis.counted) for part in self.parts]

    def summary(self) -> str:
        """The sum in one sentence, for a letter or a page (计算说明).

        >>> print(fee("items", 35).summary())
        按件计收35件：第1至10件不收费，第11至30件2000元，第31至35件1000元，共3000元。
        """
        counted = self.basis.counted
        shares = [
            f"第{part.first}至{part.last}{counted}{f'{part.yuan}元' if part.rate else '不收费'}"
            for part in self.parts
        ]
        if len(shares) > WRITTEN_OUT:
            rest = self.parts[WRITTEN_OUT - 1 :]
            told = f"第{rest[0].first}至{rest[-1].last}{counted}{sum(part.yuan for part in rest)}元"
            shares = [*shares[: WRITTEN_OUT - 1], told]
        known = f"（此前已计{self.before}{counted}）" if self.before else ""
        return f"{self.basis.label}{self.number}{counted}{known}：{'，'.join(shares)}，共{self.yuan}元。"


@cache
def bases() -> Mapping[str, Basis]:
    """Both ways of charging by their codes (全部计费方式)."""
    given = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {row["code"]: _basis(row) for row in given["bases"]}


@cache
def instrument() -> Instrument:
    """The instrument that sets the tiers (收费依据)."""
    given = tomllib.loads(DATA.read_text(encoding="utf-8"))["instrument"]
    return Instrument(given["title"], given["number"])


def payment_limit() -> Limit:
    """How long the applicant has to pay, from the day after the notice arrived (缴费期限)."""
    given = tomllib.loads(DATA.read_text(encoding="utf-8"))["payment"]
    return Limit(given["length"], instrument().article(given["place"]))


def _basis(row: Mapping[str, Any]) -> Basis:
    return Basis(
        row["code"],
        row["label"],
        row["counted"],
        row["scope"],
        instrument().article(row["place"]),
        tuple((first, rate) for first, rate in row["tiers"]),
        row.get("block", 0),
        row.get("added", 0),
        row.get("doubt", ""),
    )


def basis(code: str) -> Basis:
    """The way of charging named *code* (计费方式): ``items`` or ``pages``."""
    if code not in bases():
        raise Refused(f"没有“{code}”这种计费方式，现有：{'、'.join(bases())}")
    return bases()[code]


def fee(code: str, number: int, *, before: int = 0) -> Fee:
    """What *number* items or pages cost (应缴费用), after *before* items of the same applicant and month.

    Pages of different applications are never added up: for them *before* is refused.

    >>> fee("items", 45).yuan, fee("pages", 250).yuan, fee("items", 2, before=10).yuan
    (5500, 4700, 200)
    """
    chosen = basis(code)
    if number < 0 or before < 0:
        raise Refused(f"{chosen.counted}数不能小于零")
    if number + before > MOST:
        raise Refused(f"{chosen.counted}数太大，最多{MOST}{chosen.counted}")
    if before and code != "items":
        raise Refused("按量计收以单件申请为单位，不同申请的页数不累加", chosen.cite)
    parts = (
        Part(max(part.first, before + 1), part.last, part.rate)
        for part in chosen.parts(number + before)
        if part.last > before
    )
    return Fee(chosen, number, before, tuple(parts))
