"""变更序列: which record changed, in the order of the database; written in the act's own transaction."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from gongkai.search.entry import Position


class ChangeQuerySet(models.QuerySet["Change"]):
    """Named reads over the sequence."""

    def unread(self, position: Position) -> "ChangeQuerySet":
        """What an index at *position* has not read (未入索引): later numbers, and late ones in its gaps."""
        wanted = Q(pk__gt=position.last)
        for first, last, _ in position.gaps:
            wanted |= Q(pk__range=(first, last))
        return self.filter(wanted).order_by("pk")

    def before(self, moment: datetime) -> "ChangeQuerySet":
        """What every index has read long ago (可清理); the newest change always stays."""
        newest = self.order_by("-pk").values_list("pk", flat=True).first() or 0
        return self.filter(at__lt=moment, pk__lt=newest)


class Change(models.Model):
    """One change to a record that can be found (检索变更): *noun* names its source, *key* its primary key.

    Numbers may become visible out of order where transactions overlap: the reader looks back a little.
    """

    noun = models.CharField("来源", max_length=20)
    key = models.BigIntegerField("主键")
    at = models.DateTimeField("时间", db_index=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "检索变更"
        db_table = "search_change"

    def __str__(self) -> str:
        return f"{self.noun} {self.key}"

    @property
    def stamp(self) -> str:
        """What tells this change from one of the same number in another database (变更时间)."""
        return self.at.isoformat()
