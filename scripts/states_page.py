"""状态表: writes docs/states.md from the tables of acts; a test keeps the page true.

python -m scripts.states_page > docs/states.md
"""

from collections.abc import Iterator

from gongkai.ledger import states
from gongkai.rules.flow import Flow

ROLES = {"officer": "信息员", "approver": "单位负责人", "office": "区政务公开办"}
FLOWS = {
    "Report (报送)": states.REPORT,
    "Extension (延期)": states.EXTENSION,
    "Supervision (督办)": states.SUPERVISION,
    "Look-back entry (回头看)": states.LOOKBACK,
    "Import (导入)": states.IMPORT,
    "Plan (要点)": states.PLAN,
}
HEAD = """# States and acts of the ledger

Written by `python -m scripts.states_page` from `gongkai/ledger/states.py`; do not edit by hand.
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


def page() -> str:
    """The whole page as Markdown."""
    standings = "".join(f"| {states.STANDINGS[each]} `{each}` | {when} |\n" for each, when in WHEN.items())
    return HEAD + standings + TAIL + "".join(f"\n{chapter(name, flow)}" for name, flow in FLOWS.items())


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
            if source in act.sources:
                yield f"    {source} --> {act.target or source} : {act.label}"
    yield "```"


def _table(flow: Flow) -> Iterator[str]:
    yield "| Act | From | To | Who |"
    yield "|---|---|---|---|"
    for act in flow:
        sources = "、".join(label for code, label in flow.states.items() if code in act.sources)
        who = "、".join(label for role, label in ROLES.items() if role in act.roles)
        target = flow.states[act.target] if act.target else "不变"
        yield f"| {act.label} `{act.code}` | {sources} | {target} | {who} |"


if __name__ == "__main__":
    print(page(), end="")
