"""网站地图文件: sitemap.xml for search engines, in pages, so that a hundred thousand papers fit."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.urls import reverse

from gongkai.agencies.models import Unit
from gongkai.documents.models import Column, Paper, Topic
from gongkai.frame.today import today

SCHEME = "https" if settings.BEHIND_TLS else "http"


class PaperMap(Sitemap):  # type: ignore[type-arg]
    """Papers, the oldest first, so that a page of the map does not change when a paper is added (信息)."""

    limit = 10_000
    protocol = SCHEME

    def items(self) -> QuerySet[Paper]:
        """All that is on the site."""
        return Paper.objects.public(today()).order_by("pk").only("pk", "updated_at")

    def lastmod(self, item: Paper) -> datetime | None:
        """When it was changed last."""
        return item.updated_at

    def get_latest_lastmod(self) -> datetime | None:
        """The newest change, asked of the database and not of each paper."""
        newest: datetime | None = self.items().aggregate(newest=Max("updated_at"))["newest"]
        return newest


class PlaceMap(Sitemap):  # type: ignore[type-arg]
    """Columns, units, topics and the pages above them (栏目、单位、专题)."""

    protocol = SCHEME

    def items(self) -> list[Any]:
        """Their addresses."""
        units = [reverse("unit_page", args=[pk]) for pk in Unit.objects.values_list("pk", flat=True)]
        places = [*Column.objects.open(), *Topic.objects.all()]
        above = ["/", reverse("all_columns"), reverse("unit_list"), reverse("all_topics")]
        return [*above, *(place.get_absolute_url() for place in places), *units]

    def location(self, item: str) -> str:
        """The address itself."""
        return item


MAPS = {"papers": PaperMap, "places": PlaceMap}
