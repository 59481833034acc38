"""归集: what lists across structured papers need, derived from the live edition on publication."""

from datetime import date

from django.db import models
from django.db.models import Q

from gongkai.documents.models.paper import Edition, Paper, on_site


class FilingQuerySet(models.QuerySet["Filing"]):
    """Named reads over filings."""

    def public(self, today: date) -> "FilingQuerySet":
        """Those of papers on the site on *today*."""
        return self.filter(on_site(today, "paper__"))

    def of_form(self, *forms: str) -> "FilingQuerySet":
        """Those of these kinds."""
        return self.filter(form__in=forms)

    def shown_on(self, today: date) -> "FilingQuerySet":
        """Those whose publicity term, if any, is not over."""
        return self.filter(Q(shown_until__isnull=True) | Q(shown_until__gte=today))


class Filing(models.Model):
    """The facts of one structured paper on the site (结构化信息归集): derived, stored only to be queried.

    ``head`` holds the public values of the head and the stages; ``edition`` is the one it was read from.
    """

    paper = models.OneToOneField(
        Paper, models.CASCADE, primary_key=True, related_name="filing", verbose_name="政府信息"
    )
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+", verbose_name="来源版本")
    form = models.CharField("结构化样式", max_length=30)
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    kind = models.CharField("种类", max_length=60, blank=True)
    place = models.CharField("地区", max_length=60, blank=True)
    period = models.CharField("期间", max_length=40, blank=True)
    name = models.CharField("名称", max_length=120, blank=True)
    number = models.CharField("编号", max_length=80, blank=True)
    parent = models.CharField("上级", max_length=120, blank=True)
    total = models.DecimalField("合计", max_digits=22, decimal_places=4, null=True, blank=True)
    rows = models.PositiveIntegerField("行数", default=0)
    event_on = models.DateField("起算日期", null=True, blank=True)
    due_on = models.DateField("公开时限", null=True, blank=True)
    shown_until = models.DateField("公示截止", null=True, blank=True)
    head = models.JSONField("表头内容", default=dict)

    objects = FilingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "结构化信息归集"
        db_table = "document_filing"
        indexes = [
            models.Index(fields=["form", "year", "kind"], name="document_filing_kind"),
            models.Index(fields=["form", "name"], name="document_filing_name"),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.form} {self.year or ''}".strip()


class FilingRowQuerySet(models.QuerySet["FilingRow"]):
    """Named reads over rows."""

    def public(self, form: str, today: date) -> "FilingRowQuerySet":
        """The rows of a kind that stand on the site today: neither over nor of a paper that left."""
        found = self.filter(on_site(today, "filing__paper__"), form=form)
        return found.filter(Q(until__isnull=True) | Q(until__gte=today))


class FilingRow(models.Model):
    """One row of a structured paper on the site in its public form (明细归集): searched, sorted and paged."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="lines", verbose_name="归集")
    form = models.CharField("结构化样式", max_length=30)
    table = models.CharField("明细表", max_length=30)
    ordinal = models.PositiveIntegerField("行号")
    number = models.CharField("编号", max_length=80, blank=True)
    name = models.CharField("名称", max_length=120, blank=True)
    kind = models.CharField("类别", max_length=60, blank=True)
    place = models.CharField("地区", max_length=60, blank=True)
    amount = models.DecimalField("数额", max_digits=22, decimal_places=4, null=True, blank=True)
    start = models.DateField("日期", null=True, blank=True)
    until = models.DateField("公示截止", null=True, blank=True)
    withdrawn = models.BooleanField("已撤回", default=False)
    withdraw_by = models.DateField("撤回期限", null=True, blank=True)
    cells = models.JSONField("内容", default=dict)

    objects = FilingRowQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "明细归集"
        db_table = "document_filing_row"
        ordering = ("filing", "table", "ordinal")
        constraints = [
            models.UniqueConstraint(fields=["filing", "table", "ordinal"], name="document_filing_row_once")
        ]
        indexes = [
            models.Index(fields=["form", "-start", "-id"], name="document_filing_row_newest"),
            models.Index(fields=["form", "place"], name="document_filing_row_place"),
            models.Index(fields=["form", "until"], name="document_filing_row_until"),
        ]

    def __str__(self) -> str:
        return self.number or self.name
