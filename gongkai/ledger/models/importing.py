"""导入: a plan's file between upload and confirmation; nothing typed in between is lost."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from gongkai.ledger.models.plan import Plan
from gongkai.ledger.states import IMPORT


class PlanImport(models.Model):
    """One import under way (要点导入). ``rows`` holds the tasks as read and as corrected by people.

    The shape of a row is ``services.importing.rows.Row``. ``answers`` says what a wording of a body means
    for the whole import, ``left`` names the changes of a revised plan that the office does not take over.
    """

    source_name = models.CharField("文件名", max_length=200)
    source_text = models.TextField("原文")
    source_sha256 = models.CharField("文件校验值", max_length=64, blank=True)
    title = models.CharField("标题", max_length=120, blank=True)
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    document_number = models.CharField("发文字号", max_length=60, blank=True)
    public = models.BooleanField("向社会公开进度", default=True)
    rows = models.JSONField("任务", default=list)
    doubts = models.JSONField("全文疑点", default=list)
    answers = models.JSONField("责任主体对应", default=dict)
    left = models.JSONField("不采纳的变化", default=list)
    version = models.PositiveIntegerField("修改次数", default=0)
    revises = models.ForeignKey(
        Plan, models.PROTECT, null=True, blank=True, related_name="revisions", verbose_name="修订的要点"
    )
    plan = models.ForeignKey(
        Plan, models.SET_NULL, null=True, blank=True, related_name="imports", verbose_name="导入结果"
    )
    state = models.CharField("状态", max_length=10, choices=list(IMPORT.states.items()), default="checking")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="导入人"
    )
    started_at = models.DateTimeField("开始时间")

    class Meta:
        verbose_name = verbose_name_plural = "要点导入"
        db_table = "ledger_plan_import"
        ordering = ("-started_at", "-id")

    def __str__(self) -> str:
        return self.title or self.source_name

    def get_absolute_url(self) -> str:
        """The checking page of this import."""
        return reverse("import", args=[self.pk])
