"""办理留痕: one row for each act, chained by hashes so that a later change shows."""

from django.conf import settings
from django.db import models


class Trace(models.Model):
    """One act on one record (办理留痕). Written by ``services.record`` alone, never changed."""

    number = models.PositiveBigIntegerField("序号", unique=True)
    at = models.DateTimeField("时间", db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="操作人"
    )
    actor_name = models.CharField("操作人姓名", max_length=40)
    actor_unit = models.CharField("操作人单位", max_length=80, blank=True)
    subject_kind = models.CharField("对象种类", max_length=40)
    subject_id = models.CharField("对象编号", max_length=40)
    subject_name = models.CharField("对象名称", max_length=120)
    act = models.CharField("操作", max_length=40)
    note = models.TextField("说明", blank=True)
    facts = models.JSONField("变化内容", default=dict)
    previous_hash = models.CharField("前一条校验值", max_length=64)
    hash = models.CharField("校验值", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "办理留痕"
        db_table = "audit_trace"
        ordering = ("-number",)
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="audit_trace_subject")]

    def __str__(self) -> str:
        return f"{self.number} {self.act}"


class ChainHead(models.Model):
    """The newest link of the chain (留痕链首): the one row that writers lock, so that links never fork."""

    number = models.PositiveBigIntegerField("最新序号", default=0)
    hash = models.CharField("最新校验值", max_length=64, default="")

    class Meta:
        verbose_name = verbose_name_plural = "留痕链首"
        db_table = "audit_chain_head"

    def __str__(self) -> str:
        return str(self.number)
