"""内容检查: what the checks of text, record and attachments find in an edition; put right at one click."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.accounts.access import UserRequest, View, staff_page
from gongkai.documents.models import Edition
from gongkai.documents.services import masking
from gongkai.documents.services.checks import MOST, Found, check_edition
from gongkai.documents.views.doors import edition_of
from gongkai.frame.acts import press

#: so many findings a page shows one by one
SHOWN = 50


class Findings(list[Found]):
    """What was found, as a page shows it (检查发现)."""

    @property
    def shown(self) -> list[Found]:
        """The first of them."""
        return self[:SHOWN]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return max(0, len(self) - SHOWN)

    @property
    def is_cut(self) -> bool:
        """Whether there may be more than were counted."""
        return len(self) >= MOST

    @property
    def maskable(self) -> int:
        """How many are masked by one click."""
        return sum(each.personal for each in self)

    @property
    def fixable(self) -> int:
        """How many are put right by one click."""
        return sum(bool(each.right) and not each.source.isdigit() for each in self)


def found_in(edition: Edition) -> Findings:
    """What should be looked at before publication (内容检查)."""
    return Findings(check_edition(edition))


def _press(act: Callable[..., Edition], done: str) -> View:
    @staff_page("officer", "approver")
    @require_POST
    def page(request: UserRequest, pk: int) -> HttpResponse:
        edition = edition_of(request, pk)
        return press(
            request, lambda: act(edition, by=request.user), done=done, to=reverse("edition", args=[pk])
        )

    return page


mask = _press(masking.mask_edition, "个人信息已脱敏，请核对正文和附件。")
fix = _press(masking.fix_words, "文字已更正，请核对正文。")
