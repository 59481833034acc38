"""Papers made up from the patterns of real titles: the same number gives the same papers."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from gongkai.search.entry import Entry

TITLES = (
    (Path(__file__).parent.parent / "tests" / "data" / "policy_titles.txt").read_text("utf-8").splitlines()
)
#: what titles are about: the stretch between 关于 and the kind
MATTERS = sorted(
    {
        found[1]
        for title in TITLES
        if (
            found := re.search(r"(?:关于|印发)《?(.{4,24}?)》?(?:的|（|(?:办法|规定|方案|意见|条例)$)", title)
        )
    }
)
KINDS = (
    ("通知", "notice"), ("意见", "opinion"), ("办法", "rules"), ("公告", "announcement"), ("方案", "plan"),
    ("批复", "reply"), ("公示", "publicity"), ("解读", "reading"), ("决定", "decision"), ("报告", "report"),
)  # fmt: skip
UNITS = (
    "区教育局", "区民政局", "区财政局", "区审计局", "区司法局", "区统计局", "区体育局", "区住房和城乡建设局",
    "区人力资源和社会保障局", "区农业农村局", "区卫生健康局", "区应急管理局",
)  # fmt: skip
THINGS = (
    "就业补贴", "低保", "社会保险", "义务教育", "食品安全", "安全生产", "老旧小区改造", "农村公路",
    "高龄津贴", "医疗救助", "创业担保贷款", "营商环境", "污水处理", "扬尘治理", "养老服务", "5G基站",
    "行政许可", "行政处罚", "招标采购", "公租房", "耕地保护", "防汛抗旱", "疫情防控", "残疾人", "退役军人",
)  # fmt: skip
SENTENCES = (
    "为深入贯彻落实{matter}，结合我区实际，制定本{kind}。",
    "各镇人民政府、街道办事处，区政府各部门、各直属单位：",
    "{year}年第{quarter}季度，全区{thing}资金支出{amount}万元，同比增长{share}%。",
    "由{unit}牵头，{other}配合，于{year}年{month}月底前完成{thing}相关工作。",
    "符合条件的，按每人每月{amount}元标准发放{thing}，不得重复享受。",
    "（{number}）加强对{thing}、{thing2}的监督检查，发现问题及时办理。",
    "依据《{matter}》（枣政办发〔{year}〕{serial}号）执行。",
    "申请人应当提交身份证明、{thing}申请表等材料，{unit}自受理之日起{number}个工作日内办结。",
    "本{kind}自{year}年{month}月1日起施行，有效期{number}年。",
    "{matter}工作列入年度考核，由区政府督查室负责督办。",
)
FIRST = date(2012, 1, 1)
RARE = 500  # one paper in so many holds a word that hardly any other has


def papers(count: int, *, seed: int = 1, start: int = 1) -> Iterator[Entry]:
    """So many papers (生成的信息), numbered from *start*."""
    for key in range(start, start + count):
        yield paper(Random(seed * 10_000_019 + key), key)


def paper(chance: Random, key: int) -> Entry:
    """One paper; common words are common, and one in a few hundred has a rare one."""
    kind, sort = KINDS[min(int(chance.expovariate(0.5)), len(KINDS) - 1)]
    day = FIRST + timedelta(days=chance.randrange(3600))
    unit = min(int(chance.expovariate(0.25)), len(UNITS) - 1)
    words = _words(chance, kind, day.year)
    title = f"{UNITS[unit]}关于{words['matter']}{words['thing'] if chance.random() < 0.4 else ''}的{kind}"
    if chance.random() < 0.2:
        title = f"{day.year}年{title}"
    return Entry(
        noun="paper",
        key=key,
        title=title,
        text=_text(chance, kind, day.year, key),
        number=f"枣政办发〔{day.year}〕{words['serial']}号" if sort in ("notice", "rules") else "",
        code=f"11370402MB{key:08d}/{day.year}-{key % 100_000:05d}",
        unit=unit + 1,
        sort=sort,
        theme=chance.randrange(22) + 1,
        year=day.year,
        day=(day - date(1970, 1, 1)).days * 86400 + key % 86400,
        standing="valid" if chance.random() < 0.8 else "repealed",
        columns=(chance.randrange(40) + 1, chance.randrange(40) + 1),
    )


def _text(chance: Random, kind: str, year: int, key: int) -> str:
    sentences = [
        chance.choice(SENTENCES).format(**_words(chance, kind, year)) for _ in range(chance.randrange(6, 26))
    ]
    if key % RARE == 0:
        sentences.append(f"涉及{chance.choice('甲乙丙丁')}{chance.choice('戊己庚辛')}滩湿地保护。")
    return "\n".join(sentences)


def _words(chance: Random, kind: str, year: int) -> dict[str, object]:
    return {
        "matter": chance.choice(MATTERS),
        "kind": kind,
        "year": year,
        "quarter": chance.randrange(1, 5),
        "month": chance.randrange(1, 13),
        "thing": chance.choice(THINGS),
        "thing2": chance.choice(THINGS),
        "amount": chance.randrange(20, 9000),
        "share": round(chance.random() * 30, 1),
        "unit": chance.choice(UNITS),
        "other": chance.choice(UNITS),
        "number": chance.randrange(1, 30),
        "serial": chance.randrange(1, 200),
    }


FIXED = (
    "2019年",
    "〔2015〕12号",
    "补贴",
    "第3季度",
    "5G",
    "办",
    "低保",
    "局",
    "号",
    "区",
    "社会保险",
    "5G基站",
)


def probes(count: int, entries: list[Entry], *, seed: int = 7) -> list[str]:
    """Words to look for (探针词): fixed ones, and pieces cut out of the texts wherever they fall."""
    chance = Random(seed)
    found = dict.fromkeys(FIXED)
    while len(found) < count:
        entry = chance.choice(entries)
        text = chance.choice((entry.title, entry.text, entry.text))
        stretches = re.findall(r"[一-鿿]{2,}(?:\d+[一-鿿]+)?", text)
        if not stretches:
            continue
        stretch = chance.choice(stretches)
        size = chance.choice((1, 2, 2, 2, 3, 4, 6))
        at = chance.randrange(max(1, len(stretch) - size + 1))
        piece = stretch[at : at + size]
        if not re.search(r"\d", piece):
            found[piece] = None
    return list(found)
