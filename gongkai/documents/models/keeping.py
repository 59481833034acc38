"""保管: what is typed but not saved, re-assessment of attributes, errata of readers, the yearly clean-up."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.documents.models.elements import Attribute
from gongkai.documents.models.paper import Edition, Paper, Standing
from gongkai.documents.states import CLEANUP, ERRATUM


class Typed(models.Model):
    """What somebody typed on one page of an edition and did not save yet (自动保存), so that nothing is lost.

    Each page that is written on keeps a copy of its own: what an earlier one left stays until it is answered.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="typed", verbose_name="版本")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="填写人")
    page = models.CharField("页面标识", max_length=32, blank=True, default="")
    fields = models.JSONField("内容", default=dict)
    version = models.PositiveIntegerField("基于的保存次数", default=0)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "自动保存"
        db_table = "document_typed"
        constraints = [models.UniqueConstraint(fields=["edition", "by", "page"], name="document_typed_once")]

    def __str__(self) -> str:
        return f"自动保存 {self.at:%Y-%m-%d %H:%M}"


class Reassessment(models.Model):
    """One look at whether a paper that is not public may be published now (定期评估, 条例第十八条)."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="reassessments", verbose_name="政府信息")
    attribute = models.CharField("评估结果", max_length=8, choices=Attribute.choices)
    reason = models.TextField("理由")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="评估人")
    on = models.DateField("评估日期")

    class Meta:
        verbose_name = verbose_name_plural = "公开属性评估"
        db_table = "document_reassessment"
        ordering = ("-on", "-id")

    def __str__(self) -> str:
        return f"{self.on} {self.get_attribute_display()}"


class ErratumQuerySet(models.QuerySet["Erratum"]):
    """Named reads over errata."""

    def visible_to(self, user: User) -> "ErratumQuerySet":
        """Those about papers of *user*'s units; those about no paper belong to the office."""
        return self if user.sees_all else self.filter(paper__unit__in=user.units())


class Erratum(models.Model):
    """A fault that a reader points at (我要纠错); it goes to the unit of the paper."""

    paper = models.ForeignKey(
        Paper, models.CASCADE, null=True, blank=True, related_name="errata", verbose_name="政府信息"
    )
    address = models.CharField("网址", max_length=300, blank=True)
    quote = models.TextField("错误之处", blank=True)
    text = models.TextField("说明")
    contact = models.CharField("联系方式", max_length=60, blank=True)
    received_at = models.DateTimeField("收到时间")
    due_on = models.DateField("答复期限", db_index=True)
    state = models.CharField("状态", max_length=8, choices=list(ERRATUM.states.items()), default="open")
    reply = models.TextField("处理结果", blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="处理人",
    )
    handled_on = models.DateField("处理日期", null=True, blank=True)

    objects = ErratumQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "纠错"
        db_table = "document_erratum"
        ordering = ("-received_at", "-id")

    def __str__(self) -> str:
        return f"纠错：{self.text[:30]}"

    def get_absolute_url(self) -> str:
        """The staff page of the erratum."""
        return reverse("erratum", args=[self.pk])


class Cleanup(models.Model):
    """A yearly clean-up of the papers in force (文件清理); its result changes all of them in one act."""

    title = models.CharField("名称", max_length=120)
    since = models.DateField("清理范围起")
    until = models.DateField("清理范围止")
    state = models.CharField("状态", max_length=8, choices=list(CLEANUP.states.items()), default="open")
    notice = models.ForeignKey(
        Paper, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="结果公告"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="发起人"
    )
    made_on = models.DateField("发起日期")
    decided_on = models.DateField("公布日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "文件清理"
        db_table = "document_cleanup"
        ordering = ("-made_on", "-id")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the clean-up."""
        return reverse("cleanup", args=[self.pk])


class CleanupEntryQuerySet(models.QuerySet["CleanupEntry"]):
    """Named reads over the papers of a clean-up."""

    def visible_to(self, user: User) -> "CleanupEntryQuerySet":
        """Those that *user*'s units answer for."""
        return self if user.sees_all else self.filter(unit__in=user.units())


class CleanupEntry(models.Model):
    """One paper in a clean-up, and what its unit proposes (清理意见)."""

    class Verdict(models.TextChoices):
        """What becomes of the paper."""

        KEEP = "keep", "继续有效"
        AMEND = "amend", "拟修改"
        REPEAL = "repeal", "废止"
        END = "end", "宣布失效"

    cleanup = models.ForeignKey(Cleanup, models.CASCADE, related_name="entries", verbose_name="文件清理")
    paper = models.ForeignKey(Paper, models.CASCADE, related_name="+", verbose_name="政府信息")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="责任单位")
    before = models.CharField("清理前有效性", max_length=8, choices=Standing.choices)
    verdict = models.CharField("清理意见", max_length=8, choices=Verdict.choices, blank=True)
    reason = models.TextField("理由", blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="填写人",
    )
    judged_on = models.DateField("填写日期", null=True, blank=True)

    objects = CleanupEntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "清理意见"
        db_table = "document_cleanup_entry"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["cleanup", "paper"], name="document_cleanup_once")]

    def __str__(self) -> str:
        return f"{self.paper_id}：{self.get_verdict_display()}"
