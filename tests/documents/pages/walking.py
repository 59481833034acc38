"""What the page tests share: somebody at a browser, and what the editor sends."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.documents.models import Edition

Make = Callable[..., Any]


def browser(user: User | None = None) -> Client:
    """A browser in which *user* is signed in; without one, a citizen's."""
    client = Client()
    if user:
        client.force_login(user)
    return client


def text_of(answer: Any) -> str:
    """The page as it was sent."""
    return answer.content.decode()


def typed(edition: Edition, **changed: Any) -> dict[str, Any]:
    """What the writing page sends for an edition, with some values changed."""
    sent = {
        "version": edition.version,
        "title": edition.title,
        "html": edition.content.html,
        "sort": edition.sort,
        "attribute": edition.attribute,
        "issuers": edition.issuers,
        "made_on": edition.made_on.isoformat() if edition.made_on else "",
    }
    return sent | changed


def page(name: str, record: Any) -> str:
    """The address of a page about a record."""
    return reverse(name, args=[record.pk])
