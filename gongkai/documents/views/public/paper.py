"""政府信息页面: what a paper says, whether it is in force, what became of it, and how to take it along."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from gongkai.documents import records
from gongkai.documents.models import Attachment, Edition, Paper
from gongkai.documents.overview import standing
from gongkai.documents.overview.bonds import Ties, ties
from gongkai.documents.overview.dossier import dossier
from gongkai.documents.overview.prose import Prose, prose
from gongkai.documents.states import Departure
from gongkai.frame.today import today

HOME = ("首页", "/")
#: editions that were, or are, on the site
SHOWN = ("live", "superseded", "withdrawn")
SEVERAL = 2


def public_paper(pk: int) -> Paper:
    """A paper that is, or was, on the site (政府信息); a draft is not there."""
    papers = Paper.objects.exclude(state="draft")
    return get_object_or_404(papers.select_related("unit", "theme", "merged_into"), pk=pk)


@dataclass
class Sheet:
    """Everything that the page of a paper shows (页面内容), read once."""

    paper: Paper
    day: date

    @cached_property
    def editions(self) -> list[Edition]:
        """All that stood on the site, the earliest first (各版本)."""
        return list(self.paper.editions.filter(state__in=SHOWN).order_by("ordinal"))

    @property
    def current(self) -> Edition | None:
        """The one on the site, else the last that was there (在网版本)."""
        live = next((each for each in self.editions if each.state == "live"), None)
        return live or (self.editions[-1] if self.editions else None)

    @cached_property
    def ties(self) -> Ties:
        """The relations, both ways."""
        return ties(self.paper, self.day)

    @cached_property
    def columns(self) -> list[Any]:
        """Where the paper stands, with the columns above (栏目)."""
        return list(self.paper.columns.filter(closed_on=None).select_related("parent__parent"))

    def facts(self) -> Any:
        """What the standing follows from."""
        return standing.facts_of(self.paper, self.ties.changes)

    def breadcrumbs(self, last: str = "") -> list[tuple[str, str]]:
        """Home, the columns above, the paper (当前位置)."""
        crumbs = [HOME]
        if self.columns:
            first = self.columns[0]
            above = [each for each in (first.parent and first.parent.parent, first.parent, first) if each]
            crumbs += [(each.name, each.get_absolute_url()) for each in above]
        else:
            crumbs.append((self.paper.unit.short_name, reverse("unit_page", args=[self.paper.unit_id])))
        if last:
            return [*crumbs, (shortened(self.paper.title), self.paper.get_absolute_url()), (last, "")]
        return [*crumbs, (shortened(self.paper.title), "")]


def shortened(title: str, limit: int = 24) -> str:
    """A title that fits into a line of breadcrumbs (短标题)."""
    return title if len(title) <= limit else f"{title[: limit - 1]}…"


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A paper (政府信息), today or as it stood on a day before (``?on=``)."""
    found = public_paper(pk)
    if found.state == "left" and found.left_by != Departure.WITHDRAWN:
        return gone(request, found)
    if found.over(today(request)):
        return ended(request, found)
    sheet = Sheet(found, today(request))
    asked = request.GET.get("on", "")
    if asked:
        return as_it_stood(request, sheet, asked)
    edition = sheet.current
    if edition is None:
        raise Http404("这条信息没有可以显示的版本")
    return show(request, sheet, edition)


def gone(request: HttpRequest, found: Paper) -> HttpResponse:
    """The page of a paper that left the site (已离线): moved, ended or never right."""
    if found.left_by == Departure.MERGED and found.merged_into:
        return redirect(found.merged_into, permanent=True)
    if found.left_by == Departure.EXPIRED:
        return ended(request, found)
    return render(request, "documents/public/gone.html", {"paper": found}, status=410)


def ended(request: HttpRequest, found: Paper) -> HttpResponse:
    """The time of publicity has ended: what stood here is not told any more (公示期满)."""
    return render(request, "documents/public/ended.html", {"paper": found}, status=410)


def as_it_stood(request: HttpRequest, sheet: Sheet, asked: str) -> HttpResponse:
    """The edition that stood on the site on a day, and whether the paper was in force then (历史时点)."""
    try:
        day = parse_date(asked)
    except ValueError:
        day = None
    if day is None or day > sheet.day:
        wrong = {"on_error": "请填写今天或以前的日期，例如 2021-03-05。", "asked": asked}
        return show(request, sheet, sheet.current or sheet.editions[-1], **wrong)
    edition = standing.standing_then(sheet.editions, day)
    then = standing.on_day(sheet.facts(), day)
    if edition is None:
        first = sheet.paper.published_at
        context: dict[str, Any] = {
            "paper": sheet.paper,
            "day": day,
            "then": then,
            "first": timezone.localdate(first) if first else None,
            "breadcrumbs": sheet.breadcrumbs(),
        }
        return render(request, "documents/public/not_yet.html", context)
    more = {"mark": then} if standing.bears(sheet.paper) else {}
    return show(request, sheet, edition, day=day, then=then, **more)


def show(request: HttpRequest, sheet: Sheet, edition: Edition, **more: Any) -> HttpResponse:
    """Draw the page (显示)."""
    found, content = sheet.paper, edition.content
    now = edition.state == "live" and found.state == "live"
    files = list(edition.attachments.all())
    lost = set() if now else _lost(found, files)
    said: Prose = prose(content.html, files, lost)
    context = {
        "paper": found,
        "edition": edition,
        "is_live": now,
        "withdrawn": found.state == "left",
        "rendered": records.render(edition, request.GET.get("page"), today=sheet.day),
        "body": said.html,
        "headings": said.headings,
        "length": len(content.text),
        "columns": sheet.columns,
        "ties": sheet.ties,
        "changes": sheet.ties.changes,
        "editions": sheet.editions,
        "several": len(sheet.editions) >= SEVERAL,
        "mark": standing.mark(found.standing) if standing.bears(found) else None,
        "steps": standing.steps(sheet.facts(), sheet.ties, sheet.editions, sheet.day),
        "attachments": [each for each in files if not each.inline],
        "breadcrumbs": sheet.breadcrumbs(),
        **more,
    }
    context["facts"] = dossier(found, edition, sheet.columns, context["mark"])
    return render(request, "documents/public/paper.html", context)


def _lost(found: Paper, files: list[Attachment]) -> set[int]:
    """The files of an edition that are private again: no edition on the site shows them (不再提供)."""
    live = Attachment.objects.filter(edition__paper=found, edition__state="live")
    given = set(live.values_list("upload", flat=True)) if found.state == "live" else set()
    return {each.pk for each in files if each.upload.name not in given}
