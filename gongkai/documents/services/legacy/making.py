"""入库: prepared papers are written many at a time, each with edition, text, files and old address."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.documents.models import (
    Attachment,
    Content,
    Edition,
    LegacyOrigin,
    OldAddress,
    Paper,
    Serial,
)
from gongkai.documents.services.legacy.preparing import Prepared
from gongkai.documents.services.legacy.stored import StoredFile
from gongkai.rules.index_number import IndexNumber
from gongkai.rules.validity import Facts, next_change, status_on

BATCH = 500


def make(rows: Sequence[Prepared], *, by: User, today: date) -> list[Paper]:
    """Write new papers (新增), in the order of *rows*."""
    codes = give_codes(rows)
    papers = [_paper(row, code, by, today) for row, code in zip(rows, codes, strict=True)]
    Paper.objects.bulk_create(papers, batch_size=BATCH)
    editions = [_edition(row, paper, by, today) for row, paper in zip(rows, papers, strict=True)]
    Edition.objects.bulk_create(editions, batch_size=BATCH)
    fill(list(zip(rows, editions, strict=True)))
    keys = [paper.pk for paper in papers if paper.state == "live"]
    live = Edition.objects.filter(paper=OuterRef("pk"), state="live").values("pk")[:1]
    Paper.objects.filter(pk__in=keys).update(live=Subquery(live))
    placed = [
        Paper.columns.through(paper=paper, column=column)
        for row, paper in zip(rows, papers, strict=True)
        for column in row.entry.columns
    ]
    Paper.columns.through.objects.bulk_create(placed, batch_size=BATCH)
    LegacyOrigin.objects.bulk_create(
        [
            LegacyOrigin(
                key=row.entry.key,
                paper=edition.paper,
                edition=edition,
                digest=row.entry.digest,
                found=len(row.entry.found),
            )
            for row, edition in zip(rows, editions, strict=True)
        ],
        batch_size=BATCH,
    )
    address([(row.entry.path, paper) for row, paper in zip(rows, papers, strict=True)])
    return papers


def standing_of(elements: dict[str, Any], published: datetime, today: date) -> tuple[str, date | None]:
    """Whether a paper that nothing bears upon is in force (有效性), and until when that holds."""
    facts = Facts(elements["made_on"], published.date(), elements["commences_on"], elements["expires_on"])
    return status_on(facts, today).value, next_change(facts, today)


def _paper(row: Prepared, code: str, by: User, today: date) -> Paper:
    entry = row.entry
    standing, until = standing_of(entry.elements, entry.published, today)
    shown = entry.published if row.shown else None
    return Paper(
        code=code,
        unit=entry.unit,
        state="live" if row.shown else "draft",
        published_at=shown,
        updated_at=shown,
        standing=standing,
        standing_until=until,
        legacy_key=entry.key,
        created_by=by,
        created_on=today,
        **entry.elements,
    )


def _edition(row: Prepared, paper: Paper, by: User, today: date) -> Edition:
    return Edition(
        paper=paper,
        ordinal=1,
        state="live" if row.shown else "draft",
        live_from=row.entry.published if row.shown else None,
        written_by=by,
        written_on=today,
        **row.entry.elements,
    )


def fill(pairs: Sequence[tuple[Prepared, Edition]]) -> None:
    """Give editions their files and text (正文与附件); pictures in the text are those of the edition."""
    files = [
        (row, stored, _attachment(edition, stored, place))
        for row, edition in pairs
        for place, stored in enumerate(row.files)
    ]
    Attachment.objects.bulk_create([made for _, _, made in files], batch_size=BATCH)
    for row, stored, made in files:
        if stored.token:
            row.html = row.html.replace(f'"{stored.token}"', f'"/files/{made.pk}/{made.pk}.{made.kind}"')
    Content.objects.bulk_create([_content(row, edition) for row, edition in pairs], batch_size=BATCH)


def _attachment(edition: Edition, stored: StoredFile, place: int) -> Attachment:
    return Attachment(
        edition=edition,
        title=stored.title,
        upload=stored.upload,
        kind=stored.kind,
        size=stored.size,
        sha256=stored.sha256,
        inline=stored.inline,
        position=place,
    )


def _content(row: Prepared, edition: Edition) -> Content:
    digest = hashlib.sha256(f"{row.html}{{}}".encode()).hexdigest()
    return Content(edition=edition, html=row.html, text=row.text, sha256=digest)


def address(pairs: Sequence[tuple[str, Paper]]) -> None:
    """Let old addresses lead to their papers (旧网址); one that leads somewhere already stays."""
    rows = [OldAddress(path=path, paper=paper) for path, paper in pairs if path]
    OldAddress.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)


def give_codes(rows: Sequence[Prepared]) -> list[str]:
    """An index number for each (索引号): its own where that is free, else the next of its unit."""
    wanted = [row.entry.code for row in rows]
    taken = set(
        Paper.objects.filter(code__in=[code for code in wanted if code]).values_list("code", flat=True)
    )
    codes: list[str] = []
    without: dict[tuple[int, int], list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        code = row.entry.code
        if code and code not in taken:
            taken.add(code)
        else:
            if code:
                row.entry.notes.append(f"索引号“{code}”已被使用，已另编")
            without[row.entry.unit.pk, row.entry.published.year].append(place)
            code = ""
        codes.append(code)
    for (_, year), places in sorted(without.items()):
        drawn = draw(rows[places[0]].entry.unit, year, len(places), taken)
        for place, code in zip(places, drawn, strict=True):
            codes[place] = code
    return codes


def draw(unit: Unit, year: int, count: int, taken: set[str]) -> list[str]:
    """The next free index numbers of a unit and year (编索引号), many at once."""
    serial = Serial.objects.select_for_update().get_or_create(unit=unit, year=year)[0]
    found: list[str] = []
    while len(found) < count:
        block = range(serial.last + 1, serial.last + 1 + count - len(found))
        codes = [str(IndexNumber(f"{unit.pk:06d}", year, number)) for number in block]
        used = set(Paper.objects.filter(code__in=codes).values_list("code", flat=True)) | taken
        found += [code for code in codes if code not in used]
        serial.last += len(codes)
    serial.save()
    return found
