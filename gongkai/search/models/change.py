"""变更序列: which record changed, in the order of the database; written in the act's own transaction."""

from django.db import models


class Change(models.Model):
    """One change to a record that can be found (检索变更): *noun* names its source, *key* its primary key.

    Numbers may become visible out of order where transactions overlap: the reader looks back a little.
    """

    noun = models.CharField("来源", max_length=20)
    key = models.BigIntegerField("主键")
    at = models.DateTimeField("时间", db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "检索变更"
        db_table = "search_change"

    def __str__(self) -> str:
        return f"{self.noun} {self.key}"
