"""清单: powers, measures, decisions, posts, permits."""

from datetime import date, timedelta

from gongkai.demo.record_makers.inventor import Inventor, Record, record
from gongkai.demo.record_words import ACTIONS, FINED, POSTS, POWERS, STANDARDS, SUPERVISED


def powers(make: Inventor, number: int) -> Record:
    """An invented list of powers (权责清单); *number* is its version."""
    chosen = POWERS if number else POWERS[:-2]
    items = [
        {
            "code": f"示例{place:03d}",
            "name": name,
            "kind": kind,
            "basis": basis,
            "duty": "受理、审查、决定、送达、事后监管" if number or place % 4 else "受理、审查、决定",
            "body": f"{make.unit}政策法规股",
        }
        for place, (name, kind, basis) in enumerate(chosen, start=1)
        if not (number and place == 3)
    ]
    effective = date(make.year, 3, 1) if not number else date(make.year, 9, 1)
    values: dict[str, object] = {
        "organ": make.unit,
        "edition": f"{make.year}年{'第' + str(number + 1) + '次调整' if number else '版'}",
        "effective_on": effective,
        "approved_on": effective - timedelta(days=14),
        "ground": "根据法律法规修订和机构职能调整情况动态调整。",
        "number": len(items),
    }
    return record(values, items=items)


def organ(make: Inventor, _number: int) -> Record:
    """What an organ does (机构职能)."""
    sections = [
        {"name": name, "duty": duty, "phone": make.phone()}
        for name, duty in (
            ("办公室", "负责机关日常运转、文电会务、政务公开。"),
            ("政策法规股", "负责规范性文件审核、行政复议应诉。"),
            ("业务股", "负责主管业务的组织实施和监督检查。"),
        )
    ]
    values: dict[str, object] = {
        "organ": make.unit,
        "changed_on": date(make.year, 3, 10),
        "functions": "贯彻执行有关法律法规，拟订并组织实施本领域发展规划，承担监督管理和公共服务职责。",
        "head": make.name(),
        "address": f"演示路{make.chance.randrange(1, 90)}号",
        "hours": "工作日 8:30—12:00，13:30—17:30",
        "phone": make.phone(),
    }
    return record(values, sections=sections)


def measures(make: Inventor, number: int) -> Record:
    """A list of measures (政策措施清单)."""
    topics = ("简政放权", "减税降费", "优化服务", "加强监管", "宏观政策")
    topic = topics[number % len(topics)]
    formed = make.day(30, 240)
    items = [
        {
            "number": f"{topic[:2]}{place:02d}",
            "name": name,
            "kind": kind,
            "lead": make.unit,
            "basis": "上级关于深化“放管服”改革的部署",
            "before": before,
            "after": after,
            "effective_on": str(formed + timedelta(days=15)),
        }
        for place, (name, kind, before, after) in enumerate(
            (
                ("企业开办一窗通办", "优化", "分别到 4 个窗口办理，3 天办结", "一个窗口办理，当日办结"),
                ("建筑工程施工许可告知承诺", "优化", "提交 11 份材料", "提交 6 份材料，承诺后当场发证"),
                ("小型餐饮许可下放镇街", "下放", "区级窗口受理", "镇街便民服务中心受理并发证"),
                ("取消纸质居住证明", "取消", "提交社区开具的证明", "部门间核验，群众不再提交"),
            ),
            start=1,
        )
    ]
    return record({"topic": topic, "year": make.year, "formed_on": formed}, items=items)


def supervision(make: Inventor, _number: int) -> Record:
    """A list of supervised matters (重点监管事项清单)."""
    items = [
        {
            "number": f"JG{make.year}{place:02d}",
            "name": name,
            "field": field,
            "object": thing,
            "way": "双随机抽查和专项检查",
            "often": "每年不少于1次",
            "basis": basis,
            "body": make.unit,
        }
        for place, (name, field, thing, basis) in enumerate(SUPERVISED, start=1)
    ]
    return record({"year": make.year, "formed_on": make.day(20, 90)}, items=items)


def enforcement(make: Inventor, number: int) -> Record:
    """Invented decisions (行政执法结果); one of them is revoked."""
    first = make.day(20, 270)
    results = []
    for place in range(1, make.chance.randrange(5, 15)):
        what, basis, verdict = make.chance.choice(FINED)
        decided = make.after(first, 0, 5) if place > 1 else first
        fine = make.money(2, 60) * 100
        row = {
            "number": f"示市监处罚〔{make.year}〕{number * 20 + place}号",
            "kind": "行政处罚",
            "party": make.firm(),
            "facts": what,
            "basis": basis,
            "verdict": verdict.format(fine=fine),
            "fine": f"{fine}.00",
            "decided_on": str(decided),
            "shown_from": str(make.after(decided, 1, 8)),
            "term": make.chance.choice(["3个月", "1年", "3年", "3年"]),
            "state": "有效",
        }
        if place == 4 and number % 2 == 0:
            row |= {
                "state": "已撤销",
                "changed_on": str(make.after(decided, 30, 40)),
                "reason": "经行政复议，原决定认定事实不清，予以撤销。",
            }
        results.append(row)
    return record({"unit": make.unit, "year": make.year, "decided_on": first}, results=results)


def jobs(make: Inventor, _number: int) -> Record:
    """Invented posts (就业岗位)."""
    published = make.day(250, 292)
    closes = published + timedelta(days=make.chance.choice([45, 60, 75, 90]))
    posts = [
        {
            "employer": make.firm(),
            "title": name,
            "group": make.chance.choice(["不限", "高校毕业生", "退役军人", "就业困难人员"]),
            "places": str(make.chance.randrange(1, 9)),
            "wage": f"{make.money(28, 65) * 100}元起",
            "place": make.chance.choice(make.villages),
            "demand": demand,
            "closes_on": str(make.after(published, 15, 44) if place % 3 == 0 else closes),
            "phone": make.phone(),
        }
        for place, (name, demand) in enumerate(make.few(POSTS, 4, 8))
    ]
    places = sum(int(each["places"]) for each in posts)
    values: dict[str, object] = {
        "place": make.unit,
        "published_on": published,
        "closes_on": closes,
        "places": places,
        "phone": make.phone(),
    }
    return record(values, posts=posts)


def standards(make: Inventor, number: int) -> Record:
    """Standards of relief and insurance (社会保障标准)."""
    field = ("社会救助", "社会保险", "养老服务", "医疗保障")[number % 4]
    items = [
        {
            "name": name,
            "people": people,
            "amount": str(amount + make.year - 2019),
            "measure": measure,
            "effective_on": f"{make.year}-07-01",
            "last": str(amount),
        }
        for name, people, amount, measure in STANDARDS
    ]
    values: dict[str, object] = {
        "field": field,
        "year": make.year,
        "formed_on": date(make.year, 6, 10),
        "basis": "上级关于调整有关保障标准的通知",
    }
    return record(values, items=items)


def permits(make: Inventor, number: int) -> Record:
    """A register of permits (排污许可登记册)."""
    first = make.day(20, 200)
    permits = [
        {
            "number": f"示例排污{make.year}{number:02d}{place:03d}",
            "holder": make.firm(),
            "industry": make.chance.choice(
                ["水泥制品制造", "食品加工", "污水处理及再生利用", "金属表面处理"]
            ),
            "class": make.chance.choice(["重点管理", "简化管理", "登记管理"]),
            "pollutants": "颗粒物、二氧化硫、氮氧化物",
            "issued_on": str(make.after(first, 0, 30)),
            "until": str(
                make.after(first, 0, 1).replace(year=first.year + make.chance.choice([1, 3, 5]), day=1)
            ),
        }
        for place in range(1, make.chance.randrange(6, 14))
    ]
    return record({"year": make.year, "decided_on": first}, permits=permits)


def actions(make: Inventor, _number: int) -> Record:
    """Progress of an action (专项行动进展)."""
    tasks = []
    for name, goal in ACTIONS:
        share = make.chance.choice([100, 100, 85, 70, 55])
        state = "已完成" if share == 100 else "推进中" if share > 60 else "滞后"
        tasks.append({"name": name, "body": make.unit, "goal": goal, "share": str(share), "state": state})
    values: dict[str, object] = {
        "action": "“四减四增”行动",
        "year": make.year,
        "reported_on": make.day(90, 300),
    }
    return record(values, tasks=tasks)


def fees(make: Inventor, _number: int) -> Record:
    """A list of fees (行政事业性收费)."""
    known = (
        ("城镇垃圾处理费", "《城市生活垃圾管理办法》", "居民每户每月3元"),
        ("不动产登记费", "《不动产登记暂行条例》", "住宅每件80元"),
        ("污水处理费", "《城镇污水处理费征收使用管理办法》", "居民每立方米0.95元"),
    )
    amounts = [make.money(20, 900) for _ in known]
    items = [
        {"name": name, "basis": basis, "standard": standard, "body": make.unit, "amount": str(amount)}
        for (name, basis, standard), amount in zip(known, amounts, strict=True)
    ]
    values: dict[str, object] = {
        "year": make.year,
        "formed_on": date(make.year, 3, 15),
        "total": sum(amounts),
    }
    return record(values, items=items)
