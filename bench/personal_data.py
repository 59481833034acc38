"""个人信息扫描: megabytes a second, beside one plain regex; what each finds, and how often each is wrong."""

import random
import re
import time
from collections.abc import Callable

from gongkai.rules.personal_data.checks import check_digit
from gongkai.rules.personal_data.grid import find_in_grid
from gongkai.rules.personal_data.scan import find, mask

MEGABYTE = 1_000_000
SEED = 20210305
PROSE = (
    "根据《中华人民共和国政府信息公开条例》和枣政发〔2021〕1号文件要求，区政府各部门应当在2021年3月31日前"
    "公开上一年度工作情况。本年度投资12345678901元，涉及农村道路改造项目36个，惠及群众1200户。\n"
)
#: what people write first: every run of 15 or 18 digits, 11 digits from 13 to 19, 16 to 19 digits
PLAIN = re.compile(r"\d{17}[\dXx]|\d{15}|1[3-9]\d{9}|0\d{2,3}-\d{7,8}|\d{16,19}")


def person(dice: random.Random) -> str:
    """One row of a list, with an identity number, a mobile number and an address that are nobody's."""
    number = (
        f"379901{dice.randint(1950, 2005)}0{dice.randint(1, 9)}1{dice.randint(0, 9)}{dice.randint(0, 999):03}"
    )
    mobile = f"13{dice.randint(10**8, 10**9 - 1)}"
    home = f"东村{dice.randint(1, 9)}组{dice.randint(1, 99)}号"
    return f"张某\t{number}{check_digit(number)}\t{mobile}\t{home}\t800.00\n"


def thing(dice: random.Random) -> str:
    """One row of a ledger full of long numbers that are not personal."""
    code = f"1137040200{dice.randint(10**7, 10**8 - 1)}"
    serial, index = dice.randint(10**18, 10**19), dice.randint(10**6, 10**7)
    return f"{code}\t流水号{serial}\t2021-{index}\t{dice.randint(10**9, 10**12)}元\n"


def filled(row: Callable[[random.Random], str], size: int) -> str:
    """Text of *size* bytes made of rows."""
    dice = random.Random(SEED)
    sample = "".join(row(dice) for _ in range(2000))
    return sample * max(1, size // len(sample.encode()))


def rate(act: Callable[[str], object], text: str) -> float:
    """Megabytes a second, the better of two."""
    best = 1e9
    for _ in range(2):
        began = time.perf_counter()
        act(text)
        best = min(best, time.perf_counter() - began)
    return len(text.encode()) / MEGABYTE / best


def speeds() -> None:
    """One row per sort of text."""
    texts = {
        "prose of documents, 10 MB": filled(lambda _: PROSE, 10 * MEGABYTE),
        "ledger of long numbers, 1 MB": filled(thing, MEGABYTE),
        "list of people, 1 MB": filled(person, MEGABYTE),
        "nothing but digits, 1 MB": "1234567890" * (MEGABYTE // 10),
    }
    print(f"  {'':<34}{'find':>12}{'mask':>12}{'plain regex':>14}")
    for name, text in texts.items():
        found, hidden, plain = rate(find, text), rate(mask, text), rate(PLAIN.findall, text)
        print(f"  {name:<34}{found:>7.1f} MB/s{hidden:>7.1f} MB/s{plain:>9.1f} MB/s")


def growth() -> None:
    """Twice the text takes twice the time: the ratio for one line of numbers parted by blanks."""
    line = "13800138000 379901199001011237 "
    once, twice = rate(find, line * 10_000), rate(find, line * 20_000)
    print(f"  twice the length, time per byte times {once / twice:.2f} (1 is linear)")


def alarms() -> None:
    """False alarms and hits beside the plain regex."""
    dice = random.Random(SEED)
    things, people = [thing(dice) for _ in range(5000)], [person(dice) for _ in range(5000)]
    for name, act in (("find", find), ("plain regex", PLAIN.findall)):
        false = sum(len(act(row)) for row in things)
        hits = sum(len(act(row)) for row in people)
        print(f"  {name:<14}{false:>7,} false alarms in 5,000 rows of things; {hits:,} of 15,000 found")


def lists() -> None:
    """A list of 5,000 people as a table, judged by its headings, beside the cells one by one without them."""
    dice = random.Random(SEED)
    heads = ["序号", "姓名", "身份证号", "手机号码", "住址", "金额", "村"]
    rows = [heads] + [[str(place), *person(dice).strip().split("\t"), "某村"] for place in range(5000)]
    spent, cells = [], []
    for _ in range(3):
        began = time.process_time()
        found = sum(1 for _ in find_in_grid(rows))
        middle = time.process_time()
        for row in rows:
            for cell in row:
                find(cell)
        spent.append(middle - began)
        cells.append(time.process_time() - middle)
    print(
        f"  list of 5,000 people: {found:,} found in {min(spent):.2f} CPU s (cell by cell {min(cells):.2f} s)"
    )


def main() -> None:
    """Print every figure."""
    speeds()
    growth()
    lists()
    alarms()


if __name__ == "__main__":
    main()
