"""页面代次: the one table of the frame, by which every host learns that public pages have changed."""

from django.db import models


class Generation(models.Model):
    """One change to what the public sees (页面代次), written in the act's own transaction.

    Rows are only added, never locked: acts that publish do not wait for each other here.
    """

    id = models.BigAutoField("序号", primary_key=True)

    class Meta:
        verbose_name = verbose_name_plural = "页面代次"
        db_table = "page_generation"

    def __str__(self) -> str:
        return f"第{self.pk}代"
