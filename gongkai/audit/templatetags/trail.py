"""办理过程: ``{% load trail %}{% history record %}`` shows what was done to a record, by whom and when."""

from typing import Any

from django import template
from django.db import models

from gongkai.audit.exports import readable
from gongkai.audit.models import Trace

register = template.Library()
register.filter("readable", readable)


@register.inclusion_tag("audit/history.html")
def history(subject: models.Model) -> dict[str, Any]:
    """The acts on one record, oldest first."""
    return {"traces": Trace.objects.about(subject)}
