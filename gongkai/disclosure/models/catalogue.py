"""标准目录: fields, versions of their tables, rows, proposals to change them, and the papers of each row."""

from dataclasses import fields as facts_of
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.disclosure.states import ROW_CHANGE
from gongkai.documents.models import Column, Paper, on_site
from gongkai.rules.catalogue import RowFacts, write_channels


class Field(models.Model):
    """A field of the catalogues (试点领域): one of the 26, or one added later."""

    number = models.PositiveSmallIntegerField("序号", unique=True)
    name = models.CharField("领域名称", max_length=40, unique=True)
    other_names = models.CharField("又称", max_length=120, blank=True)
    confirmed = models.BooleanField("名称已核实", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "公开领域"
        db_table = "disclosure_field"
        ordering = ("number",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public page of the field."""
        return reverse("disclosure_field", args=[self.number])


class CatalogueQuerySet(models.QuerySet["Catalogue"]):
    """Named reads over catalogues."""

    def current(self, day: date) -> "CatalogueQuerySet":
        """The version of each field that is in force on *day*."""
        newest = (
            Catalogue.objects.filter(field=OuterRef("field"), in_force_from__lte=day)
            .order_by("-in_force_from", "-pk")
            .values("pk")[:1]
        )
        return self.filter(pk=Subquery(newest))


class Catalogue(models.Model):
    """One version of a field's table (标准目录), in force from a day."""

    field = models.ForeignKey(Field, models.PROTECT, related_name="catalogues", verbose_name="领域")
    version = models.CharField("版本", max_length=20)
    in_force_from = models.DateField("施行日期")
    source = models.CharField("来源", max_length=200, blank=True)
    installed_on = models.DateField("录入日期")
    sha256 = models.CharField("校验值", max_length=64, blank=True)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "标准目录"
        db_table = "disclosure_catalogue"
        ordering = ("field", "-in_force_from", "-id")
        constraints = [models.UniqueConstraint(fields=["field", "version"], name="disclosure_version_once")]

    def __str__(self) -> str:
        return f"{self.field}基层政务公开标准目录（{self.version}版）"

    def get_absolute_url(self) -> str:
        """The staff page of the version."""
        return reverse("catalogue", args=[self.pk])


class CatalogueRowQuerySet(models.QuerySet["CatalogueRow"]):
    """Named reads over rows of catalogues."""

    def current(self, day: date) -> "CatalogueRowQuerySet":
        """The rows in force on *day*."""
        return self.filter(catalogue__in=Catalogue.objects.current(day))

    def covered(self, today: date, unit: int | None = None) -> "CatalogueRowQuerySet":
        """The rows for which a paper stands on the site (已覆盖), of any unit or of one."""
        links = RowPaper.objects.standing(today).filter(row=OuterRef("pk"))
        return self.filter(models.Exists(links.filter(paper__unit=unit) if unit else links))


class CatalogueRow(models.Model):
    """One row of a catalogue (公开事项). The facts are those of ``RowFacts``, in its order."""

    catalogue = models.ForeignKey(Catalogue, models.CASCADE, related_name="rows", verbose_name="标准目录")
    number = models.PositiveSmallIntegerField("序号")
    first = models.CharField("一级事项", max_length=80)
    second = models.CharField("二级事项", max_length=120)
    elements = models.TextField("公开内容（要素）", blank=True)
    basis = models.TextField("公开依据", blank=True)
    limit = models.CharField("公开时限", max_length=120, blank=True)
    limit_code = models.CharField("时限代码", max_length=20, blank=True)
    subject = models.CharField("公开主体", max_length=120, blank=True)
    units = models.ManyToManyField(
        Unit,
        blank=True,
        related_name="catalogue_rows",
        verbose_name="责任单位",
        db_table="disclosure_row_unit",
    )
    channels = models.JSONField("公开渠道和载体", default=list, blank=True)
    other_channel = models.CharField("其他渠道", max_length=60, blank=True)
    for_all = models.BooleanField("全社会", default=True)
    audience = models.CharField("特定群体", max_length=80, blank=True)
    active = models.BooleanField("主动公开", default=True)
    on_request = models.BooleanField("依申请公开", default=False)
    county = models.BooleanField("县级", default=True)
    town = models.BooleanField("乡级", default=False)
    village = models.BooleanField("村级", default=False)
    column = models.ForeignKey(
        Column, models.SET_NULL, null=True, blank=True, related_name="catalogue_rows", verbose_name="对应栏目"
    )
    keywords = models.CharField("匹配词", max_length=120, blank=True)
    papers = models.ManyToManyField(
        Paper, through="RowPaper", related_name="catalogue_rows", verbose_name="对应信息"
    )

    objects = CatalogueRowQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公开事项"
        db_table = "disclosure_row"
        ordering = ("catalogue", "number", "id")
        constraints = [
            models.UniqueConstraint(fields=["catalogue", "first", "second"], name="disclosure_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.first}：{self.second}"

    def get_absolute_url(self) -> str:
        """The public page of the row."""
        return reverse("disclosure_row", args=[self.pk])

    @property
    def facts(self) -> RowFacts:
        """What the row says, free of the database."""
        values = {each.name: getattr(self, each.name) for each in facts_of(RowFacts)}
        return RowFacts(**(values | {"channels": tuple(self.channels)}))

    @property
    def channel_lines(self) -> list[str]:
        """All channels with ■ and □, as the printed table has them."""
        return write_channels(self.channels, self.other_channel).splitlines()

    @property
    def levels(self) -> str:
        """县级、乡级、村级, those that are ticked."""
        ticked = ((self.county, "县级"), (self.town, "乡级"), (self.village, "村级"))
        return "、".join(name for ticked_here, name in ticked if ticked_here)

    @property
    def unconfirmed(self) -> bool:
        """Whether part of the basis was not checked against the text (未核实)."""
        return "未核实" in self.basis

    def take(self, facts: RowFacts) -> None:
        """Take over what *facts* say (not saved)."""
        for each in facts_of(RowFacts):
            setattr(self, each.name, getattr(facts, each.name))
        self.channels = list(facts.channels)


class RowPaperQuerySet(models.QuerySet["RowPaper"]):
    """Named reads over links."""

    def standing(self, today: date) -> "RowPaperQuerySet":
        """The links that count on *today*: not taken away by hand, to papers on the site."""
        return self.filter(on_site(today, "paper__"), dropped=False)


class RowPaper(models.Model):
    """A paper that fills a row (事项对应信息): found by column and words, or linked by hand."""

    row = models.ForeignKey(CatalogueRow, models.CASCADE, related_name="links", verbose_name="公开事项")
    paper = models.ForeignKey(Paper, models.CASCADE, related_name="row_links", verbose_name="政府信息")
    by_hand = models.BooleanField("人工对应", default=False)
    dropped = models.BooleanField("已移除", default=False)

    objects = RowPaperQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "事项对应信息"
        db_table = "disclosure_row_paper"
        constraints = [models.UniqueConstraint(fields=["row", "paper"], name="disclosure_link_once")]

    def __str__(self) -> str:
        return f"{self.row_id} → {self.paper_id}"


class RowChangeQuerySet(models.QuerySet["RowChange"]):
    """Named reads over changes."""

    def visible_to(self, user: User) -> "RowChangeQuerySet":
        """What *user*'s units proposed; the office sees all."""
        return self if user.sees_all else self.filter(unit__in=user.units())


class RowChange(models.Model):
    """A change of the catalogue with its reason (目录调整): proposed by a unit, decided by the office."""

    class Kind(models.TextChoices):
        """What is to change."""

        ADD = "add", "新增事项"
        AMEND = "amend", "修改事项"
        REMOVE = "remove", "删除事项"

    catalogue = models.ForeignKey(Catalogue, models.CASCADE, related_name="changes", verbose_name="标准目录")
    row = models.ForeignKey(
        CatalogueRow, models.SET_NULL, null=True, blank=True, related_name="changes", verbose_name="公开事项"
    )
    kind = models.CharField("调整方式", max_length=8, choices=Kind.choices)
    title = models.CharField("事项", max_length=210)
    before = models.JSONField("调整前", default=dict, blank=True)
    after = models.JSONField("调整后", default=dict, blank=True)
    reason = models.TextField("调整理由")
    state = models.CharField(
        "状态", max_length=10, choices=list(ROW_CHANGE.states.items()), default="proposed", db_index=True
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="提出单位")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人"
    )
    proposed_on = models.DateField("提出日期")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="审定人",
    )
    decided_on = models.DateField("审定日期", null=True, blank=True)
    remark = models.TextField("审定意见", blank=True)

    objects = RowChangeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "目录调整"
        db_table = "disclosure_row_change"
        ordering = ("-proposed_on", "-id")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.title}"

    def get_absolute_url(self) -> str:
        """The staff page of the change."""
        return reverse("row_change", args=[self.pk])


def facts_from(values: dict[str, Any]) -> RowFacts:
    """The facts of a row as a change keeps them (调整内容)."""
    return RowFacts(**(values | {"channels": tuple(values.get("channels", ()))}))
