"""栏目体检: what the nightly check found in a column, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.disclosure.states import FINDING, UNSETTLED
from gongkai.documents.models import Column, Paper


class ColumnFindingQuerySet(models.QuerySet["ColumnFinding"]):
    """Named reads over findings."""

    def visible_to(self, user: User) -> "ColumnFindingQuerySet":
        """Those that *user*'s units have to mend."""
        return self if user.sees_all else self.filter(unit__in=user.units())

    def unsettled(self) -> "ColumnFindingQuerySet":
        """Those that still count."""
        return self.filter(state__in=UNSETTLED)


class ColumnFinding(models.Model):
    """A fault of a column (体检问题): open until the check finds it gone."""

    class Sort(models.TextChoices):
        """What is wrong."""

        STALE = "stale", "更新不及时"
        EMPTY = "empty", "空白栏目"
        WRONG_KIND = "wrong_kind", "内容放错栏目"
        BROKEN_LINK = "broken_link", "链接或附件失效"
        NO_KEEPER = "no_keeper", "没有责任人"

    column = models.ForeignKey(Column, models.CASCADE, related_name="findings", verbose_name="栏目")
    paper = models.ForeignKey(
        Paper, models.CASCADE, null=True, blank=True, related_name="findings", verbose_name="政府信息"
    )
    sort = models.CharField("问题类别", max_length=12, choices=Sort.choices)
    place = models.CharField("位置", max_length=300, blank=True)
    text = models.CharField("问题说明", max_length=300)
    rule = models.CharField("依据", max_length=200, blank=True)
    state = models.CharField(
        "状态", max_length=8, choices=list(FINDING.states.items()), default="open", db_index=True
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="整改单位"
    )
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="整改人",
    )
    found_on = models.DateField("发现日期")
    due_on = models.DateField("整改期限", db_index=True)
    mended_on = models.DateField("整改日期", null=True, blank=True)
    mend_note = models.TextField("整改说明", blank=True)
    closed_on = models.DateField("销号日期", null=True, blank=True)
    reopened = models.PositiveSmallIntegerField("复查未通过次数", default=0)

    objects = ColumnFindingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "体检问题"
        db_table = "disclosure_finding"
        ordering = ("due_on", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["column", "sort", "paper", "place"],
                condition=Q(state__in=UNSETTLED, paper__isnull=False),
                name="disclosure_finding_once",
            ),
            models.UniqueConstraint(
                fields=["column", "sort", "place"],
                condition=Q(state__in=UNSETTLED, paper__isnull=True),
                name="disclosure_finding_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.column}：{self.get_sort_display()}"

    def get_absolute_url(self) -> str:
        """The staff page of the finding."""
        return reverse("finding", args=[self.pk])
