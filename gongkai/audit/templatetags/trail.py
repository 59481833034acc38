"""办理过程: ``{% load trail %}{% history record %}`` shows what was done to a record, by whom and when."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.db import models

from gongkai.audit.models import Trace
from gongkai.audit.wording import readable

register = template.Library()
register.filter("readable", readable)


@register.inclusion_tag("audit/history.html")
def history(subject: models.Model, related: Iterable[models.Model] = ()) -> dict[str, Any]:
    """The acts on one record and on the *related* ones that hang on it, oldest first."""
    return {"traces": Trace.objects.about(subject, *related)}
