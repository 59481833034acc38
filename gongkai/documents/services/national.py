"""与国家正式版本比对: the words of a statute kept here against the national edition, told on record."""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gongkai.accounts.models import User
from gongkai.audit.services import record
from gongkai.documents.models import Edition
from gongkai.documents.reading.clean import plain
from gongkai.rules.law import Refused


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether two texts say the same (比对结果): their hashes over the words alone."""

    ours: str
    theirs: str

    @property
    def same(self) -> bool:
        """Whether not a word differs."""
        return self.ours == self.theirs


def hash_of(html: str) -> str:
    """SHA-256 of the words of a text (文字校验值): spaces, lines and width of signs do not count.

    >>> hash_of("<p>第一条　为了规范</p>") == hash_of("<p>第一条 为了</p><p>规范</p>")
    True
    """
    words = unicodedata.normalize("NFKC", plain(html))
    return hashlib.sha256("".join(words.split()).encode()).hexdigest()


@transaction.atomic
def check_national(edition: Edition, *, html: str, origin: str, by: User, today: date) -> Checked:
    """Compare by hash and keep the result on record (登记比对结果)."""
    if not plain(html).strip():
        raise Refused("国家正式版本没有文字，请重新粘贴或上传")
    found = Checked(hash_of(edition.content.html), hash_of(html))
    told = "与国家正式版本一致" if found.same else "与国家正式版本不一致"
    note = f"{told}（{today:%Y-%m-%d}）" + (f"，来源：{origin.strip()}" if origin.strip() else "")
    record(
        edition,
        "与国家正式版本比对",
        by=by,
        note=note,
        facts={"ours": found.ours, "theirs": found.theirs},
    )
    return found
