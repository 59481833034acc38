"""入口: the papers and editions that a person may open, and the tabs that hold their pages together."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.accounts.access import UserRequest
from gongkai.accounts.acts import Place
from gongkai.documents.models import Edition, Paper
from gongkai.documents.services.guards import acts_open, unit_for
from gongkai.documents.states import EDITION
from gongkai.rules.flow import Act

Tab = tuple[str, str, bool]
#: acts with a page of their own elsewhere: units agree on the page of their countersignature
ELSEWHERE = frozenset({"countersign", "edit"})


def paper_of(request: UserRequest, pk: int) -> Paper:
    """The paper, for those who may see it (政府信息)."""
    seen = Paper.objects.visible_to(request.user).select_related("unit", "live", "theme", "merged_into")
    return get_object_or_404(seen, pk=pk)


def edition_of(request: UserRequest, pk: int) -> Edition:
    """The edition, for those who may see it (版本)."""
    seen = Edition.objects.visible_to(request.user)
    linked = seen.select_related("paper__unit", "paper__live", "legal_unit", "release", "theme", "content")
    return get_object_or_404(linked.select_related("written_by"), pk=pk)


def place_of(request: UserRequest, edition: Edition) -> Place:
    """Where the acts on an edition happen (办理对象)."""
    roles = request.user.roles_in(unit_for(edition))
    allowed = frozenset(acts_open(edition, request.user)) - ELSEWHERE
    return Place("edition", edition, edition.state, roles, edition, "documents/act.html", allowed)


def buttons_of(request: UserRequest, edition: Edition) -> list[Act]:
    """The acts that have a button on the edition's page (可办事项)."""
    hidden = ELSEWHERE | {"return"} if edition.state == "legal" else ELSEWHERE  # it has results of its own
    return [EDITION.acts[code] for code in acts_open(edition, request.user) if code not in hidden]


def tabs(request: HttpRequest, paper: Paper, edition: Edition | None = None) -> list[Tab]:
    """The pages about one paper beside each other (子导航)."""
    shown = edition or paper.editions.order_by("-ordinal").first()
    places = [("稿件", reverse("edition", args=[shown.pk]))] if shown else []
    places += [
        ("版本与档案", reverse("paper_history", args=[paper.pk])),
        ("关联与有效性", reverse("paper_relations", args=[paper.pk])),
    ]
    return [(label, url, url == request.path) for label, url in places]


def crumbs(paper: Paper, *last: str) -> list[tuple[str, str]]:
    """The way back from a page about a paper (当前位置)."""
    trail = [("政府信息", reverse("papers"))]
    if last:
        trail.append((str(paper)[:24], reverse("paper_history", args=[paper.pk])))
        return [*trail, *((each, "") for each in last)]
    return [*trail, (str(paper)[:40], "")]
