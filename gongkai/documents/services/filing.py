"""归集: what lists across structured papers need is written when an edition goes live, and only then."""

from itertools import islice

from django.db import transaction

from gongkai.documents.models import Content, Edition, Filing, FilingRow, Paper
from gongkai.rules.structured import Declaration, Record, declaration, lines, masked, normalise, summary

BATCH = 1000


@transaction.atomic
def file_record(edition: Edition) -> Filing | None:
    """Write the facts of the edition that is live now (归集); a paper without a form has none."""
    known = declaration(edition.form)
    if known is None:
        Filing.objects.filter(paper=edition.paper_id).delete()
        return None
    content = Content.objects.filter(edition=edition).first()
    record, _faults = normalise(known, content.record if content else {})
    return _file(edition, known, record)


def _file(edition: Edition, known: Declaration, record: Record) -> Filing:
    Filing.objects.filter(paper=edition.paper_id).delete()
    facts = summary(known, record)
    public = masked(known, record)
    filing = Filing.objects.create(
        paper_id=edition.paper_id,
        edition=edition,
        form=known.code,
        head={"values": public["values"], "stages": public["stages"]},
        **{name: getattr(facts, name) for name in facts.__slots__},
    )
    _file_rows(filing, known, record)
    return filing


def _file_rows(filing: Filing, known: Declaration, record: Record) -> None:
    made = (
        FilingRow(
            filing=filing,
            form=known.code,
            ordinal=ordinal,
            **{name: getattr(line, name) for name in line.__slots__},
        )
        for ordinal, line in enumerate(lines(known, record), start=1)
    )
    while batch := list(islice(made, BATCH)):
        FilingRow.objects.bulk_create(batch)


def refile_all() -> int:
    """Write the filings of every structured paper anew (重建归集); how many. Twice does no more."""
    live = Paper.objects.exclude(form="").exclude(live=None).select_related("live")
    return sum(file_record(paper.live) is not None for paper in live.iterator() if paper.live)
