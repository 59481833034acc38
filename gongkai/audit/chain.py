"""留痕链: how a trace is chained to the one before, and how a broken chain is found."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.db import transaction

from gongkai.audit.models import ChainHead, Trace

CHUNK = 2000  # rows in memory at a time


def lasting(value: object) -> Any:
    """*value* as any database gives it back from JSON (定形): text, whole numbers, yes and no, lists, maps.

    >>> from datetime import date
    >>> lasting({"due": date(2021, 3, 1), 2: (1.5, None)})
    {'due': '2021-03-01', '2': ['1.5', None]}
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {clean(str(key)): lasting(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [lasting(each) for each in value]
    return clean(str(value))


def clean(text: str) -> str:
    """*text* without what PostgreSQL cannot hold (清洗): null bytes and halves of letters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def link(previous: str, trace: Trace) -> str:
    """The hash (SHA-256, hex) of *trace* chained to the one before (校验值)."""
    content = [
        trace.number,
        trace.at.astimezone(UTC).isoformat(timespec="microseconds"),
        trace.actor_id,
        trace.actor_name,
        trace.unit_id,
        trace.actor_unit,
        trace.subject_kind,
        trace.subject_id,
        trace.subject_name,
        trace.act,
        trace.note,
        trace.facts,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check found (校验结果): how many links hold, the last hash, and the first fault if any."""

    count: int
    hash: str
    broken_at: int | None = None
    reason: str = ""

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return self.broken_at is None

    def __str__(self) -> str:
        if self.whole:
            return f"留痕链完整：共{self.count}条，末条校验值{self.hash or '（空）'}"
        return f"留痕链在第{self.broken_at}号处断开：{self.reason}"


def verify(anchor: tuple[int, str] | None = None) -> Verdict:
    """Walk the whole chain in order (校验), in constant memory, and report the first broken link.

    *anchor* is a number and the hash that was noted down for it elsewhere: it also shows a chain that
    somebody rewrote from end to end.
    """
    before = _head()  # read first: acts that are recorded meanwhile lie beyond it and are not judged
    count, previous = 0, ""
    for trace in _links(up_to=before.number):
        fault = _fault(trace, count + 1, previous)
        if anchor and trace.number == anchor[0] and trace.hash != anchor[1]:
            fault = fault or "校验值与事先抄存的不一致，整条链可能被重写"
        if fault:
            return Verdict(count, previous, min(trace.number, count + 1), fault)
        count, previous = trace.number, trace.hash
    return _ending(before, count, previous, anchor)


def _head() -> ChainHead:
    return ChainHead.objects.filter(pk=1).first() or ChainHead(number=0, hash="")


def _links(up_to: int) -> Iterator[Trace]:
    with transaction.atomic():
        yield from Trace.objects.filter(number__lte=up_to).order_by("number").iterator(chunk_size=CHUNK)


def _fault(trace: Trace, expected: int, previous: str) -> str:
    """What is wrong with one link, or nothing."""
    if trace.number > expected:
        return f"缺少第{expected}号至第{trace.number - 1}号，记录可能被删除"
    if trace.number < expected:
        return "序号重复或倒退，记录可能被插入"
    if trace.previous_hash != previous:
        return "与前一条不相接，记录可能被插入、替换或调换顺序"
    if trace.hash != link(previous, trace):
        return "内容与校验值不符，记录可能被改动"
    return ""


def _ending(before: ChainHead, count: int, previous: str, anchor: tuple[int, str] | None) -> Verdict:
    """Whether the chain ends where its head says."""
    after = _head()
    beyond = Trace.objects.filter(number__gt=after.number).order_by("number").first()
    if count < before.number:
        return Verdict(count, previous, count + 1, f"链首登记到第{before.number}号，末尾的记录可能被删除")
    if previous != before.hash:
        return Verdict(count, previous, count, "末条校验值与链首登记的不一致")
    if beyond:
        return Verdict(count, previous, beyond.number, "记录超出链首登记的范围，可能被插入")
    if anchor and anchor[0] > count:
        return Verdict(count, previous, count + 1, f"事先抄存到第{anchor[0]}号，末尾的记录可能被删除")
    return Verdict(count, previous)
