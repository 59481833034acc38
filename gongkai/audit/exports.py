"""留痕导出: a filtered trail as rows of a sheet, or as lines of JSON that others can check."""

import json
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from gongkai.audit.chain import CHUNK
from gongkai.audit.models import Trace, TraceQuerySet
from gongkai.audit.wording import readable

HEADINGS = (
    "序号",
    "时间",
    "操作人",
    "单位",
    "对象种类",
    "对象编号",
    "对象名称",
    "操作",
    "说明",
    "变化",
    "校验值",
)


def rows(traces: TraceQuerySet) -> Iterator[tuple[Any, ...]]:
    """One row for each act (表格行), oldest first, after the headings."""
    yield HEADINGS
    for trace in traces.order_by("number").iterator(chunk_size=CHUNK):
        yield (
            trace.number,
            timezone.localtime(trace.at).strftime("%Y-%m-%d %H:%M:%S"),
            trace.actor_name,
            trace.actor_unit,
            trace.subject_label,
            trace.subject_id,
            trace.subject_name,
            trace.act,
            trace.note,
            "；".join(readable(trace)),
            trace.hash,
        )


def lines(traces: TraceQuerySet) -> Iterator[str]:
    """One JSON object for each act (逐行 JSON), oldest first, with all that its hash is made of."""
    names = [field.attname for field in Trace._meta.concrete_fields if field.attname != "id"]
    for trace in traces.order_by("number").iterator(chunk_size=CHUNK):
        found = {name: getattr(trace, name) for name in names}
        yield json.dumps({**found, "at": trace.at.isoformat()}, ensure_ascii=False) + "\n"
