"""状态表: writes docs/states.md from the tables of acts; a test keeps the page true.

python -m scripts.states_page > docs/states.md
"""

from collections.abc import Iterator, Mapping

from gongkai.documents import states as papers
from gongkai.ledger import states
from gongkai.rules.flow import Act, Flow

ROLES = {
    "officer": "信息员",
    "approver": "单位负责人",
    "secrecy": "保密审查员",
    "legal": "合法性审核员",
    "office": "区政务公开办",
    "administrator": "系统管理员",
}
FLOWS = {
    "Report (报送)": states.REPORT,
    "Extension (延期)": states.EXTENSION,
    "Supervision (督办)": states.SUPERVISION,
    "Look-back entry (回头看)": states.LOOKBACK,
    "Import (导入)": states.IMPORT,
    "Plan (要点)": states.PLAN,
}
PAPERS = {
    "Paper (政府信息)": papers.PAPER,
    "Edition (版本)": papers.EDITION,
    "Countersignature (会签)": papers.COUNTERSIGN,
    "Erratum (纠错)": papers.ERRATUM,
    "Clean-up (文件清理)": papers.CLEANUP,
    "Import of an older site (迁移导入)": papers.LEGACY,
}
HEAD = """# States and acts

Written by `python -m scripts.states_page` from `gongkai/ledger/states.py` and `gongkai/documents/states.py`;
do not edit by hand.
Guards, buttons, tests and these pictures all come from the same tables.

## How an assignment stands (落实状态)

Nobody types it. `gongkai/ledger/standing.py` derives it from the dated reports; `refresh` stores the result:

| Standing | When |
|---|---|
"""
WHEN = {
    states.Standing.WAITING: "nothing has been signed by the unit and sent to the office",
    states.Standing.CHECKING: "a signed report waits for the office",
    states.Standing.RETURNED: "the latest decision was a return, and the report is not signed again yet",
    states.Standing.WORKING: "the latest decision accepted progress",
    states.Standing.DONE: "a completing report is accepted; for a cyclic task, every step is",
}
TAIL = """
The day on which the unit's approver signed the completing report is the day of completion: in time is judged
by that day, not by the day of acceptance. The deadline is the next open step's, else the task's; a granted
extension moves the very deadline that it was asked for. Overdue is worked out when a page is read
and is never stored; a report that was signed in time and waits for the office is not overdue.
The writer of a report may sign it only when he or she also holds the approver's post; the trace then says so.
"""
NEXT = """
# Papers (政府信息)

A paper has one address for good; what it says stands in its editions: at most one draft, at most one live.
Which reviews an edition needs is worked out by `gongkai/documents/services/stages.py`, always in this order:

| Review | When |
|---|---|
| 单位审核 | always; not by somebody who wrote |
| 保密审查 | always, before every publication (条例第十七条) |
| 合法性审核 | 行政规范性文件 (国办发〔2018〕115号); by the own body, else the one named |
| 区级审核 | made for the district government; or a normative paper, not to be public |
| 会签 | when other units were asked |
| 签发 | always; not by somebody who wrote |

An edition that goes live supersedes the one before it in the same transaction. Removing a paper withdraws its
live edition; a new edition or restoring brings it back. Whether a paper is in force is no state of this
table: `gongkai/rules/validity.py` works it out from days and relations.
"""


def page() -> str:
    """The whole page as Markdown."""
    standings = "".join(f"| {states.STANDINGS[each]} `{each}` | {when} |\n" for each, when in WHEN.items())
    return HEAD + standings + TAIL + chapters(FLOWS) + NEXT + chapters(PAPERS)


def chapters(flows: Mapping[str, Flow]) -> str:
    """Several nouns, one after the other."""
    return "".join(f"\n{chapter(name, flow)}" for name, flow in flows.items())


def chapter(name: str, flow: Flow) -> str:
    """One noun: a picture of its states and the table of its acts."""
    return "\n".join([f"## {name}", "", *_picture(flow), "", *_table(flow), ""])


def _picture(flow: Flow) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield from (f"    {code} : {label}" for code, label in flow.states.items())
    yield f"    [*] --> {next(iter(flow.states))}"
    for act in flow:
        for source in flow.states:
            targets = [each for each in _targets(flow, act) if each != source] or [source]
            if source in act.sources:
                yield from (f"    {source} --> {target} : {act.label}" for target in targets)
    yield "```"


def _targets(flow: Flow, act: Act) -> list[str]:
    """Where an act may lead, the usual state first."""
    return [each for each in (act.target, *sorted(act.others, key=list(flow.states).index)) if each]


def _table(flow: Flow) -> Iterator[str]:
    yield "| Act | From | To | Who |"
    yield "|---|---|---|---|"
    for act in flow:
        sources = "、".join(label for code, label in flow.states.items() if code in act.sources)
        who = "、".join(label for role, label in ROLES.items() if role in act.roles)
        target = "、".join(flow.states[each] for each in _targets(flow, act)) or "不变"
        yield f"| {act.label} `{act.code}` | {sources} | {target} | {who} |"


if __name__ == "__main__":
    print(page(), end="")
