"""What the page tests share: somebody at a browser, and a plan with rows of every standing."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from gongkai.accounts.models import User


def browser(user: User | None = None) -> Client:
    """A browser in which *user* is signed in; without one, a citizen's."""
    client = Client()
    if user:
        client.force_login(user)
    return client


def text_of(answer: Any) -> str:
    """The page as it was sent."""
    return answer.content.decode()


Make = Callable[..., Any]
