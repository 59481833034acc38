"""钱: budgets whose tables agree, subsidy lists that add up."""

from collections.abc import Sequence
from datetime import date, timedelta

from gongkai.demo.record_makers.inventor import Inventor, Record, Row, record
from gongkai.demo.record_words import ECONOMY, FUNCTIONS, INCOMES, PROGRAMMES


def _leaves(known: Sequence[tuple[str, str]]) -> list[str]:
    codes = [code for code, _name in known]
    return [code for code in codes if not any(each != code and each.startswith(code) for each in codes)]


def _tree(make: Inventor, known: Sequence[tuple[str, str]], most: int) -> tuple[list[Row], int]:
    """Rows with codes whose parents are the sums of what stands below them, and the total."""
    leaves = _leaves(known)
    amounts = {code: make.money(20, most) for code in leaves}
    rows = []
    for code, name in known:
        amount = sum(value for leaf, value in amounts.items() if leaf.startswith(code))
        rows.append({"code": code, "name": name, "amount": str(amount)})
    return rows, sum(amounts.values())


BUDGETS = ("部门预算", "部门决算", "政府预算", "政府决算", "政府债务", "政府预算调整", "政府预算执行情况")


def budget(make: Inventor, number: int) -> Record:
    """An invented budget (预决算) whose tables agree; *number* is its kind."""
    kind = BUDGETS[number % len(BUDGETS)]
    functions, total = _tree(make, FUNCTIONS, 4000)
    basic = 0
    for row in functions:
        part = int(row["amount"]) * 3 // 5 if len(row["code"]) == 7 else 0
        row["basic"], row["project"] = str(part), str(int(row["amount"]) - part)
        basic += part
    for row in functions:
        if len(row["code"]) < 7:
            below = [
                each for each in functions if len(each["code"]) == 7 and each["code"].startswith(row["code"])
            ]
            row["basic"] = str(sum(int(each["basic"]) for each in below))
            row["project"] = str(int(row["amount"]) - int(row["basic"]))
    incomes = _shared(make, INCOMES, total)
    economy = _shared(make, ECONOMY, basic)
    three = [
        {"item": item, "amount": str(make.money(0, 40)), "last": str(make.money(0, 50)), "why": "厉行节约"}
        for item in ("因公出国（境）费", "公务用车购置及运行维护费", "公务接待费")
    ]
    closed = "决算" in kind or kind == "政府债务"  # accounts of a year are approved in the next one
    approved = date(make.year + 1, 9, 6) if closed else date(make.year, 2, 1)
    approved += timedelta(days=make.chance.randrange(0, 20))
    values: dict[str, object] = {
        "year": make.year,
        "kind": kind,
        "approved_on": approved,
        "income": total,
        "spending": total,
        "running": make.money(30, 300),
        "running_note": "用于办公、印刷、差旅、会议等日常公用支出。",
        "changes": "与上年相比略有变化，主要是人员和项目调整。",
    }
    return record(values, incomes=incomes, functions=functions, economy=economy, three=three)


def _shared(make: Inventor, known: Sequence[tuple[str, str]], total: int) -> list[Row]:
    """Rows with codes that add up to *total*."""
    leaves = _leaves(known)
    rest, amounts = total, {}
    for place, code in enumerate(leaves, start=1):
        amounts[code] = rest if place == len(leaves) else make.chance.randrange(0, rest // 2 + 1)
        rest -= amounts[code]
    return [
        {
            "code": code,
            "name": name,
            "amount": str(sum(value for leaf, value in amounts.items() if leaf.startswith(code))),
        }
        for code, name in known
    ]


def subsidy(make: Inventor, number: int) -> Record:
    """An invented subsidy list (补贴发放名单)."""
    programme, rate, basis = PROGRAMMES[number % len(PROGRAMMES)]
    people, cents = [], 0
    for village in make.villages:
        for _ in range(make.chance.randrange(6, 14)):
            tenths = make.chance.randrange(8, 96)
            amount = tenths * rate * 10  # in cents
            cents += amount
            people.append(
                {
                    "village": village,
                    "name": make.name(),
                    "identity": f"379901********{make.money(1000, 9999)}",
                    "quantity": f"{tenths / 10:g}",
                    "rate": str(rate),
                    "amount": f"{amount / 100:.2f}",
                }
            )
    start = make.day(60, 280)
    values: dict[str, object] = {
        "programme": programme,
        "year": make.year,
        "batch": "第一批",
        "place": make.unit,
        "standard": f"每亩{rate}元",
        "basis": basis,
        "households": len(people),
        "total": f"{cents / 100:.2f}",
        "notice_from": start,
        "notice_until": start + timedelta(days=365 * 2),
        "phone": make.phone(),
    }
    return record(values, people=people)


def relief(make: Inventor, number: int) -> Record:
    """An invented list of people on relief (救助对象公示)."""
    kinds = ("农村最低生活保障", "城市最低生活保障", "特困人员供养", "临时救助", "高龄津贴", "残疾人两项补贴")
    people = [
        {
            "village": make.chance.choice(make.villages),
            "name": make.name(),
            "members": str(make.chance.randrange(1, 5)),
            "amount": f"{make.money(200, 900)}.00",
        }
        for _ in range(make.chance.randrange(8, 24))
    ]
    start = make.day(60, 290)
    values: dict[str, object] = {
        "programme": kinds[number % len(kinds)],
        "year": make.year,
        "place": make.unit,
        "households": len(people),
        "notice_from": start,
        "notice_until": start + timedelta(days=365),
        "phone": make.phone(),
    }
    return record(values, people=people)
