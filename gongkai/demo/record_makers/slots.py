"""有环节的: projects, plans, admissions, notices and accidents."""

from datetime import date, timedelta

from gongkai.demo.record_makers.inventor import LAST_DAY, Inventor, Record, filled, record
from gongkai.demo.record_words import PROJECTS, SCHOOLS


def project(make: Inventor, number: int) -> Record:
    """An invented project (重大建设项目)."""
    name, industry, content = PROJECTS[number % len(PROJECTS)]
    approved = date(make.year, 1, 10) + timedelta(days=make.chance.randrange(0, 40))
    tendered, land = make.after(approved, 20, 45), make.after(approved, 15, 40)
    started = make.after(tendered, 15, 60)
    values: dict[str, object] = {
        "name": name,
        "number": f"示例-{make.year}-{number + 1:03d}",
        "year": make.year,
        "industry": industry,
        "owner": make.unit,
        "place": make.chance.choice(make.villages),
        "content": content,
        "investment": make.money(800, 60_000),
        "approved_on": approved,
        "tendered_on": tendered,
        "land_on": land,
        "started_on": started,
    }
    stages: Record = {
        "approve": filled(approved + timedelta(days=9)),
        "tender": filled(tendered + timedelta(days=6)),
    }
    if number % 3 == 0:
        stages["land"] = {"state": "none", "note": "利用存量建设用地，不涉及征地"}
    elif number % 3 == 1:
        stages["land"] = filled(land + timedelta(days=7))
    if number % 2 == 0:
        stages["build"] = filled(started + timedelta(days=8))
    progress = [
        {
            "on": str(started + timedelta(days=30 * step)),
            "text": text,
            "done": str(make.money(50, 300) * step),
        }
        for step, text in enumerate(("完成基础施工", "主体结构施工过半", "主体完工，进入设备安装"), start=1)
        if started + timedelta(days=30 * step) <= LAST_DAY
    ]
    return record(values, stages=stages, progress=progress)


SERIES = (
    (
        "国民经济和社会发展第十四个五年规划纲要",
        "国民经济和社会发展规划纲要",
        2021,
        2025,
        "上级国民经济和社会发展第十四个五年规划纲要",
    ),
    (
        "国民经济和社会发展第十三个五年规划纲要",
        "国民经济和社会发展规划纲要",
        2016,
        2020,
        "上级国民经济和社会发展第十三个五年规划纲要",
    ),
    ("“十四五”教育事业发展规划", "专项规划", 2021, 2025, "国民经济和社会发展第十四个五年规划纲要"),
    ("“十四五”生态环境保护规划", "专项规划", 2021, 2025, "国民经济和社会发展第十四个五年规划纲要"),
    ("“十三五”综合交通发展规划", "专项规划", 2016, 2020, "国民经济和社会发展第十三个五年规划纲要"),
    ("国土空间总体规划", "国土空间规划", 2021, 2035, "上级国土空间总体规划"),
    ("2021年国民经济和社会发展计划", "年度计划", 2021, 2021, "国民经济和社会发展第十四个五年规划纲要"),
    ("国民经济和社会发展第十二个五年规划纲要", "国民经济和社会发展规划纲要", 2011, 2015, ""),
)


def plan_series(make: Inventor, number: int) -> Record:
    """A plan of a series (规划计划)."""
    name, series, first, last, parent = SERIES[number % len(SERIES)]
    approved = date(first, 3, 1) + timedelta(days=make.chance.randrange(0, 40))
    past = last < LAST_DAY.year
    values: dict[str, object] = {
        "name": name,
        "series": series,
        "first_year": first,
        "last_year": last,
        "parent": parent,
        "maker": make.unit,
        "approved_by": "本级人民代表大会",
        "approved_on": approved,
        "mid_on": date(first + 2, 11, 20) if past and last > first else "",
        "end_on": date(last + 1, 2, 10) if past and number % 2 == 0 else "",
        "historic": "是" if past else "否",
    }
    goals = [
        {"name": goal, "measure": measure, "start": str(start), "goal": str(start + gain), "nature": nature}
        for goal, measure, start, gain, nature in (
            ("常住人口城镇化率", "%", make.money(50, 60), 6, "预期性"),
            ("森林覆盖率", "%", make.money(20, 30), 2, "约束性"),
            ("每千人口执业（助理）医师数", "人", 2, 1, "预期性"),
        )
    ]
    stages: Record = {"text": filled(approved + timedelta(days=12))}
    if past:
        stages["mid"] = (
            filled(date(first + 2, 12, 8)) if number % 2 else {"state": "none", "note": "当年未单独编写报告"}
        )
    return record(values, stages=stages, goals=goals)


def admission(make: Inventor, number: int) -> Record:
    """A year of admission (招生入学日程)."""
    level = ("小学", "初中", "学前教育")[number % 3]
    plan = date(make.year, 6, 1) + timedelta(days=make.chance.randrange(0, 12))
    opened = plan + timedelta(days=35)
    closed, result = opened + timedelta(days=6), opened + timedelta(days=30)
    schools = [
        {
            "school": f"{name}{'幼儿园' if level == '学前教育' else '中学' if level == '初中' else '小学'}",
            "nature": "公办" if place % 3 else "普惠性民办",
            "area": f"{make.chance.choice(make.villages)}及周边，示例路以{'东' if place % 2 else '西'}",
            "places": str(make.money(3, 9) * 40),
            "address": f"示例路{place * 10}号",
            "phone": make.phone(),
        }
        for place, name in enumerate(make.few(SCHOOLS, 4, 7), start=1)
    ]
    values: dict[str, object] = {
        "year": make.year,
        "level": level,
        "plan_on": plan,
        "area_on": plan + timedelta(days=7),
        "open_on": opened,
        "close_on": closed,
        "result_on": result,
        "phone": make.phone(),
    }
    stages: Record = {
        "plan": filled(plan + timedelta(days=8)),
        "area": filled(plan + timedelta(days=15)),
        "steps": filled(plan + timedelta(days=8)),
    }
    if number % 2 == 0:
        stages["result"] = filled(result + timedelta(days=5))
    return record(values, stages=stages, schools=schools)


def registration(make: Inventor, number: int) -> Record:
    """A registration notice (不动产登记公告)."""
    formed = make.day(40, 280)
    start = formed + timedelta(days=2)
    items = [
        {
            "holder": make.name(),
            "place": make.chance.choice(make.villages),
            "area": str(make.money(60, 220)),
            "use": "农村宅基地／住宅",
        }
        for _ in range(make.chance.randrange(2, 8))
    ]
    values: dict[str, object] = {
        "number": f"示不动产公告〔{make.year}〕{number + 1}号",
        "kind": ("首次登记", "更正登记", "注销登记", "遗失声明")[number % 4],
        "formed_on": formed,
        "notice_from": start,
        "notice_until": start + timedelta(days=40),
        "objection": "有异议的，请在异议期内将书面材料送至区不动产登记中心；逾期没有异议的，予以登记。",
    }
    return record(values, stages={"notice": filled(start)}, items=items)


def accident(make: Inventor, number: int) -> Record:
    """An invented accident (事故调查处理)."""
    happened = date(make.year, 1, 5) + timedelta(days=make.chance.randrange(0, 90))
    report, approved = happened + timedelta(days=58), happened + timedelta(days=75)
    kind = ("机械伤害", "高处坠落", "物体打击")[number % 3]
    values: dict[str, object] = {
        "name": f"示例建材厂“{happened.month}·{happened.day}”{kind}事故",
        "level": "一般事故",
        "happened_on": happened,
        "place": f"{make.chance.choice(make.villages)}示例建材厂",
        "dead": 1,
        "injured": make.chance.randrange(0, 3),
        "loss": make.money(80, 160),
        "report_on": report,
        "approved_on": approved,
        "cause": "作业人员违反操作规程，现场安全管理不到位。",
    }
    stages: Record = {
        "team": filled(happened + timedelta(days=3)),
        "report": filled(approved + timedelta(days=10)),
        "blame": filled(approved + timedelta(days=14)),
    }
    handled = [
        {"who": "示例建材厂", "duty": "安全生产主体责任不落实", "result": "给予行政处罚，纳入重点监管"},
        {"who": "企业现场负责人", "duty": "未制止违章作业", "result": "由企业按规定处理"},
    ]
    mending = [
        {
            "what": "开展全员安全培训，完善操作规程",
            "body": "示例建材厂",
            "due_on": str(approved + timedelta(days=60)),
            "state": "已落实",
        },
        {
            "what": "对同类企业开展专项检查",
            "body": make.unit,
            "due_on": str(approved + timedelta(days=120)),
            "state": "部分落实",
        },
    ]
    return record(values, stages=stages, handled=handled, mending=mending)
