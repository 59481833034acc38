"""迁移: papers of an older site, brought in once and only once; their old addresses keep answering."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from gongkai.documents.models.paper import Edition, Paper
from gongkai.documents.states import LEGACY


class OldAddress(models.Model):
    """An address of the older site that leads to a paper (旧网址)."""

    path = models.CharField("旧网址", max_length=300, unique=True)
    paper = models.ForeignKey(Paper, models.CASCADE, related_name="old_addresses", verbose_name="政府信息")

    class Meta:
        verbose_name = verbose_name_plural = "旧网址"
        db_table = "document_old_address"

    def __str__(self) -> str:
        return self.path


class LegacyImport(models.Model):
    """One import of an older site (数据迁移): a manifest, a mapping of its headings, a report row by row."""

    name = models.CharField("文件名", max_length=200)
    upload = models.FileField("清单文件", upload_to="legacy/", max_length=200)
    kind = models.CharField("格式", max_length=8)
    state = models.CharField("状态", max_length=10, choices=list(LEGACY.states.items()), default="checking")
    mapping = models.JSONField("列对应", default=dict)
    total = models.PositiveIntegerField("总行数", default=0)
    done = models.PositiveIntegerField("已处理", default=0)
    made = models.PositiveIntegerField("新增", default=0)
    changed = models.PositiveIntegerField("更新", default=0)
    same = models.PositiveIntegerField("无变化", default=0)
    refused = models.PositiveIntegerField("未导入", default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="导入人")
    begun_at = models.DateTimeField("开始时间", null=True, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    moved_at = models.DateTimeField("最近进展", null=True, blank=True)
    task = models.UUIDField("后台任务", null=True, blank=True)
    note = models.TextField("说明", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "数据迁移"
        db_table = "document_legacy"
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The staff page of the import."""
        return reverse("legacy", args=[self.pk])


class LegacyRow(models.Model):
    """What became of one row of the manifest (逐行结果), and what the checks found in it.

    ``findings`` are the first of what was found: place, kind, masked words, advice, whether it is grave.
    """

    class Outcome(models.TextChoices):
        """What became of a row."""

        MADE = "made", "新增"
        CHANGED = "changed", "更新"
        SAME = "same", "无变化"
        REFUSED = "refused", "未导入"

    batch = models.ForeignKey(LegacyImport, models.CASCADE, related_name="rows", verbose_name="数据迁移")
    line = models.PositiveIntegerField("行号")
    title = models.CharField("标题", max_length=200, blank=True)
    outcome = models.CharField("结果", max_length=8, choices=Outcome.choices)
    note = models.CharField("说明", max_length=300, blank=True)
    paper = models.ForeignKey(
        Paper, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="政府信息"
    )

    findings = models.JSONField("检查发现", default=list)
    found = models.PositiveIntegerField("检查发现处数", default=0)
    grave = models.PositiveIntegerField("须处理处数", default=0)
    private = models.PositiveIntegerField("个人信息处数", default=0)
    wording = models.PositiveIntegerField("用语问题处数", default=0)
    unseen = models.PositiveIntegerField("隐藏内容处数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "逐行结果"
        db_table = "document_legacy_row"
        ordering = ("line",)
        constraints = [models.UniqueConstraint(fields=["batch", "line"], name="document_legacy_row_once")]

    def __str__(self) -> str:
        return f"第{self.line}行 {self.get_outcome_display()}"


class LegacyOrigin(models.Model):
    """Where an imported paper came from (迁移来源): *key* makes sure that it comes in only once.

    ``digest`` is that of the row as it was read; ``edition`` is the edition that the import made last;
    ``found`` is how much the checks found in it then.
    """

    key = models.CharField("识别依据", max_length=120, unique=True)
    paper = models.OneToOneField(Paper, models.CASCADE, related_name="origin", verbose_name="政府信息")
    edition = models.ForeignKey(
        Edition, models.SET_NULL, null=True, related_name="+", verbose_name="导入的版本"
    )
    digest = models.CharField("校验值", max_length=64)
    found = models.PositiveIntegerField("检查发现处数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "迁移来源"
        db_table = "document_legacy_origin"

    def __str__(self) -> str:
        return self.key
