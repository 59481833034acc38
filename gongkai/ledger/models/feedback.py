"""社会监督: what the public says about the progress of a plan."""

from django.conf import settings
from django.db import models

from gongkai.ledger.models.plan import Plan, Task


class Feedback(models.Model):
    """One message of the public to the office (社会监督留言)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="feedback", verbose_name="要点")
    task = models.ForeignKey(
        Task, models.SET_NULL, null=True, blank=True, related_name="feedback", verbose_name="任务"
    )
    text = models.TextField("意见建议")
    name = models.CharField("称呼", max_length=20, blank=True)
    contact = models.CharField("联系方式", max_length=60, blank=True)
    received_at = models.DateTimeField("收到时间")
    reply = models.TextField("处理结果", blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="处理人",
    )
    handled_on = models.DateField("处理日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "社会监督留言"
        db_table = "ledger_feedback"
        ordering = ("-received_at", "-id")

    def __str__(self) -> str:
        return self.text[:30]
