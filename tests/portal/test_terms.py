"""What the public sees ends with the time of publicity, on every page at once, however late the night run."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gongkai.documents.models import Filing, Paper
from gongkai.documents.services.leaving import expire_due
from gongkai.frame.today import standing_on
from gongkai.search import catch_up
from tests.portal.public_site import LAST, NOW, Site

pytestmark = [pytest.mark.django_db, pytest.mark.clause("11")]
NIGHT = NOW.replace(day=LAST.day, hour=0, minute=0) + timedelta(days=1)


@pytest.fixture
def site(settings: Any, tmp_path: Path) -> Site:
    """The site, on which every third paper is shown until a day."""
    settings.SEARCH_INDEX = str(tmp_path / "index")
    with standing_on(NOW):
        made = Site()
    kinds = [each.pk for each in made.kinds.values()]
    some = [made.pinned.pk, made.call.pk, made.rule.pk, made.annual.pk, *kinds[::2]]
    for model, key in ((Paper, "pk"), (Filing, "paper")):
        model.objects.update(shown_until=None)
        model.objects.filter(**{f"{key}__in": some}).update(shown_until=LAST)
    with standing_on(NOW):
        catch_up.rebuild()
    return made


def read(site: Site) -> dict[str, tuple[int, bytes]]:
    answers = {address: Client().get(address) for address in site.addresses()}
    return {address: (each.status_code, each.content) for address, each in answers.items()}


def test_a_late_nightly_run_changes_no_public_page(site: Site) -> None:
    with standing_on(NIGHT):
        before = read(site)
        assert {status for status, _ in before.values()} == {200, 301, 302, 404, 410}
        assert expire_due(NIGHT.date()) > 3
        after = read(site)
    assert [address for address in before if before[address] != after[address]] == []


def test_up_to_the_last_day_they_stand_and_after_it_no_page_names_them(site: Site) -> None:
    """Only a paper that bears on another is still named there, without a link."""
    ended = Paper.objects.filter(shown_until=LAST)
    titles = [each.title for each in ended if each.pk != site.call.pk]
    links = [f'href="{each.get_absolute_url()}"' for each in ended]
    with standing_on(NIGHT - timedelta(minutes=1)):
        shown = b"\n".join(content for _, content in read(site).values()).decode()
    with standing_on(NIGHT):
        then = b"\n".join(content for _, content in read(site).values()).decode()
    assert [words for words in [*titles, *links] if words not in shown] == []
    assert [words for words in [*titles, *links] if words in then] == []
