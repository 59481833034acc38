"""责任单位: units, the names they have borne, and the groups by which a plan calls them."""

from datetime import date

from django.db import models
from django.db.models import Q


class Kind(models.TextChoices):
    """Kinds of units (单位类别); groups of a plan are rules over these."""

    TOWN = "town", "镇人民政府"
    STREET = "street", "街道办事处"
    OFFICE = "office", "政府办公室"
    BUREAU = "bureau", "政府工作部门"
    PARTY = "party", "党委工作机关"
    VERTICAL = "vertical", "垂直管理单位"
    ZONE = "zone", "开发区管委会"
    INSTITUTION = "institution", "事业单位"
    ENTERPRISE = "enterprise", "公共企事业单位"
    MASS = "mass", "群团组织"
    VILLAGE = "village", "村（社区）"


class UnitQuerySet(models.QuerySet["Unit"]):
    """Named reads over units."""

    def on(self, day: date) -> "UnitQuerySet":
        """The units that exist on *day*."""
        return self.filter(started_on__lte=day).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))

    def of_kinds(self, kinds: list[str]) -> "UnitQuerySet":
        """The units of any of these kinds."""
        return self.filter(kind__in=kinds)


class Unit(models.Model):
    """A unit (责任单位) that a plan can make responsible."""

    name = models.CharField("全称", max_length=80, unique=True)
    short_name = models.CharField("简称", max_length=40, db_index=True)
    kind = models.CharField("单位类别", max_length=12, choices=Kind.choices, db_index=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级单位"
    )
    started_on = models.DateField("设立日期", default=date(1949, 10, 1))
    ended_on = models.DateField("撤销日期", null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="forerunners", verbose_name="职责承继单位"
    )
    head = models.CharField("主要负责人", max_length=20, blank=True)
    officer = models.CharField("政务公开联系人", max_length=20, blank=True)
    phone = models.CharField("联系电话", max_length=30, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    address = models.CharField("办公地址", max_length=100, blank=True)
    office_hours = models.CharField("办公时间", max_length=100, blank=True)
    position = models.PositiveSmallIntegerField("排序", default=0)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "责任单位"
        db_table = "agency_unit"
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.short_name


class UnitName(models.Model):
    """A name that a unit bears or bore (单位名称): short names and former names, for reading plans."""

    class Sort(models.TextChoices):
        """Sorts of names."""

        FULL = "full", "全称"
        SHORT = "short", "简称"
        FORMER = "former", "曾用名"

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="names", verbose_name="单位")
    name = models.CharField("名称", max_length=80, db_index=True)
    sort = models.CharField("名称种类", max_length=8, choices=Sort.choices, default=Sort.SHORT)
    until_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "单位名称"
        db_table = "agency_unit_name"
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="agency_name_once")]

    def __str__(self) -> str:
        return self.name


class UnitChange(models.Model):
    """One event in a unit's life (机构沿革): set up, renamed, merged, closed."""

    class Event(models.TextChoices):
        """Kinds of events."""

        SET_UP = "set_up", "设立"
        RENAMED = "renamed", "更名"
        MERGED = "merged", "并入"
        CLOSED = "closed", "撤销"

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="changes", verbose_name="单位")
    event = models.CharField("事项", max_length=8, choices=Event.choices)
    on = models.DateField("日期")
    old_name = models.CharField("原名称", max_length=80, blank=True)
    new_name = models.CharField("新名称", max_length=80, blank=True)
    into = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="absorbed", verbose_name="并入单位"
    )
    ground = models.CharField("依据文号", max_length=80, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "机构沿革"
        db_table = "agency_unit_change"
        ordering = ("on", "id")

    def __str__(self) -> str:
        return f"{self.on} {self.get_event_display()}"


class Group(models.Model):
    """A group that a plan names (责任主体统称), as a rule over kinds that gives its units on a date.

    ``open_ended`` groups (有关部门) name nobody by themselves: the office has to choose.
    """

    name = models.CharField("统称", max_length=80, unique=True)
    kinds = models.JSONField("包含的单位类别", default=list)
    also = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name="另含单位")
    but = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name="不含单位")
    open_ended = models.BooleanField("需另行指定", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "责任主体统称"
        db_table = "agency_group"
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name

    def members(self, day: date) -> UnitQuerySet:
        """The units that the group means on *day*."""
        named = Q(kind__in=self.kinds) | Q(pk__in=self.also.values("pk"))
        return Unit.objects.on(day).filter(named).exclude(pk__in=self.but.values("pk"))


class GroupName(models.Model):
    """Another wording of a group (统称的其他写法): 各镇（街）, 各镇政府、各街道办."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="names", verbose_name="统称")
    name = models.CharField("写法", max_length=80, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "统称的其他写法"
        db_table = "agency_group_name"

    def __str__(self) -> str:
        return self.name
