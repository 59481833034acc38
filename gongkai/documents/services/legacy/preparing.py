"""备料: text cleaned, files stored, all of it looked through; before the transaction: no writer waits."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.documents.reading import docx, text, web
from gongkai.documents.reading.blocks import texts
from gongkai.documents.reading.clean import cleaned
from gongkai.documents.reading.write import html as written
from gongkai.documents.services.legacy.archive import Archive
from gongkai.documents.services.legacy.entries import Entry
from gongkai.documents.services.legacy.looking import look_at_files, look_at_text
from gongkai.documents.services.legacy.stored import StoredFile
from gongkai.documents.services.wording import matcher
from gongkai.frame.opening.unreadable import Unreadable
from gongkai.frame.uploads import DOCUMENTS, PICTURES, check, clean_name
from gongkai.rules.law import Refused

LARGEST = 50 * 2**20
MOST_FILES = 100
#: so many papers' files are held in the memory at once
TOGETHER = 50
FOLDER = "papers/legacy"
_LINK = re.compile(r"""href\s*=\s*["']([^"'#?]+)""", re.I)


@dataclass
class Prepared:
    """A paper that is ready to be written (备好的条目)."""

    entry: Entry
    html: str = ""
    text: str = ""
    files: list[StoredFile] = field(default_factory=list)

    @property
    def shown(self) -> bool:
        """Whether it goes onto the site at once (上网): made public, and nothing grave was found in it."""
        return self.entry.public and not self.entry.held


class Preparer:
    """Makes rows ready with the files that came beside the manifest (备料)."""

    def __init__(self, archive: Archive | None, base: str, beat: Callable[[], None] = lambda: None) -> None:
        self.archive, self.base, self.beat = archive, base, beat
        self.words = matcher()

    def digest(self, entry: Entry) -> str:
        """What the row and its files were when they were read (校验值)."""
        if self.archive is None:
            return entry.digest
        names = [self.archive.find(path, self.base) for path in (entry.body, *entry.files) if path]
        return self.archive.marked(entry.digest, names)

    def prepare(self, entry: Entry, *, store: bool = True) -> Prepared:
        """All that takes time (备料); without *store* files are looked at and not kept."""
        made = Prepared(entry)
        source, folder = self._source(entry)
        pictures: dict[str, str] = {}

        def picture(src: str) -> str:
            name = self.archive.find(src, folder) if self.archive else ""
            if not name:
                entry.notes.append("有图片没有随清单提供，已略去")
                return ""
            return pictures.setdefault(name, f"picture:{len(pictures) + 1}")

        blocks = cleaned(source, pictures=picture)
        made.html, made.text = written(blocks), "\n".join(texts(blocks))
        for name, token in pictures.items():
            self._keep(made, name, PICTURES, token, store)
        for name in self._attached(entry, source, folder):
            self._keep(made, name, (*DOCUMENTS, *PICTURES), "", store)
        look_at_text(entry, blocks, self.words)
        entry.notes[:] = dict.fromkeys(entry.notes)
        return made

    def look(self, rows: Sequence[Prepared], *, store: bool = True) -> None:
        """Look through the files of these rows (检查附件), some papers at a time."""
        for first in range(0, len(rows), TOGETHER):
            pairs = [(row.entry, row.files) for row in rows[first : first + TOGETHER]]
            look_at_files(pairs, self.words, self._content, keep=store)

    def _content(self, file: StoredFile) -> bytes:
        assert self.archive
        self.beat()
        return self.archive.read(file.part)

    def _source(self, entry: Entry) -> tuple[str, str]:
        """The text as HTML, and the folder from which its pictures are seen."""
        if entry.html or not entry.body:
            return as_html(entry.html), self.base
        if self.archive is None:
            raise Refused("正文在另外的文件里，请把清单和文件一起打包为 .zip")
        name = self.archive.find(entry.body, self.base)
        if not name:
            raise Refused(f"压缩包里没有正文文件“{entry.body[:60]}”")
        read = docx.read if name.endswith(".docx") else web.read
        try:
            return read(self.archive.read(name)).html, name.rpartition("/")[0]
        except Unreadable as problem:
            raise Refused(f"正文文件“{entry.body[:60]}”无法读取：{problem}") from None

    def _attached(self, entry: Entry, source: str, folder: str) -> Iterator[str]:
        """The files that the row names, and those to which its text links."""
        if self.archive is None:
            if entry.files:
                entry.notes.append("附件没有随清单提供，未导入")
            return
        found: dict[str, None] = {}
        for path in entry.files:
            name = self.archive.find(path, self.base)
            if name:
                found[name] = None
            else:
                entry.notes.append(f"压缩包里没有附件“{path[:40]}”")
        for link in _LINK.findall(source):
            name = self.archive.find(link, folder)
            if name and name.rpartition(".")[2] in DOCUMENTS:
                found[name] = None
        yield from list(found)[:MOST_FILES]

    def _keep(self, made: Prepared, name: str, kinds: tuple[str, ...], token: str, store: bool) -> None:
        assert self.archive
        title = clean_name(PurePosixPath(name).name)
        try:
            content = self.archive.read(name)
            checked = check(SimpleUploadedFile(title, content), kinds, LARGEST)
        except (ValidationError, Unreadable) as problem:
            said = problem.messages[0] if isinstance(problem, ValidationError) else str(problem)
            made.entry.notes.append(f"附件未导入：{said}")
            if token:
                made.html = re.sub(rf'<img[^>]*src="{token}"[^>]*>', "", made.html)
            return
        place = f"{FOLDER}/{checked.sha256[:2]}/{checked.sha256}.{checked.kind}"
        if store and not default_storage.exists(place):
            default_storage.save(place, ContentFile(content))
        made.files.append(StoredFile(title, place, checked.kind, checked.size, checked.sha256, name, token))


def as_html(words: str) -> str:
    """A text as HTML (正文): tags as they are, plain lines as paragraphs.

    >>> as_html("第一段")
    '<p>第一段</p>'
    """
    if not words.strip() or re.search(r"</?[a-zA-Z][^>]*>", words):
        return words
    return text.read_text(words).html
