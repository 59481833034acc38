"""演示人员: invented names, telephone numbers and mail addresses; none belongs to anybody."""

SURNAMES = "安白柏常成丁方甘顾韩郝何江蒋孔乐林柳卢罗孟宁欧潘秦阮邵沈石苏谭汤唐陶田汪温吴夏萧谢许严杨叶"
GIVEN = ["明远", "清和", "思齐", "文澜", "书航", "知行", "景行", "怀瑾", "望舒", "嘉言", "若谷", "允中"]


def invented_name(number: int) -> str:
    """The *number*-th invented name; the same number always gives the same name.

    >>> invented_name(0), invented_name(1)
    ('安明远', '白清和')
    """
    turn, place = divmod(number, len(SURNAMES))
    return SURNAMES[place] + GIVEN[(turn + place) % len(GIVEN)]


def invented_phone(number: int) -> str:
    """A telephone number of an area code that does not exist.

    >>> invented_phone(7)
    '0000-3000007'
    """
    return f"0000-3{number:06d}"


def invented_mail(code: str) -> str:
    """An address in a domain that is kept for examples."""
    return f"{code}@example.com"
