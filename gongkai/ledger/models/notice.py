"""提醒: what the night's work tells people, on the desk and by e-mail."""

from django.conf import settings
from django.db import models

from gongkai.ledger.models.plan import Assignment
from gongkai.ledger.models.supervision import Supervision


class Notice(models.Model):
    """One reminder to one person (提醒). Its key makes a second run of the night harmless."""

    key = models.CharField("去重键", max_length=120)
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name="接收人"
    )
    assignment = models.ForeignKey(
        Assignment, models.CASCADE, null=True, blank=True, related_name="notices", verbose_name="分工"
    )
    supervision = models.ForeignKey(
        Supervision, models.CASCADE, null=True, blank=True, related_name="notices", verbose_name="督办事项"
    )
    text = models.CharField("内容", max_length=300)
    link = models.CharField("页面", max_length=200)
    raised_on = models.DateField("提醒日期")
    seen_on = models.DateField("已读日期", null=True, blank=True)
    mail_due_at = models.DateTimeField("下次发信时间", null=True, blank=True)
    mailed_at = models.DateTimeField("发信时间", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("发信次数", default=0)
    fault = models.CharField("发信失败原因", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "提醒"
        db_table = "ledger_notice"
        ordering = ("-raised_on", "-id")
        constraints = [models.UniqueConstraint(fields=["key", "reader"], name="ledger_notice_once")]
        indexes = [
            models.Index(fields=["reader", "seen_on"], name="ledger_notice_unread"),
            models.Index(fields=["mailed_at", "mail_due_at"], name="ledger_notice_mail"),
        ]

    def __str__(self) -> str:
        return self.text


class NightlyRun(models.Model):
    """One day's work done (每日任务记录), with its counts."""

    on = models.DateField("日期", unique=True)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    counts = models.JSONField("结果", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "每日任务记录"
        db_table = "ledger_nightly_run"
        ordering = ("-on",)

    def __str__(self) -> str:
        return str(self.on)
