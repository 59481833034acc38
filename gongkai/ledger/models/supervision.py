"""督办: a demand to a unit that is late, with its record, until it is closed."""

from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.ledger.models.plan import Assignment
from gongkai.ledger.states import SUPERVISION


class SupervisionQuerySet(models.QuerySet["Supervision"]):
    """Named reads over supervision."""

    def visible_to(self, user: User) -> "SupervisionQuerySet":
        """The office sees all; a unit sees its own."""
        return self if user.sees_all else self.filter(unit__in=user.units())

    def open(self) -> "SupervisionQuerySet":
        """Not yet closed."""
        return self.exclude(state="closed")

    def unanswered(self, today: date) -> "SupervisionQuerySet":
        """The day for the answer has passed without one."""
        return self.filter(state="open", answer_by__lt=today)


class SupervisionYear(models.Model):
    """The last number given in a year (督办编号): the one row that writers lock, so that none is skipped."""

    year = models.PositiveSmallIntegerField("年度", unique=True)
    last = models.PositiveIntegerField("最新编号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "督办编号"
        db_table = "ledger_supervision_year"

    def __str__(self) -> str:
        return f"督办〔{self.year}〕{self.last}号"


class Supervision(models.Model):
    """One demand (督办事项) to one unit on one or more of its late assignments."""

    number = models.CharField("督办编号", max_length=40, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="supervisions", verbose_name="被督办单位")
    assignments = models.ManyToManyField(Assignment, related_name="supervisions", verbose_name="督办任务")
    demand = models.TextField("督办要求")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="发起人"
    )
    opened_on = models.DateField("发起日期")
    answer_by = models.DateField("反馈时限")
    state = models.CharField("状态", max_length=10, choices=list(SUPERVISION.states.items()), default="open")
    closed_on = models.DateField("销号日期", null=True, blank=True)

    objects = SupervisionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督办事项"
        db_table = "ledger_supervision"
        ordering = ("-opened_on", "-id")

    def __str__(self) -> str:
        return f"{self.number} {self.unit}"

    def get_absolute_url(self) -> str:
        """The page of this supervision."""
        return reverse("supervision", args=[self.pk])


class SupervisionStep(models.Model):
    """One entry of the supervision record (督办记录): demand, answer, pressing again, closing."""

    supervision = models.ForeignKey(
        Supervision, models.CASCADE, related_name="steps", verbose_name="督办事项"
    )
    act = models.CharField("操作", max_length=20)
    text = models.TextField("内容")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="操作人"
    )
    on = models.DateField("日期")

    class Meta:
        verbose_name = verbose_name_plural = "督办记录"
        db_table = "ledger_supervision_step"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.on} {self.act}"
