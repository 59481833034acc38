"""公开指南与试点: how to get information from a unit; villages that publish by a part of the catalogue."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.disclosure.models.catalogue import CatalogueRow


class GuideQuerySet(models.QuerySet["Guide"]):
    """Named reads over guides."""

    def visible_to(self, user: User) -> "GuideQuerySet":
        """The guides of *user*'s units."""
        return self if user.sees_all else self.filter(unit__in=user.units())


class Guide(models.Model):
    """What a unit adds to its guide (政府信息公开指南, 条例第十二条); the rest comes from the unit itself."""

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="guide", verbose_name="单位")
    classification = models.TextField("政府信息的分类", blank=True)
    arrangement = models.TextField("编排体系", blank=True)
    ways = models.TextField("获取方式", blank=True)
    office = models.CharField("公开工作机构", max_length=80, blank=True)
    address = models.CharField("办公地址", max_length=100, blank=True)
    hours = models.CharField("办公时间", max_length=100, blank=True)
    phone = models.CharField("联系电话", max_length=30, blank=True)
    fax = models.CharField("传真号码", max_length=30, blank=True)
    email = models.CharField("互联网联系方式", max_length=120, blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    how_to_apply = models.TextField("怎样申请", blank=True)
    updated_on = models.DateField("更新日期")
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="更新人"
    )

    objects = GuideQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公开指南"
        db_table = "disclosure_guide"

    def __str__(self) -> str:
        return f"{self.unit}政府信息公开指南"

    def get_absolute_url(self) -> str:
        """The public page of the guide."""
        return reverse("disclosure_guide", args=[self.unit_id])


class Pilot(models.Model):
    """A village or community that publishes by a part of the catalogue (村居试点)."""

    name = models.CharField("村（社区）名称", max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="pilots", verbose_name="所属镇街")
    rows = models.ManyToManyField(
        CatalogueRow,
        blank=True,
        related_name="pilots",
        verbose_name="公开事项",
        db_table="disclosure_pilot_row",
    )
    place = models.CharField("公开栏位置", max_length=100, blank=True)
    note = models.TextField("做法和成效", blank=True)
    started_on = models.DateField("启动日期")
    ended_on = models.DateField("结束日期", null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "村居试点"
        db_table = "disclosure_pilot"
        ordering = ("unit", "name")
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="disclosure_pilot_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public page of the village."""
        return reverse("disclosure_village", args=[self.pk])
