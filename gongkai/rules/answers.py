"""答复类型: how an application may end, what each ending needs, and the questions that lead there.

The answer, its ground, its articles and its row of the annual report are chosen together, once.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.rules.law import REGULATION, Article, Refused

DATA = Path(__file__).with_name("data") / "answers.toml"
FIRST = "matter"
#: the choice that stands for "the answer that belongs to the ground named before"
BY_GROUND = "ground"
NEEDS = {
    "reason": "理由",
    "way": "获取方式、途径",
    "right_body": "负责公开的机关及联系方式",
    "search": "检索记录",
    "former": "前一次的答复",
    "withheld": "不公开的部分及理由",
    "channel": "应当通过的渠道",
    "harm": "损害与公共利益的衡量",
    "opinion": "第三方意见",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of table 3 of the annual report (年报表三行次)."""

    code: str
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way an application may end (答复类型), with all that belongs to it."""

    code: str
    label: str
    cite: Article | None
    row: Row
    row_confirmed: bool = True
    ground: str = ""
    needs: tuple[str, ...] = ()
    refuses: bool = False
    answer: bool = True

    def lacking(self, filed: Mapping[str, object]) -> list[str]:
        """What is not on file yet (尚缺内容), in words.

        >>> outcome("absent").lacking({"search": "  "})
        ['检索记录']
        """
        return [NEEDS[need] for need in self.needs if not str(filed.get(need) or "").strip()]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question (选项): it leads to another question or to an outcome."""

    key: str
    label: str
    leads: str

    @property
    def ends(self) -> bool:
        """Whether an outcome is reached (已得出结论)."""
        return self.leads.startswith("=")


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the guide (判断步骤), with its article and its choices."""

    code: str
    ask: str
    hint: str
    cite: Article
    choices: tuple[Choice, ...]

    def choice(self, key: str) -> Choice:
        """The choice *key* (选项); an unknown one is refused."""
        for each in self.choices:
            if each.key == key:
                return each
        raise Refused(f"“{self.ask}”没有“{key}”这个选项", self.cite)


@dataclass(frozen=True, slots=True)
class Guided:
    """How far the questions were answered (判断进度): the steps so far, then a question or an outcome."""

    steps: tuple[tuple[Question, Choice], ...]
    question: Question | None
    outcome: Outcome | None

    @property
    def ground(self) -> str:
        """The ground of refusal that was named on the way (不予公开情形), if any."""
        return next((choice.key for question, choice in self.steps if question.code == BY_GROUND), "")


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


@cache
def rows() -> Mapping[str, Row]:
    """The rows of table 3 that count results, in order (年报表三办理结果行次)."""
    return {row["code"]: Row(row["code"], row["label"], row.get("group", "")) for row in _data()["rows"]}


@cache
def outcomes() -> Mapping[str, Outcome]:
    """Every way to end, by its code (全部答复类型)."""
    return {row["code"]: _outcome(row) for row in _data()["outcomes"]}


@cache
def questions() -> Mapping[str, Question]:
    """Every question, by its code (全部判断步骤)."""
    return {row["code"]: _question(row) for row in _data()["questions"]}


def _outcome(row: Mapping[str, Any]) -> Outcome:
    return Outcome(
        row["code"],
        row["label"],
        REGULATION.article(row["place"]) if row["place"] else None,
        rows()[row["row"]],
        row.get("row_confirmed", True),
        row.get("ground", ""),
        tuple(row.get("needs", ())),
        row.get("refuses", False),
        row.get("answer", True),
    )


def _question(row: Mapping[str, Any]) -> Question:
    choices = tuple(Choice(*each) for each in row["choices"])
    return Question(row["code"], row["ask"], row["hint"], REGULATION.article(row["place"]), choices)


def outcome(code: str) -> Outcome:
    """The way to end named *code* (答复类型); an unknown one is refused."""
    if code not in outcomes():
        raise Refused(f"没有“{code}”这种答复类型")
    return outcomes()[code]


def of_ground(ground: str) -> Outcome:
    """The refusal that rests on *ground* (按情形不予公开).

    >>> of_ground("16-2b").row.label
    '7.属于行政执法案卷'
    """
    for each in outcomes().values():
        if ground and each.ground == ground:
            return each
    raise Refused(f"没有“{ground}”这种不予公开的情形")


def guide(answered: Mapping[str, str]) -> Guided:
    """Follow the questions as far as they are answered (逐步判断).

    >>> guide({}).question.ask
    '申请人要的是政府信息吗？'
    >>> guide({"matter": "petition"}).outcome.row.label
    '1.信访举报投诉类申请'
    """
    steps: list[tuple[Question, Choice]] = []
    question = questions()[FIRST]
    while question.code in answered:
        choice = question.choice(answered[question.code])
        steps.append((question, choice))
        if choice.ends:
            return _reached(tuple(steps), choice.leads.removeprefix("="))
        question = questions()[choice.leads]
    return Guided(tuple(steps), question, None)


def _reached(steps: tuple[tuple[Question, Choice], ...], code: str) -> Guided:
    found = Guided(steps, None, None)
    ending = of_ground(found.ground) if code == BY_GROUND else outcome(code)
    return Guided(steps, None, ending)
