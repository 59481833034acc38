"""导出清单: what stands on the site, as a manifest with files that this or another software brings in."""

import csv
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils import timezone

from gongkai.documents.models import Attachment, Paper
from gongkai.documents.services.legacy.headings import FIELDS
from gongkai.documents.services.legacy.manifest import guarded
from gongkai.frame.uploads import clean_name

MANIFEST = "清单.csv"
FILES = "files"
BATCH = 200
_PICTURE = re.compile(r'src="/files/(\d+)/[^"]*"')


def leave(folder: Path, told: Callable[[int], None] = lambda _done: None) -> int:
    """Write the manifest and the files of all papers on the site (导出清单和附件); how many papers."""
    papers = Paper.objects.filter(state="live").select_related("unit", "theme", "live__content")
    papers = papers.prefetch_related("columns", "live__attachments", "old_addresses").order_by("pk")
    done = 0
    with (folder / MANIFEST).open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(field.label for field in FIELDS)
        for paper in papers.iterator(BATCH):
            told_of = _row(paper, dict(_files(paper, folder)))
            writer.writerow(guarded(told_of.get(field.code, "")) for field in FIELDS)
            done += 1
            if done % BATCH == 0:
                told(done)
    return done


def _row(paper: Paper, files: dict[Attachment, str]) -> dict[str, str]:
    content = getattr(paper.live, "content", None)
    inline = {file.pk: path for file, path in files.items()}

    def picture(found: re.Match[str]) -> str:
        path = inline.get(int(found[1]))
        return f'src="{path}"' if path else found[0]

    days = {name: str(getattr(paper, name) or "") for name in ("made_on", "commences_on", "expires_on")}
    published = timezone.localtime(paper.published_at) if paper.published_at else None
    return {
        **days,
        "title": paper.title,
        "key": f"gongkai-{paper.pk}",
        "url": paper.get_absolute_url(),
        "code": paper.code,
        "number": paper.number,
        "unit": paper.unit.name,
        "issuers": paper.issuers,
        "sort": paper.get_sort_display(),
        "theme": paper.theme.name if paper.theme else "",
        "columns": "；".join(column.slug for column in paper.columns.all()),
        "published": f"{published:%Y-%m-%d %H:%M:%S}" if published else "",
        "standing": paper.get_standing_display(),
        "attribute": paper.get_attribute_display(),
        "keywords": paper.keywords,
        "summary": paper.summary,
        "audience": paper.audience,
        "source": paper.source,
        "html": _PICTURE.sub(picture, content.html) if content else "",
        "files": "；".join(path for file, path in files.items() if not file.inline),
    }


def _files(paper: Paper, folder: Path) -> Iterator[tuple[Attachment, str]]:
    """The files of the live edition, copied under names that people can read."""
    if not paper.live:
        return
    for place, file in enumerate(paper.live.attachments.all(), 1):
        if not file.upload.name or not default_storage.exists(file.upload.name):
            continue
        stem = Path(clean_name(f"{file.title}.{file.kind}")).stem.removesuffix(f".{file.kind}")
        path = f"{FILES}/{paper.pk}/{place}-{stem}.{file.kind}".replace("；", "_").replace(";", "_")
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with default_storage.open(file.upload.name) as stored, target.open("wb") as out:
            shutil.copyfileobj(stored, out)
        yield file, path
