"""公开职责: a column or a row of the catalogue × a unit × a cycle × a limit, with a named keeper."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.disclosure.models.catalogue import CatalogueRow
from gongkai.documents.models import Column, Sort
from gongkai.rules import publication, staleness
from gongkai.rules.duties import CYCLES, STANDINGS, Cycle, Standing, Terms

CYCLE_CHOICES = [(each.value, label) for each, label in CYCLES.items()]
STANDING_CHOICES = [(each.value, label) for each, label in STANDINGS.items()]


class DutyQuerySet(models.QuerySet["Duty"]):
    """Named reads over duties."""

    def visible_to(self, user: User) -> "DutyQuerySet":
        """The duties of *user*'s units."""
        return self if user.sees_all else self.filter(unit__in=user.units())

    def on(self, day: date) -> "DutyQuerySet":
        """The duties that bind on *day*."""
        return self.filter(starts_on__lte=day).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))


class Duty(models.Model):
    """A duty to publish (公开职责). What it asks for is a fact; how it stands is derived by ``rules.duties``.

    ``standing`` and ``due_on`` are last night's result, stored only to be queried.
    """

    title = models.CharField("职责名称", max_length=120)
    column = models.ForeignKey(
        Column, models.PROTECT, null=True, blank=True, related_name="duties", verbose_name="栏目"
    )
    row = models.ForeignKey(
        CatalogueRow, models.PROTECT, null=True, blank=True, related_name="duties", verbose_name="公开事项"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="duties", verbose_name="责任单位")
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="duties",
        verbose_name="责任人",
    )
    cycle = models.CharField("公开周期", max_length=10, choices=CYCLE_CHOICES, default=Cycle.EVENT.value)
    limit = models.CharField("法定期限", max_length=20, default=publication.GENERAL)
    yearly = models.CharField("年度固定日期", max_length=30, blank=True)
    stretch = models.CharField("更新时限", max_length=12, default=staleness.OTHER)
    starts_on = models.DateField("起始日期")
    ended_on = models.DateField("终止日期", null=True, blank=True)
    sort = models.CharField("体裁", max_length=12, choices=Sort.choices, blank=True)
    form = models.CharField("结构化样式", max_length=30, blank=True)
    paper_title = models.CharField("标题样式", max_length=120, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    standing = models.CharField(
        "昨夜状态", max_length=6, choices=STANDING_CHOICES, default=Standing.DUE.value, db_index=True
    )
    due_on = models.DateField("应公开日期", null=True, blank=True, db_index=True)
    checked_on = models.DateField("核对日期", null=True, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公开职责"
        db_table = "disclosure_duty"
        ordering = ("unit", "title", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(column__isnull=False) | Q(row__isnull=False), name="disclosure_duty_of_what"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("starts_on")),
                name="disclosure_duty_days",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The staff page of the duty."""
        return reverse("duty", args=[self.pk])

    @property
    def terms(self) -> Terms:
        """What it asks for, free of the database."""
        return Terms(Cycle(self.cycle), self.starts_on, self.limit, self.yearly, self.stretch)

    def title_on(self, day: date) -> str:
        """The title that a new paper for this duty begins with (标题样式), year and quarter filled in."""
        quarter = "一二三四"[(day.month - 1) // 3]
        words = {"年": str(day.year), "月": str(day.month), "季": quarter, "单位": self.unit.short_name}
        title = self.paper_title
        for name, word in words.items():
            title = title.replace(f"{{{name}}}", word)
        return title


class DutyEvent(models.Model):
    """What sets the clock of a duty going (起算事项): a budget approved, a decision made."""

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="events", verbose_name="公开职责")
    on = models.DateField("日期")
    note = models.CharField("说明", max_length=120, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "起算事项"
        db_table = "disclosure_duty_event"
        ordering = ("-on", "-id")

    def __str__(self) -> str:
        return f"{self.on} {self.note}".strip()
