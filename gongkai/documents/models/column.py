"""栏目、主题、专题: where papers are shown; a topic is a saved query with pinned papers, never a copy."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from gongkai.agencies.models import Unit


class Theme(models.Model):
    """A subject of the classification of government papers (主题分类)."""

    code = models.CharField("代码", max_length=10, unique=True)
    name = models.CharField("名称", max_length=40)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级主题"
    )
    position = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "主题分类"
        db_table = "document_theme"
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name


class ColumnQuerySet(models.QuerySet["Column"]):
    """Named reads over columns."""

    def open(self) -> "ColumnQuerySet":
        """The columns that the public sees."""
        return self.filter(closed_on__isnull=True)


class Column(models.Model):
    """A column of the site (栏目) with a named keeper; ``kinds`` limits what may be placed in it."""

    name = models.CharField("栏目名称", max_length=40)
    slug = models.SlugField("网址代码", max_length=40, unique=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级栏目"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="columns", verbose_name="主管单位"
    )
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="columns",
        verbose_name="栏目责任人",
    )
    kinds = models.JSONField("允许的体裁", default=list, blank=True)
    statutory = models.BooleanField("法定主动公开内容", default=False)
    description = models.CharField("栏目介绍", max_length=200, blank=True)
    keywords = models.CharField("栏目关键词", max_length=120, blank=True)
    sort = models.CharField("栏目类别", max_length=20, blank=True)
    position = models.PositiveSmallIntegerField("排序", default=0)
    closed_on = models.DateField("关闭日期", null=True, blank=True)

    objects = ColumnQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "栏目"
        db_table = "document_column"
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public page of the column."""
        return reverse("column", args=[self.slug])


class Topic(models.Model):
    """A topic (专题): what ``query`` finds, with pinned papers before it; items stay in their own columns.

    ``query`` holds the search's own keys: words, column, unit, theme, kind, since, until.
    """

    name = models.CharField("专题名称", max_length=40)
    slug = models.SlugField("网址代码", max_length=40, unique=True)
    lede = models.TextField("导语", blank=True)
    query = models.JSONField("收录条件", default=dict, blank=True)
    lead = models.ForeignKey(Unit, models.PROTECT, related_name="topics", verbose_name="牵头单位")
    units = models.ManyToManyField(
        Unit, blank=True, related_name="+", verbose_name="参与单位", db_table="document_topic_unit"
    )
    position = models.PositiveSmallIntegerField("排序", default=0)
    closed_on = models.DateField("结束日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "专题"
        db_table = "document_topic"
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public page of the topic."""
        return reverse("topic", args=[self.slug])


class TopicPin(models.Model):
    """A paper proposed for a topic by its unit, and accepted by the lead (专题收录)."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="pins", verbose_name="专题")
    paper = models.ForeignKey("documents.Paper", models.CASCADE, related_name="pins", verbose_name="政府信息")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="推荐人"
    )
    proposed_on = models.DateField("推荐日期")
    accepted_on = models.DateField("收录日期", null=True, blank=True)
    position = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "专题收录"
        db_table = "document_topic_pin"
        ordering = ("position", "-accepted_on", "id")
        constraints = [models.UniqueConstraint(fields=["topic", "paper"], name="document_pin_once")]

    def __str__(self) -> str:
        return f"{self.topic}：{self.paper_id}"
