"""演示正文: bodies composed of a subject's points, in the shapes that such papers have."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from random import Random
from typing import Any

from gongkai.demo.words import FOLDER

NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a unit of the demo writes about (演示主题)."""

    unit: str
    theme: str
    column: str
    things: tuple[str, ...]
    points: tuple[str, ...]
    only: str = ""  # nothing else than papers of this sort


@cache
def subjects() -> tuple[Subject, ...]:
    """Every subject of data/subjects.toml."""
    rows = tomllib.loads((FOLDER / "subjects.toml").read_text(encoding="utf-8"))["subject"]
    return tuple(
        Subject(
            row["unit"],
            row["theme"],
            row["column"],
            tuple(row["things"]),
            tuple(row["points"]),
            row.get("only", ""),
        )
        for row in rows
    )


@cache
def phrases() -> dict[str, Any]:
    """The whole of data/phrases.toml."""
    return tomllib.loads((FOLDER / "phrases.toml").read_text(encoding="utf-8"))


def paragraph(text: str) -> str:
    """One paragraph of HTML (段落)."""
    return f"<p>{escape(text)}</p>"


def heading(text: str) -> str:
    """One heading of HTML (小标题)."""
    return f"<h2>{escape(text)}</h2>"


@dataclass(frozen=True, slots=True)
class Texts:
    """Writes bodies (演示写作); *chance* makes them differ, the same seed writes the same."""

    chance: Random

    def notice(self, subject: Subject, thing: str) -> str:
        """A notice in three parts (通知)."""
        words = phrases()
        points = self.chance.sample(subject.points, k=min(len(subject.points), 5))
        parts = [
            paragraph("各镇人民政府、各街道办事处，区政府有关部门、单位："),
            paragraph(self.chance.choice(words["aims"]).format(thing=thing)),
            heading("一、总体要求"),
            paragraph(self.chance.choice(words["general"]).format(thing=thing)),
            heading("二、重点任务"),
            *(paragraph(f"（{NUMERALS[place]}）{point}。") for place, point in enumerate(points)),
            heading("三、组织实施"),
            *(paragraph(text) for text in self.chance.sample(words["backing"], k=3)),
        ]
        return "".join(parts)

    def rules(self, subject: Subject, thing: str, unit: str, *, day: str, term: str = "") -> str:
        """Rules in articles (办法): *day* is when they take effect, *term* until when they hold."""
        words = phrases()
        first = [text.format(thing=thing, unit=unit) for text in words["articles"]]
        last = [text.format(thing=thing, unit=unit) for text in words["closing_articles"]]
        end = f"本办法自{day}起施行{f'，有效期至{term}' if term else ''}。"
        chapters = [
            ("第一章　总则", first),
            ("第二章　工作要求", [f"{each}。" for each in subject.points]),
            ("第三章　附则", [*last, end]),
        ]
        return "".join(_articles(chapters))

    def reading(self, subject: Subject, thing: str, unit: str, name: str) -> str:
        """A reading (政策解读): background, purpose, content, questions."""
        words = phrases()
        told = {"thing": thing, "unit": unit, "name": name}
        parts = [
            heading("一、出台背景"),
            paragraph(words["background"].format(**told)),
            heading("二、制定目的"),
            paragraph(words["purpose"].format(**told)),
            heading("三、主要内容"),
            *(paragraph(f"{place}. {point}。") for place, point in enumerate(subject.points, start=1)),
            heading("四、群众关心的问题"),
        ]
        for question, answer in words["questions"]:
            parts += [
                f"<h3>{escape(question.format(**told))}</h3>",
                paragraph(answer.format(**told)),
            ]
        return "".join(parts)

    def announcement(self, subject: Subject, thing: str, year: int) -> str:
        """An announcement (公告)."""
        opening = self.chance.choice(phrases()["notice"]).format(thing=thing, year=year)
        points = self.chance.sample(subject.points, k=min(len(subject.points), 3))
        return "".join(
            [
                paragraph(opening),
                *(paragraph(f"{place}、{each}。") for place, each in zip(NUMERALS, points, strict=False)),
                paragraph("特此公告。"),
            ]
        )

    def statistics(self, period: str) -> str:
        """A month's figures with a table (统计信息); every number is invented, and the text says so."""
        told = {letter: f"{self.chance.uniform(1, 12):.1f}" for letter in "abcde"}
        texts = [text.format(period=period, **told) for text in phrases()["statistics"]]
        names = (
            "规模以上工业增加值",
            "固定资产投资",
            "社会消费品零售总额",
            "一般公共预算收入",
            "居民人均可支配收入",
        )
        rows = "".join(
            f'<tr><th scope="row">{name}</th><td>{told[letter]}</td></tr>'
            for name, letter in zip(names, "abcde", strict=True)
        )
        head = '<thead><tr><th scope="col">指标</th><th scope="col">同比增长（%）</th></tr></thead>'
        caption = f"<caption>{escape(period)}主要经济指标（演示数据）</caption>"
        table = f"<table>{caption}{head}<tbody>{rows}</tbody></table>"
        return "".join(map(paragraph, texts[:2])) + table + paragraph(texts[2])

    def annual(self, subject: Subject, year: int) -> str:
        """A year's report in the six parts of the form (国办公开办函〔2021〕30号), without figures."""
        points = iter([*subject.points, *subject.points])
        parts = []
        for place, name in enumerate(phrases()["annual"]):
            parts += [heading(f"{NUMERALS[place]}、{name}"), paragraph(f"{year}年，{next(points)}。")]
        return "".join([*parts, paragraph(phrases()["annual_note"])])

    def answer(self, subject: Subject, thing: str) -> str:
        """An answer to a proposal (建议提案答复)."""
        points = iter(self.chance.sample(subject.points, k=2))
        return "".join(
            paragraph(text.format(thing=thing, point=next(points) if "{point}" in text else ""))
            for text in phrases()["answer"]
        )


def _articles(chapters: list[tuple[str, list[str]]]) -> Iterator[str]:
    number = 0
    for title, texts in chapters:
        yield heading(title)
        for text in texts:
            number += 1
            yield paragraph(f"第{_chinese(number)}条　{text}")


def _chinese(number: int) -> str:
    """A small number in Chinese (汉字数字), 1 to 99.

    >>> _chinese(10), _chinese(12), _chinese(20), _chinese(21)
    ('十', '十二', '二十', '二十一')
    """
    tens, ones = divmod(number, 10)
    front = "" if not tens else "十" if tens == 1 else f"{NUMERALS[tens - 1]}十"
    return front + (NUMERALS[ones - 1] if ones else "")
