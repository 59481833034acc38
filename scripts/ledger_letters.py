"""台账公文模板: writes the templates of the ledger's letters anew; run it after a change of the wording here.

python -m scripts.ledger_letters [FOLDER]
"""

import sys
from pathlib import Path

from gongkai.frame.paper import Paper

FOLDER = Path(__file__).resolve().parent.parent / "gongkai" / "ledger" / "letters"


def supervision() -> Paper:
    """督办通知单."""
    paper = Paper()
    paper.title("督办通知单")
    paper.number("{{ number }}")
    paper.addressee("{{ unit }}：")
    paper.body("经查，你单位承担的{{ plans }}中，下列{{ count }}项任务未按要求落实，现予督办。")
    paper.table(
        ("序号", "工作任务", "完成时限", "落实状态", "逾期天数"),
        (
            "{{ task.number }}",
            "{{ task.text }}",
            "{{ task.due_on|date_zh }}",
            "{{ task.standing }}",
            "{% if task.late %}{{ task.late }}天{% else %}未逾期{% endif %}",
        ),
        loop="task in tasks",
        widths=(14, 74, 28, 20, 20),
    )
    paper.heading("督办要求")
    paper.body("{{ demand }}")
    paper.body("请于{{ answer_by|date_zh }}前，将整改情况经单位负责人审核后反馈。联系电话：{{ phone }}。")
    paper.signature("{{ office }}", "{{ opened_on|date_zh }}")
    return paper


def lookback() -> Paper:
    """回头看报告."""
    paper = Paper()
    paper.title("关于{{ plan }}落实情况回头看的报告")
    paper.body(
        "自{{ started_on|date_zh }}起，对《{{ plan }}》中有明确责任主体和时限要求的任务逐项核查。"
        "截至{{ today|date_zh }}，情况如下。"
    )
    paper.heading("一、总体情况")
    paper.body(
        "应核查{{ total }}项。其中，核查属实{{ verified }}项，责令整改中{{ ordered }}项，"
        "已整改待复核{{ mended }}项，尚未核查{{ unchecked }}项。"
        "{% if late %}责令整改的事项中，已超过整改时限的{{ late }}项。{% endif %}"
    )
    paper.heading("二、逐项情况")
    paper.table(
        ("序号", "任务", "责任单位", "结论", "核查情况", "整改时限"),
        (
            "{{ entry.place }}",
            "{{ entry.task }}",
            "{{ entry.unit }}",
            "{{ entry.state }}",
            "{{ entry.finding }}",
            "{{ entry.mend_by }}",
        ),
        loop="entry in entries",
        widths=(12, 46, 24, 20, 34, 20),
    )
    paper.signature("{{ office }}", "{{ today|date_zh }}")
    return paper


def main(folder: Path) -> None:
    """Write both templates."""
    supervision().save(folder / "supervision.docx")
    lookback().save(folder / "lookback.docx")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
