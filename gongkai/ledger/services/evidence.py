"""佐证: what proves a report: an upload of a known kind, or a link."""

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.db import transaction

from gongkai.accounts.models import User
from gongkai.audit.services import record
from gongkai.ledger.models import Evidence, Report
from gongkai.ledger.practice import LARGEST_EVIDENCE
from gongkai.ledger.services.guards import bound, fitting, locked, permit_act
from gongkai.ledger.services.sniffing import kind_of
from gongkai.ledger.states import REPORT
from gongkai.rules.law import Refused

_WEB = URLValidator(schemes=["http", "https"])


@transaction.atomic
def attach(
    report: Report,
    *,
    title: str,
    by: User,
    upload: "UploadedFile[Any] | None" = None,
    link: str = "",
    public: bool = False,
) -> Evidence:
    """Add one piece of evidence to a draft or returned report (添加佐证)."""
    report = _changing(report, by)
    bound(report.assignment)
    if bool(upload) == bool(link.strip()):
        raise Refused("请添加一个附件，或者填写一个网址")
    evidence = Evidence(report=report, title=title.strip(), link=link.strip(), public=public)
    fitting(evidence)
    if upload is None:
        _check_link(evidence.link)
    else:
        _store(evidence, upload)
    evidence.save()
    record(report, "添加佐证", by=by, note=evidence.title, facts={"sha256": evidence.sha256})
    return evidence


@transaction.atomic
def detach(evidence: Evidence, *, by: User) -> None:
    """Take a piece of evidence off a draft or returned report (移除佐证); its upload goes with it."""
    evidence = locked(evidence)
    report = _changing(evidence.report, by)
    name = evidence.upload.name
    record(report, "移除佐证", by=by, note=evidence.title, facts={"sha256": evidence.sha256})
    evidence.delete()
    if name:
        transaction.on_commit(lambda: default_storage.delete(name))


def _changing(report: Report, by: User) -> Report:
    report = locked(report)
    permit_act(REPORT, "edit", by, report.assignment.unit)
    REPORT.after(report.state, "edit")
    return report


def _check_link(link: str) -> None:
    try:
        _WEB(link)
    except ValidationError:
        raise Refused("网址不完整，请从浏览器地址栏复制，以 http:// 或 https:// 开头") from None


def _store(evidence: Evidence, upload: "UploadedFile[Any]") -> None:
    """Keep the upload under a name of our own: the sender's name is never trusted."""
    if upload.size is not None and upload.size > LARGEST_EVIDENCE:
        raise Refused(f"附件不能超过{LARGEST_EVIDENCE // 2**20}MB")
    content = upload.read(LARGEST_EVIDENCE + 1)
    if not content:
        raise Refused("附件是空的，请重新选择")
    if len(content) > LARGEST_EVIDENCE:
        raise Refused(f"附件不能超过{LARGEST_EVIDENCE // 2**20}MB")
    evidence.size = len(content)
    evidence.sha256 = hashlib.sha256(content).hexdigest()
    evidence.upload.save(f"{evidence.sha256[:16]}.{kind_of(content)}", ContentFile(content), save=False)
