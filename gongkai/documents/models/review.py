"""审核: who reviewed, proofread and countersigned an edition; which gate was overridden and why."""

from datetime import datetime

from django.conf import settings
from django.db import models

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.documents.models.paper import Edition
from gongkai.documents.states import COUNTERSIGN, EDITION


class Review(models.Model):
    """One review of an edition (审核记录): three reviews, three proofreadings, each with person and time."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="reviews", verbose_name="版本")
    stage = models.CharField("环节", max_length=12, choices=list(EDITION.states.items()))
    passed = models.BooleanField("通过", default=True)
    proofread = models.BooleanField("已校对全文", default=False)
    remark = models.TextField("意见", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="审核人")
    at = models.DateTimeField("时间")
    round = models.PositiveSmallIntegerField("轮次", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "审核记录"
        db_table = "document_review"
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.get_stage_display()}：{'通过' if self.passed else '退回'}"


class CountersignQuerySet(models.QuerySet["Countersign"]):
    """Named reads over countersignatures."""

    def visible_to(self, user: User) -> "CountersignQuerySet":
        """Those asked of *user*'s units, and those that *user*'s units asked for."""
        if user.sees_all:
            return self
        own = user.units().order_by().values("pk")
        return self.filter(models.Q(unit__in=own) | models.Q(edition__paper__unit__in=own))


class Countersign(models.Model):
    """One unit's consent to a release (会签)."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="countersigns", verbose_name="版本")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="会签单位")
    state = models.CharField("状态", max_length=8, choices=list(COUNTERSIGN.states.items()), default="asked")
    remark = models.TextField("意见", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="会签人",
    )
    at = models.DateTimeField("时间", null=True, blank=True)

    objects = CountersignQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会签"
        db_table = "document_countersign"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["edition", "unit"], name="document_countersign_once")]

    def __str__(self) -> str:
        return f"{self.unit}：{self.get_state_display()}"


class Override(models.Model):
    """A gate passed against its warning, with a remark (例外放行); counted."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="overrides", verbose_name="版本")
    gate = models.CharField("关口", max_length=20)
    remark = models.TextField("理由")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="放行人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "例外放行"
        db_table = "document_override"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["edition", "gate"], name="document_override_once")]

    def __str__(self) -> str:
        return self.gate


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Named reads over releases."""

    def due(self, now: datetime) -> "ReleaseQuerySet":
        """Those whose embargo is over and which nothing held so far (到时应发)."""
        return self.filter(done_at=None, embargo_until__lte=now, held="")

    def held_up(self) -> "ReleaseQuerySet":
        """Those that could not go out at their hour and wait for people (到时未发)."""
        return self.filter(done_at=None).exclude(held="")


class Release(models.Model):
    """Several editions that go live at one moment (发布批次): a policy with its reading, a joint release.

    ``held`` says why it could not go out by itself at its hour; from then on people decide.
    """

    title = models.CharField("名称", max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="牵头单位")
    embargo_until = models.DateTimeField("解禁时间", null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="创建人"
    )
    made_on = models.DateField("创建日期")
    done_at = models.DateTimeField("发布时间", null=True, blank=True)
    held = models.TextField("到时未发的原因", blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "发布批次"
        db_table = "document_release"
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.title

    @property
    def stage(self) -> tuple[str, str]:
        """Where it stands, as a state's code and its words (批次状态)."""
        if self.done_at:
            return "done", "已发布"
        if self.held:
            return "overdue", "到时未发"
        return ("scheduled", "定时发布") if self.embargo_until else ("waiting", "准备中")
