"""附件: files of a draft; private until the edition stands on the site, and private again when it leaves."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max, QuerySet

from gongkai.accounts.guards import fitting, locked
from gongkai.accounts.models import User
from gongkai.audit.services import record
from gongkai.documents.models import Attachment, Edition
from gongkai.documents.services.attachment_texts import keep_text_of
from gongkai.documents.services.guards import permit_edition
from gongkai.documents.services.pictures import lightened, measured
from gongkai.documents.states import EDITION
from gongkai.frame.uploads import Checked
from gongkai.rules.law import Refused

FOLDER = "papers"
#: so many files one edition may have
MOST = 100


def attach(
    edition: Edition, *, checked: Checked, by: User, title: str = "", alt: str = "", inline: bool = False
) -> Attachment:
    """Add a file to a draft (添加附件); its words are read before any row is locked."""
    permit_edition(edition, "edit", by)
    keep_text_of(checked)
    fit = lightened(checked) if inline else checked
    return _attach(edition, fit, by, title, alt, inline=inline)


@transaction.atomic
def _attach(
    edition: Edition, checked: Checked, by: User, title: str, alt: str, *, inline: bool
) -> Attachment:
    edition = _editable(edition, by)
    if edition.attachments.count() >= MOST:
        raise Refused(f"一份稿件最多{MOST}个附件，请合并后再添加")
    last = edition.attachments.aggregate(last=Max("position"))["last"]
    row = Attachment(edition=edition, title=(title or checked.name).strip(), alt=alt.strip(), inline=inline)
    row.kind, row.size, row.sha256 = checked.kind, checked.size, checked.sha256
    row.width, row.height = measured(checked)
    row.position = 0 if last is None else last + 1
    fitting_but_upload(row)
    row.upload.name = checked.keep(FOLDER)
    row.save()
    record(edition, "修改", by=by, note=f"添加附件：{row.title}")
    return row


@transaction.atomic
def detach(attachment: Attachment, *, by: User) -> None:
    """Take a file off a draft (移除附件); the stored file stays, other editions may show it."""
    edition = _editable(attachment.edition, by)
    row = locked(attachment)
    title = row.title
    row.delete()
    record(edition, "修改", by=by, note=f"移除附件：{title}")


@transaction.atomic
def rename(
    attachment: Attachment, *, by: User, title: str | None = None, alt: str | None = None
) -> Attachment:
    """Name a file by its content, or say what a picture shows (修改附件名称、图片说明)."""
    edition = _editable(attachment.edition, by)
    row = locked(attachment)
    row.title = row.title if title is None else title.strip()
    row.alt = row.alt if alt is None else alt.strip()
    fitting(row).save()
    record(edition, "修改", by=by, note=f"附件说明：{row.title}")
    return row


def replace(attachment: Attachment, *, checked: Checked, by: User) -> Attachment:
    """Put another file in the place of one (替换附件): the title and the place stay."""
    permit_edition(attachment.edition, "edit", by)
    keep_text_of(checked)
    return _replace(attachment, lightened(checked) if attachment.inline else checked, by)


@transaction.atomic
def _replace(attachment: Attachment, checked: Checked, by: User) -> Attachment:
    edition = _editable(attachment.edition, by)
    row = locked(attachment)
    row.kind, row.size, row.sha256 = checked.kind, checked.size, checked.sha256
    row.width, row.height = measured(checked)
    row.upload.name = checked.keep(FOLDER)
    row.save()
    record(edition, "修改", by=by, note=f"替换附件：{row.title}")
    return row


@transaction.atomic
def reorder(edition: Edition, *, order: Sequence[int], by: User) -> None:
    """Put the files in this order (附件排序), given by their keys."""
    edition = _editable(edition, by)
    rows = {row.pk: row for row in edition.attachments.all()}
    if sorted(rows) != sorted(order):
        raise Refused("附件已有变动，请刷新页面后再排序")
    for position, key in enumerate(order):
        rows[key].position = position
    Attachment.objects.bulk_update(rows.values(), ["position"])
    record(edition, "修改", by=by, note="附件排序")


def public_attachments() -> QuerySet[Attachment]:
    """The attachments that everybody may fetch (公开的附件): those of editions that stand on the site."""
    return Attachment.objects.filter(edition__state="live", edition__paper__state="live")


def _editable(edition: Edition, by: User) -> Edition:
    edition = locked(edition)
    EDITION.after(edition.state, "edit")
    permit_edition(edition, "edit", by)
    return edition


def fitting_but_upload(row: Attachment) -> None:
    """Refuse a title or a picture's words that do not fit, before the file is stored (核对附件)."""
    row.upload.name = f"{FOLDER}/pending"
    fitting(row)
