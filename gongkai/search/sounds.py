"""读音: a wrong character of an input method usually sounds like the right one."""

import unicodedata
from functools import cache
from importlib import import_module


@cache
def _table() -> dict[int, str]:
    """The readings of each character; loaded only when something was not found."""
    known: dict[int, str] = import_module("pypinyin.pinyin_dict").pinyin_dict
    return known


@cache
def sounds(character: str) -> frozenset[str]:
    """The readings of a character without tones (拼音).

    >>> sounds("补") & sounds("捕")
    frozenset({'bu'})
    """
    readings = _table().get(ord(character), "") if len(character) == 1 else ""
    return frozenset(filter(None, (_toneless(reading) for reading in readings.split(","))))


def _toneless(reading: str) -> str:
    parted = unicodedata.normalize("NFD", reading)
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


def alike(one: str, other: str) -> bool:
    """Whether two characters are the same or sound alike (同音)."""
    return one == other or bool(sounds(one) & sounds(other))
