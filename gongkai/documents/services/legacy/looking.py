"""迁移检查: what comes in is looked through as a save looks through a draft: text, tables, files."""

from collections.abc import Callable, Iterable, Sequence

from gongkai.documents.models import AttachmentText
from gongkai.documents.reading.blocks import Block
from gongkai.documents.services.attachment_texts import read_text
from gongkai.documents.services.checks import Look, in_order
from gongkai.documents.services.legacy.entries import Entry
from gongkai.documents.services.legacy.stored import StoredFile
from gongkai.rules.wrong_words import Matcher

Fetch = Callable[[StoredFile], bytes]


def look_at_text(entry: Entry, blocks: Iterable[Block], words: Matcher) -> None:
    """Look through elements and text (检查正文); the files come later, many at once."""
    look = Look(words, entry.day)
    entry.found = [*look.elements(entry.elements), *look.body(blocks)]


def look_at_files(
    pairs: Sequence[tuple[Entry, Sequence[StoredFile]]], words: Matcher, fetch: Fetch, *, keep: bool
) -> None:
    """Look through the files of some papers (检查附件); their words are read once by content, and kept."""
    wanted = {file.sha256: file for _, files in pairs for file in files if not file.inline}
    read = AttachmentText.objects.in_bulk(list(wanted)) if wanted else {}
    fresh = [
        read_text(fetch(file), sha256=sha256, kind=file.kind)
        for sha256, file in wanted.items()
        if sha256 not in read
    ]
    if keep and fresh:
        AttachmentText.objects.bulk_create(fresh, ignore_conflicts=True)
    read |= {row.sha256: row for row in fresh}
    for entry, files in pairs:
        look = Look(words, entry.day)
        for file in files:
            if not file.inline:
                entry.found += look.file(file.title, file.kind, read[file.sha256].parts)
        entry.found = in_order(entry.found)
