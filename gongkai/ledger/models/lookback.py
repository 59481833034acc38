"""回头看: last year's dated tasks, verified one by one."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.ledger.models.plan import Assignment, Plan
from gongkai.ledger.states import LOOKBACK


class LookBack(models.Model):
    """One look back at a finished year's plan (回头看)."""

    plan = models.OneToOneField(Plan, models.CASCADE, related_name="lookback", verbose_name="上一年度要点")
    started_on = models.DateField("启动日期")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="启动人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "回头看"
        db_table = "ledger_lookback"

    def __str__(self) -> str:
        return f"{self.plan.title}回头看"

    def get_absolute_url(self) -> str:
        """The page of this look back."""
        return reverse("lookback", args=[self.pk])


class LookBackEntryQuerySet(models.QuerySet["LookBackEntry"]):
    """Named reads over the entries."""

    def visible_to(self, user: User) -> "LookBackEntryQuerySet":
        """The office sees all; a unit sees its own."""
        return self if user.sees_all else self.filter(assignment__unit__in=user.units())


class LookBackEntry(models.Model):
    """One task of one unit under verification (核查事项)."""

    lookback = models.ForeignKey(LookBack, models.CASCADE, related_name="entries", verbose_name="回头看")
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="lookback_entries", verbose_name="分工"
    )
    state = models.CharField(
        "状态", max_length=10, choices=list(LOOKBACK.states.items()), default="unchecked", db_index=True
    )
    finding = models.TextField("核查情况", blank=True)
    mend_by = models.DateField("整改时限", null=True, blank=True)
    answer = models.TextField("整改结果", blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="核查人",
    )
    checked_on = models.DateField("核查日期", null=True, blank=True)

    objects = LookBackEntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "核查事项"
        db_table = "ledger_lookback_entry"
        ordering = ("assignment__task__position", "id")
        constraints = [
            models.UniqueConstraint(fields=["lookback", "assignment"], name="ledger_lookback_once")
        ]

    def __str__(self) -> str:
        return str(self.assignment)
