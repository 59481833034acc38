"""The staff's pages: synonyms by the office, what people miss, everybody's own kept searches."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.accounts.models import Post, Role, User
from gongkai.agencies.models import Unit
from gongkai.search.models import SavedSearch, Searched, Synonym

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_index")]
As = Callable[[str], Client]


@pytest.fixture
def as_() -> As:
    """Somebody in a role, signed in."""

    def sign_in(role: str) -> Client:
        unit, _ = Unit.objects.get_or_create(name="示例区某局", short_name="某局", kind="bureau")
        user, _ = User.objects.get_or_create(username=role, full_name="测试员")
        Post.objects.get_or_create(user=user, unit=unit, role=role, started_on=date(2020, 1, 1))
        client = Client()
        client.force_login(user)
        return client

    return sign_in


def test_the_office_adds_changes_and_deletes_a_group(as_: As) -> None:
    office = as_(Role.OFFICE)
    office.post(reverse("synonym_new"), {"words": "社保、社会保险"})
    group = Synonym.objects.get()
    assert "社保、社会保险" in office.get(reverse("synonyms")).content.decode()
    office.post(reverse("synonym_edit", args=[group.pk]), {"words": "社保、养老保险", "note": "口语"})
    assert str(Synonym.objects.get()) == "社保、养老保险"
    office.post(reverse("synonym_drop", args=[group.pk]))
    assert not Synonym.objects.exists()


def test_what_was_typed_survives_a_refusal(as_: As) -> None:
    page = as_(Role.OFFICE).post(reverse("synonym_new"), {"words": "社保"}).content.decode()
    assert "至少要有两个词" in page
    assert 'value="社保"' in page


@pytest.mark.parametrize("name", ["synonyms", "synonym_new", "searched"])
def test_an_officer_has_no_say_in_synonyms(as_: As, name: str) -> None:
    assert as_(Role.OFFICER).get(reverse(name)).status_code == 403


def test_the_office_sees_what_several_people_missed(as_: As) -> None:
    for words, times, found in (("捕贴", 3, 0), ("低保", 5, 2), ("某某人", 1, 0)):
        Searched.objects.create(folded=words, words=words, times=times, found=found, last_on=date(2021, 4, 1))
    office = as_(Role.OFFICE)
    every = office.get(reverse("searched")).content.decode()
    assert "低保" in every
    assert "某某人" not in every
    vain = office.get(reverse("searched"), {"vain": "on"}).content.decode()
    assert "捕贴" in vain
    assert "低保" not in vain


def test_a_search_is_kept_with_its_filters_by_its_own_person(as_: As) -> None:
    officer = as_(Role.OFFICER)
    address = reverse("kept_search_new")
    page = officer.get(address, {"q": "低保", "unit": "3", "page": "2"}).content.decode()
    assert "q=%E4%BD%8E%E4%BF%9D&amp;unit=3" in page
    officer.post(address, {"name": "低保", "query": "q=%E4%BD%8E%E4%BF%9D&unit=3"})
    kept = SavedSearch.objects.get()
    assert (
        "/search/?q=%E4%BD%8E%E4%BF%9D&amp;unit=3" in officer.get(reverse("kept_searches")).content.decode()
    )
    other = as_(Role.APPROVER)
    assert "低保" not in other.get(reverse("kept_searches")).content.decode()
    assert other.post(reverse("kept_search_drop", args=[kept.pk])).status_code == 404
    officer.post(reverse("kept_search_drop", args=[kept.pk]))
    assert not SavedSearch.objects.exists()
