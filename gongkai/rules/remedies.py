"""救济途径: what a decision must say about review and court, by the law in force on its day."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from gongkai.rules.law import Article, Limit, Refused, Unit
from gongkai.rules.staleness import after_months

DATA = Path(__file__).with_name("data") / "remedies.toml"


@dataclass(frozen=True, slots=True)
class Remedies:
    """The ways that are open against a decision (救济途径), with their times and articles.

    ``review_first`` is the article by which a refusal goes to review before court, or None.
    """

    since: date
    review: Limit
    review_first: Article | None
    review_online: Article | None
    court_months: int
    court: Article
    after_review: Limit

    def text(self, *, reviewer: str, court: str, refused: bool, online: bool = False) -> str:
        """The sentence of the letter (救济告知): *reviewer* and *court* are their full names.

        >>> found = remedies(date(2021, 5, 1))
        >>> told = found.text(reviewer="甲区人民政府", court="甲区人民法院", refused=True)
        >>> "也可以自收到" in told, "应当先" in told
        (True, False)
        """
        review = f"自收到本决定书之日起{self.review}内向{reviewer}申请行政复议"
        if refused and self.review_first:
            told = (
                f"如不服本决定，应当先{review}；对行政复议决定不服的，"
                f"可以自收到行政复议决定书之日起{self.after_review}内向{court}提起行政诉讼。"
            )
        else:
            told = (
                f"如不服本决定，可以{review}，"
                f"也可以自收到本决定书之日起{self.court_months}个月内向{court}提起行政诉讼。"
            )
        if online and self.review_online:
            told += "行政复议申请可以通过互联网渠道提交。"
        return told

    def review_until(self, known: date) -> date:
        """The last day to ask for review, counted from the day the applicant knew (复议申请截止日).

        >>> str(remedies(date(2021, 5, 1)).review_until(date(2021, 5, 10)))
        '2021-07-09'
        """
        return known + timedelta(days=self.review.length)

    def court_until(self, known: date) -> date:
        """The last day to go to court directly (起诉截止日).

        >>> str(remedies(date(2021, 8, 31)).court_until(date(2021, 8, 31)))
        '2022-02-28'
        """
        return after_months(known, self.court_months)

    def cites(self) -> list[Article]:
        """The articles that the sentence rests on (依据)."""
        found = [self.review.cite, self.review_first, self.court, self.after_review.cite]
        return [each for each in found if each]


@cache
def _versions() -> tuple[Remedies, ...]:
    given = tomllib.loads(DATA.read_text(encoding="utf-8"))
    law, court = given["law"], given["court"]

    def made(row: dict[str, object]) -> Remedies:
        review = str(law[row["review_law"]])

        def article(name: str) -> Article | None:
            return Article(review, "", str(row[name])) if name in row else None

        since, length = row["from"], row["review"]
        assert isinstance(since, date)
        assert isinstance(length, int)
        return Remedies(
            since,
            Limit(length, Article(review, "", str(row["review_place"])), Unit.DAYS),
            article("first"),
            article("online"),
            court["months"],
            Article(law["court"], "", court["place"]),
            Limit(court["after"], Article(law["court"], "", court["after_place"]), Unit.DAYS),
        )

    return tuple(sorted(map(made, given["versions"]), key=lambda each: each.since))


def remedies(decided: date) -> Remedies:
    """The remedies against a decision made on *decided* (救济途径).

    >>> remedies(date(2023, 12, 31)).review_first is None, remedies(date(2024, 1, 1)).review_first is None
    (True, False)
    """
    found = [each for each in _versions() if each.since <= decided]
    if not found:
        raise Refused(f"没有{decided}适用的救济规定，最早为{_versions()[0].since}")
    return found[-1]
