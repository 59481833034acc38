"""政府信息的检索来源: what stands on the site, with its text and that of its attachments."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Value
from django.db.models.functions import Coalesce, Substr
from django.utils import timezone

from gongkai.agencies.models import Unit
from gongkai.documents.models import (
    Attachment,
    AttachmentText,
    Attribute,
    Column,
    Paper,
    Sort,
    Standing,
    Theme,
)
from gongkai.documents.records import plain_text
from gongkai.frame.dates import date_zh
from gongkai.frame.today import today
from gongkai.search.entry import CURRENT, LESSENED, Entry
from gongkai.search.passages import LOOKED_THROUGH
from gongkai.search.sources import Shown, Source

NOUN = "paper"
#: of one paper: what stands behind so much text is found by its title and by the text before it
LONGEST = 300_000
#: of the tables of a structured paper so many rows are looked through for a passage
ROWS = 300
OUT_OF_FORCE = frozenset({Standing.REPEALED, Standing.EXPIRED})


def fetch(keys: Sequence[int]) -> Iterator[Entry]:
    """The entries of those papers that the public may find (检索条目)."""
    papers = list(_public().filter(pk__in=keys).prefetch_related("columns"))
    texts = _texts(papers)
    for paper in papers:
        yield _entry(paper, texts.get(paper.pk, ()))


def _public() -> Any:
    shown = Paper.objects.public(today()).filter(live__isnull=False)
    hidden = (Attribute.REQUEST, Attribute.CLOSED)
    return shown.exclude(attribute__in=hidden).select_related("live__content", "unit")


def _entry(paper: Paper, texts: Iterable[tuple[str, str]]) -> Entry:
    parts = (paper.summary, paper.issuers, *(f"{name}\n{text}" for name, text in texts))
    return Entry(
        noun=NOUN,
        key=paper.pk,
        title=paper.title,
        text="\n".join(filter(None, parts))[:LONGEST],
        number=paper.number,
        code=paper.code,
        keywords=paper.keywords,
        unit=paper.unit_id,
        sort=paper.sort,
        theme=paper.theme_id,
        year=paper.year,
        day=int(paper.published_at.timestamp()) if paper.published_at else 0,
        standing=paper.standing,
        columns=tuple(column.pk for column in paper.columns.all()),
        weight=LESSENED if paper.standing in OUT_OF_FORCE else CURRENT,
    )


def _texts(papers: Sequence[Paper], most: int = LONGEST) -> dict[int, list[tuple[str, str]]]:
    """The text of each paper and of its attachments, as (place, text) (全文); of each so many signs."""
    found = {paper.pk: [("正文", _said(paper))] for paper in papers}
    owner = {paper.live_id: paper.pk for paper in papers}
    attached = list(
        Attachment.objects.filter(edition__in=owner, inline=False).values_list("edition", "title", "sha256")
    )
    texts = AttachmentText.objects.filter(pk__in={sha256 for _, _, sha256 in attached})
    read = dict(texts.values_list("pk", Substr("text", 1, most)))
    for edition, title, sha256 in attached:
        text = read.get(sha256, "")
        # lines of a page or a sheet break in the middle of words
        found[owner[edition]].append((f"附件“{title}”", text.replace("\n", " ")))
    return found


def _said(paper: Paper) -> str:
    """The text, and of a structured paper what its page shows today: masked, without rows that are over.

    For a passage the first of the text and of the rows must do: ``said`` holds what was read of the text.
    """
    edition = paper.live
    if edition is None:
        return ""
    content, begun = getattr(edition, "content", None), getattr(paper, "said", None)
    most = None if begun is None else ROWS
    record = plain_text(edition, today=today(), content=content, most=most) if edition.form else ""
    text = begun if begun is not None else content.text if content else ""
    return "\n".join(filter(None, (text, record)))


def keys(after: int, most: int) -> list[int]:
    """The next keys in their order (逐批取主键)."""
    return list(_public().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:most])


def count() -> int:
    """How many can be found (可检索条数)."""
    return int(_public().count())


def show(keys: Sequence[int]) -> dict[int, Shown]:
    """What a page of results says about each (结果条目)."""
    light = _public().defer("live__content__html", "live__content__text")
    begun = Coalesce(Substr("live__content__text", 1, LOOKED_THROUGH), Value(""))
    papers = list(light.filter(pk__in=keys).annotate(said=begun))
    texts = _texts(papers, LOOKED_THROUGH)
    return {paper.pk: _shown(paper, texts[paper.pk]) for paper in papers}


def _shown(paper: Paper, texts: Sequence[tuple[str, str]]) -> Shown:
    day = timezone.localdate(paper.published_at) if paper.published_at else None
    facts = (
        ("发文字号", paper.number),
        ("发布机构", str(paper.unit)),
        ("发布日期", date_zh(day) if day else ""),
        ("体裁", paper.get_sort_display()),
    )
    return Shown(
        title=paper.title,
        url=paper.get_absolute_url(),
        passages=(("概述", paper.summary), *texts),
        facts=tuple((label, value) for label, value in facts if value),
        published_at=paper.published_at,
        standing=paper.standing,
        standing_label=paper.get_standing_display(),
    )


def labels(name: str, values: Sequence[Any]) -> dict[object, str]:
    """What the values of a filter are called (筛选项名称)."""
    if name in ("sort", "standing"):
        known = dict(Sort.choices if name == "sort" else Standing.choices)
        return {value: known[value] for value in values if value in known}
    if name == "year":
        return {value: f"{value}年" for value in values}
    models: dict[str, Any] = {"unit": Unit, "theme": Theme, "column": Column}
    return {key: str(row) for key, row in models[name].objects.in_bulk(values).items()}


SOURCE = Source(NOUN, "政府信息", fetch, keys, count, show, labels)
