"""办理进度: the way of one edition to publication, drawn as steps with who and when."""

from dataclasses import dataclass
from datetime import datetime

from gongkai.documents.models import Edition, Review
from gongkai.documents.services.stages import stages_of
from gongkai.documents.states import EDITION, STAGES

STAGE_NAMES = {
    "unit_review": "单位审核",
    "secrecy": "保密审查",
    "legal": "合法性审核",
    "district": "区政务公开办审核",
    "countersign": "会签",
    "signing": "签发",
}
#: states in which the way through the reviews is over
PASSED = ("ready", "scheduled", "live", "superseded", "withdrawn")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way (环节): ``done``, ``now``, ``back`` or ``next``."""

    label: str
    standing: str
    by: str = ""
    at: datetime | None = None
    remark: str = ""
    proofread: bool = False


def steps_of(edition: Edition, reviews: list[Review]) -> list[Step]:
    """The steps of this edition (办理进度): the reviews that it needs, this round's with their people."""
    told = {row.stage: row for row in reviews if row.round == edition.round}
    begun = "now" if edition.state in ("draft", "returned") else "done"
    steps = [Step("起草", begun, str(edition.written_by))]
    steps += [_step(edition, stage, told.get(stage)) for stage in _needed(edition, told)]
    return [*steps, _last(edition)]


def _needed(edition: Edition, told: dict[str, Review]) -> list[str]:
    """What is still needed, with what was done already although the facts ask for it no longer."""
    wanted = {*stages_of(edition), *told, *([edition.state] if edition.state in STAGES else [])}
    return [stage for stage in STAGES if stage in wanted]


def _step(edition: Edition, stage: str, row: Review | None) -> Step:
    name = STAGE_NAMES[stage]
    if row:
        standing = "done" if row.passed else "back"
        return Step(name, standing, str(row.by), row.at, row.remark, row.proofread)
    if edition.state == stage:
        return Step(name, "now")
    over = edition.state in PASSED or (
        edition.state in STAGES and STAGES.index(stage) < STAGES.index(edition.state)
    )
    return Step(name, "done" if over else "next")


def _last(edition: Edition) -> Step:
    if edition.live_from:
        return Step("发布", "done", at=edition.live_from)
    if edition.state in ("ready", "scheduled"):
        return Step(EDITION.states[edition.state], "now", at=edition.publish_at)
    return Step("发布", "next")
