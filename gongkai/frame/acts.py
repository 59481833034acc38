"""办理操作: how a view runs one service and passes on what the rules say (成功提示、不予准许)."""

from collections.abc import Callable
from typing import Any, Protocol

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongkai.rules.law import Refused


class Page(Protocol):
    """A record that has a page of its own (有页面的记录)."""

    def get_absolute_url(self) -> str:
        """The address of its page."""


def attempt(
    request: HttpRequest,
    form: forms.BaseForm,
    act: Callable[[], object],
    *,
    done: str | Callable[[Any], str],
    to: str | Page,
) -> HttpResponse | None:
    """Run *act* if the form is valid: redirect when done; None when the form must be shown again.

    What the rules refuse stands above the form, beside what the person typed. Where *done* is a function, it
    words the answer from what the act returned.
    """
    if not form.is_valid():
        return None
    try:
        result = act()
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(request, done(result) if callable(done) else done)
    return redirect(to)


def press(request: HttpRequest, act: Callable[[], object], *, done: str, to: str | Page) -> HttpResponse:
    """Run *act* behind a bare button (直接操作): go on to *to* either way, with the answer as a message."""
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect(to)
