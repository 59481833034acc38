"""发布关口: what an edition must have before it goes on; data, so that pages, acts and counts agree."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from gongkai.accounts.guards import permit, said
from gongkai.accounts.models import Role, User
from gongkai.audit.services import record
from gongkai.documents.models import Edition, Override
from gongkai.documents.services import conditions
from gongkai.documents.services.checks import Found, check_edition
from gongkai.documents.services.guards import writers
from gongkai.rules.attribute import AT_SOURCE
from gongkai.rules.law import REGULATION, Article, Refused


class Weight(StrEnum):
    """How a gate holds (关口轻重)."""

    GRAVE = "grave"
    STOP = "stop"
    HINT = "hint"


WEIGHTS = {Weight.GRAVE: "不得放行", Weight.STOP: "说明理由后可放行", Weight.HINT: "提示"}


def nothing(_edition: Edition) -> list[str]:
    """No condition of its own (无)."""
    return []


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate (关口): what it asks, how it holds, its article, and how it is looked at.

    *finds* picks its own among the findings of the content, which is looked through once for all gates;
    *returns* marks what is sent back to the writer as 退文 when a draft is submitted.
    """

    code: str
    label: str
    weight: Weight
    check: Callable[[Edition], list[str]] = nothing
    cite: Article | None = None
    returns: bool = False
    finds: Callable[[Found], bool] | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What a gate found in an edition (问题), and whether somebody let it pass with a remark."""

    gate: Gate
    text: str
    overridden: bool

    @property
    def stops(self) -> bool:
        """Whether the edition may not go on because of it (是否拦下)."""
        return self.gate.weight is Weight.GRAVE or (self.gate.weight is Weight.STOP and not self.overridden)


GATES = (
    Gate(
        "attribute",
        "公开属性源头认定",
        Weight.GRAVE,
        conditions.attribute,
        AT_SOURCE,
        returns=True,
    ),
    Gate("reading", "政策解读同步", Weight.STOP, conditions.reading, conditions.READING, returns=True),
    Gate(
        "personal_data",
        "个人信息",
        Weight.STOP,
        cite=conditions.PRIVACY,
        finds=conditions.personal_data,
    ),
    Gate("wrong_words", "错敏词", Weight.STOP, finds=conditions.wrong_words),
    Gate("alt_text", "图片说明", Weight.STOP, conditions.alt_text, conditions.ACCESS),
    Gate("table_headers", "表格表头", Weight.STOP, conditions.table_headers, conditions.ACCESS),
    Gate("structured", "结构化内容", Weight.STOP, conditions.structured),
    Gate("column_kind", "栏目体裁", Weight.STOP, conditions.column_kind),
    Gate("column", "归入栏目", Weight.HINT, conditions.column),
    Gate("together", "解读同步发布", Weight.HINT, conditions.together, conditions.READING),
    Gate("reviewers", "审核人员", Weight.HINT, conditions.reviewers),
    Gate("term", "有效期", Weight.HINT, conditions.term),
    Gate("attachments", "附件可读", Weight.HINT, conditions.attachments),
    Gate("two_persons", "起草与审核分开", Weight.STOP, conditions.alone, REGULATION.article("第十七条")),
    Gate("proofread", "三审三校", Weight.HINT, conditions.proofread),
)
BY_CODE = {gate.code: gate for gate in GATES}


def faults(
    edition: Edition, *, gates: Iterable[Gate] = GATES, content: Sequence[Found] | None = None
) -> list[Fault]:
    """What the gates find in an edition (关口检查), the gravest first; *content* is what the checks found."""
    passed, content = overridden(edition), check_edition(edition) if content is None else content
    found = [
        Fault(gate, text, gate.code in passed) for gate in gates for text in _texts(gate, edition, content)
    ]
    return sorted(found, key=lambda fault: list(Weight).index(fault.gate.weight))


def _texts(gate: Gate, edition: Edition, content: Sequence[Found]) -> list[str]:
    if gate.finds:
        return conditions.told([each for each in content if gate.finds(each)])
    return gate.check(edition)


def overridden(edition: Edition) -> set[str]:
    """The gates that somebody let this edition pass (已放行的关口)."""
    return set(edition.overrides.values_list("gate", flat=True))


def stop_at_gates(edition: Edition) -> None:
    """Refuse to let an edition go on while a gate holds it (过关), with all reasons in one sentence."""
    held = [fault for fault in faults(edition) if fault.stops]
    if not held:
        return
    returned = "退文：" if any(fault.gate.returns for fault in held) else ""
    raise Refused(returned + "；".join(fault.text for fault in held), held[0].gate.cite)


@transaction.atomic
def override(edition: Edition, gate: str, *, remark: str, by: User, at: datetime) -> Override:
    """Let an edition pass a gate against its warning (例外放行): by head or office, with a remark."""
    wanted = BY_CODE.get(gate)
    if wanted is None or wanted.weight is not Weight.STOP:
        raise Refused("这一关口不能放行" if wanted else "没有这一关口", wanted.cite if wanted else None)
    permit(by, {Role.APPROVER, Role.OFFICE}, edition.paper.unit)
    reason = said(remark, "放行理由")
    kept, _ = Override.objects.update_or_create(
        edition=edition, gate=gate, defaults={"remark": reason, "by": by, "at": at}
    )
    record(edition, "例外放行", by=by, note=f"{wanted.label}：{reason}")
    return kept


def other_hand(edition: Edition, by: User, act: str) -> None:
    """Refuse that a writer reviews or signs alone (起草与审核分开), unless that was let pass."""
    if by.pk in writers(edition) and "two_persons" not in overridden(edition):
        raise Refused(f"参与起草的人不能{act}自己的稿件，请由他人办理", BY_CODE["two_persons"].cite)
