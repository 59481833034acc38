"""Chinese numerals of lists and dates (中文数字)."""

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def chinese_number(text: str) -> int:
    """The value of a numeral below a thousand, 0 if it is none.

    >>> [chinese_number(n) for n in ("三", "十", "十二", "二十", "二十一", "一百零三")]
    [3, 10, 12, 20, 21, 103]
    """
    if "百" in text:
        hundreds, _, rest = text.partition("百")
        return DIGITS.get(hundreds, 1) * 100 + chinese_number(rest.lstrip("零〇"))
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (DIGITS.get(tens, 0) if tens else 1) * 10 + (DIGITS.get(ones, 0) if ones else 0)
    return DIGITS.get(text, 0)
