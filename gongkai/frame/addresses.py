"""网址: addresses by name, remembered; a list asks for the same few hundred again and again."""

from functools import lru_cache

from django.urls import get_script_prefix, get_urlconf, reverse

REMEMBERED = 2**16


def address(name: str, *parts: object) -> str:
    """The address of a page by its name and parts (网址); ``NoReverseMatch`` where this copy has none."""
    return _address(name, parts, get_urlconf(), get_script_prefix())


@lru_cache(maxsize=REMEMBERED)
def _address(name: str, parts: tuple[object, ...], urls: str | None, _prefix: str) -> str:
    return reverse(name, urlconf=urls, args=parts)
