"""订阅: the newest papers of the site, of a column, of a unit and of a topic as Atom feeds."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from gongkai.agencies.models import Unit
from gongkai.documents.models import Column, Paper, Topic
from gongkai.documents.overview.columns import Tree, papers_in
from gongkai.documents.overview.topics import papers_of
from gongkai.frame.today import now, today

NEWEST = 50


class Papers(Feed):  # type: ignore[type-arg]
    """The newest papers of a place (信息订阅)."""

    feed_type = Atom1Feed
    language = "zh-CN"

    def found(self, place: Any) -> QuerySet[Paper]:
        """The papers of the place."""
        raise NotImplementedError

    def items(self, place: Any) -> QuerySet[Paper]:
        """The newest of them."""
        wanted = self.found(place).select_related("unit").order_by("-updated_at", "-pk")
        return wanted.only("title", "summary", "published_at", "updated_at", "unit__name")[:NEWEST]

    def item_title(self, item: Any) -> str:
        """What it is called."""
        return str(item.title)

    def item_description(self, item: Any) -> str:
        """What it is about."""
        return str(item.summary)

    def item_author_name(self, item: Any) -> str:
        """Who published it."""
        return str(item.unit.name)

    def item_pubdate(self, item: Any) -> datetime:
        """When it was published."""
        return item.published_at or now()

    def item_updateddate(self, item: Any) -> datetime:
        """When it was changed last."""
        return item.updated_at or item.published_at or now()


class SiteFeed(Papers):
    """Everything new (全站订阅)."""

    def title(self, place: Any) -> str:  # noqa: ARG002
        """The name of the site."""
        return f"{settings.SITE['name']} 最新信息"

    def link(self, place: Any) -> str:  # noqa: ARG002
        """The home page."""
        return "/"

    def found(self, place: Any) -> QuerySet[Paper]:  # noqa: ARG002
        """All that is on the site."""
        return Paper.objects.public(today())


class PlaceFeed(Papers):
    """The papers of one place (某处订阅)."""

    def title(self, place: Any) -> str:
        """The place and the site."""
        return f"{place} - {settings.SITE['name']}"

    def link(self, place: Any) -> str:
        """The page of the place."""
        return str(place.get_absolute_url())


class ColumnFeed(PlaceFeed):
    """A column (栏目订阅)."""

    def get_object(self, request: HttpRequest, slug: str) -> Column:  # noqa: ARG002
        """The open column of this address."""
        return get_object_or_404(Column.objects.open(), slug=slug)

    def found(self, place: Column) -> QuerySet[Paper]:
        """What stands in it and below it."""
        return papers_in(Tree().family(place), today())


class UnitFeed(PlaceFeed):
    """A unit (单位订阅)."""

    def get_object(self, request: HttpRequest, pk: int) -> Unit:  # noqa: ARG002
        """The unit of this address."""
        return get_object_or_404(Unit, pk=pk)

    def link(self, place: Unit) -> str:
        """The page of the unit."""
        return reverse("unit_page", args=[place.pk])

    def found(self, place: Unit) -> QuerySet[Paper]:
        """What it published."""
        return Paper.objects.public(today()).filter(unit=place)


class TopicFeed(PlaceFeed):
    """A topic (专题订阅)."""

    def get_object(self, request: HttpRequest, slug: str) -> Topic:  # noqa: ARG002
        """The topic of this address."""
        return get_object_or_404(Topic, slug=slug)

    def found(self, place: Topic) -> QuerySet[Paper]:
        """What belongs to it."""
        return papers_of(place, today())
