"""结构化内容: values, rows and stages of a draft are set, imported, masked and checked."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import transaction

from gongkai.accounts.models import User
from gongkai.documents.models import Content, Edition
from gongkai.documents.services.papers import edit_edition
from gongkai.rules.law import Refused
from gongkai.rules.structured import (
    Declaration,
    Fault,
    Record,
    Values,
    declaration,
    declarations,
    masked,
    normalise,
    rows_of,
    shown_until,
    validate,
)

#: so many faults are told one by one
TOLD = 100


def declared_kinds() -> list[tuple[str, str]]:
    """The kinds of structured papers to choose from (结构化样式), by code and name."""
    return [(code, each.name) for code, each in declarations().items()]


def declared(edition: Edition) -> Declaration:
    """The kind of an edition (样式); refused where it has none."""
    known = declaration(edition.form)
    if known is None:
        raise Refused("这份稿件没有选择结构化样式")
    return known


def record_of(edition: Edition) -> Record:
    """What is on file for an edition (结构化内容), in canonical form."""
    known = declaration(edition.form)
    if known is None:
        return {"values": {}, "rows": {}, "stages": {}}
    content = Content.objects.filter(edition=edition).first()
    return normalise(known, content.record if content else {})[0]


@transaction.atomic
def set_record(
    edition: Edition, *, values: Mapping[str, Any], by: User, version: int | None = None
) -> Edition:
    """Keep a whole record (保存结构化内容): canonical; what does not fit stays as typed and is a fault."""
    known = declared(edition)
    record, _faults = normalise(known, values)
    elements: dict[str, Any] = {}
    if known.show:
        elements["shown_until"] = shown_until(known, record)
    return edit_edition(edition, by=by, version=version, record=record, **elements)


@transaction.atomic
def set_head(
    edition: Edition,
    *,
    values: Mapping[str, Any],
    stages: Mapping[str, Any],
    by: User,
    version: int | None = None,
) -> Edition:
    """Keep the head and the stages; rows stay (保存表头和环节)."""
    record = record_of(edition)
    record |= {"values": dict(values), "stages": dict(stages)}
    return set_record(edition, values=record, by=by, version=version)


@transaction.atomic
def set_rows(
    edition: Edition, *, table: str, rows: Sequence[Values], by: User, version: int | None = None
) -> Edition:
    """Keep the rows of one table; the rest stays (保存明细)."""
    known = declared(edition)
    found = known.table(table)
    if found is None:
        raise Refused("这种样式没有这张明细表")
    if len(rows) > found.most:
        raise Refused(f"“{found.label}”最多{found.most}行，现在有{len(rows)}行，请分成几件发布")
    record = record_of(edition)
    record["rows"][table] = [dict(row) for row in rows]
    return set_record(edition, values=record, by=by, version=version)


def import_rows(
    edition: Edition, *, table: str, checked: Sequence[Values], by: User, append: bool = False
) -> Edition:
    """Put faultless rows of a sheet into a table (导入明细): instead of its own, or after them."""
    rows = [*(rows_of(record_of(edition), table) if append else ()), *checked]
    return set_rows(edition, table=table, rows=rows, by=by)


def mask_record(edition: Edition, *, by: User) -> Edition:
    """Mask all personal data of the record at once (一键脱敏)."""
    return set_record(edition, values=masked(declared(edition), record_of(edition)), by=by)


def record_found(edition: Edition) -> list[Fault]:
    """Everything that stands against publication of the record (核对结果)."""
    known = declaration(edition.form)
    if known is None:
        return []
    content = Content.objects.filter(edition=edition).only("record").first()
    return list(_validated(known.code, json.dumps(content.record if content else {})))


@lru_cache(maxsize=4)
def _validated(form: str, record: str) -> tuple[Fault, ...]:
    """The faults of a record; one page asks several times, and a long list takes seconds to look through."""
    known = declaration(form)
    return tuple(validate(known, json.loads(record))) if known else ()


def record_faults(edition: Edition) -> list[str]:
    """For the gates: what is missing or does not add up (结构化内容核对)."""
    return _told([each for each in record_found(edition) if not each.private], "处问题")


def record_exposures(edition: Edition) -> list[str]:
    """For the gates: personal data that is not masked (结构化内容脱敏)."""
    return _told([each for each in record_found(edition) if each.private], "处个人信息没有脱敏")


def _told(found: Sequence[Fault], what: str) -> list[str]:
    """A few of the faults in full; of many, how many there are."""
    if len(found) <= FEW:
        return [each.text for each in found]
    return [*(each.text for each in found[:FEW]), f"还有{len(found) - FEW}{what}"]


FEW = 5
