"""办理留痕: one row for each act, chained by hashes so that a later change shows."""

from datetime import date, datetime, time
from functools import cache

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit


class TraceQuerySet(models.QuerySet["Trace"]):
    """Named reads over traces."""

    def visible_to(self, user: User) -> "TraceQuerySet":
        """All acts for the district's people; for others those of their own units."""
        return self if user.sees_all else self.filter(unit__in=user.units())

    def about(self, *subjects: models.Model) -> "TraceQuerySet":
        """The acts on one record, or on a record and what hangs on it, oldest first (办理过程)."""
        wanted = models.Q(pk__in=())
        for each in subjects:
            wanted |= models.Q(subject_kind=each._meta.label_lower, subject_id=str(each.pk))
        return self.filter(wanted).order_by("number")

    def between(self, first: date | None, last: date | None) -> "TraceQuerySet":
        """The acts from the day *first* to the day *last*, both included, in the district's time."""
        found = self
        if first:
            found = found.filter(at__gte=_moment(first, time.min))
        if last:
            found = found.filter(at__lte=_moment(last, time.max))
        return found

    def mentioning(self, words: str) -> "TraceQuerySet":
        """The acts whose person, record, act or note holds *words*."""
        return self.filter(
            Q(actor_name__icontains=words)
            | Q(subject_name__icontains=words)
            | Q(act__icontains=words)
            | Q(note__icontains=words)
        )


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


class Trace(models.Model):
    """One act on one record (办理留痕). Written by ``services.record`` alone, never changed."""

    number = models.PositiveBigIntegerField("序号", unique=True)
    at = models.DateTimeField("时间", db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="操作人"
    )
    actor_name = models.CharField("操作人姓名", max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="操作单位")
    actor_unit = models.CharField("操作人单位", max_length=80, blank=True)
    subject_kind = models.CharField("对象种类", max_length=40)
    subject_id = models.CharField("对象编号", max_length=40)
    subject_name = models.CharField("对象名称", max_length=120)
    act = models.CharField("操作", max_length=40)
    note = models.TextField("说明", blank=True)
    facts = models.JSONField("变化内容", default=dict)
    previous_hash = models.CharField("前一条校验值", max_length=64)
    hash = models.CharField("校验值", max_length=64)

    objects = TraceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "办理留痕"
        db_table = "audit_trace"
        ordering = ("-number",)
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="audit_trace_subject")]

    def __str__(self) -> str:
        return f"{self.number} {self.act}"

    @property
    def subject_label(self) -> str:
        """The Chinese name of the kind of record (对象种类)."""
        return kinds().get(self.subject_kind, self.subject_kind)


@cache
def kinds() -> dict[str, str]:
    """Every kind of record that an act can be on, with its Chinese name (对象种类)."""
    return {
        model._meta.label_lower: str(model._meta.verbose_name)
        for model in apps.get_models()
        if model.__module__.startswith("gongkai.")
    }


class ChainHead(models.Model):
    """The newest link of the chain (留痕链首): the one row that writers lock, so that links never fork."""

    number = models.PositiveBigIntegerField("最新序号", default=0)
    hash = models.CharField("最新校验值", max_length=64, default="")

    class Meta:
        verbose_name = verbose_name_plural = "留痕链首"
        db_table = "audit_chain_head"

    def __str__(self) -> str:
        return str(self.number)
