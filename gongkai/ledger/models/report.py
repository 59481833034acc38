"""报送、佐证、延期: what a unit says it has done, what proves it, and more time."""

from django.conf import settings
from django.db import models

from gongkai.accounts.models import User
from gongkai.ledger.models.plan import Assignment, Milestone
from gongkai.ledger.states import EXTENSION, REPORT


class ReportQuerySet(models.QuerySet["Report"]):
    """Named reads over reports."""

    def visible_to(self, user: User) -> "ReportQuerySet":
        """The reports on assignments that *user* may see; the office does not see a unit's drafts."""
        seen = self.filter(assignment__in=Assignment.objects.visible_to(user))
        return seen.exclude(state="draft") if user.sees_all else seen


class Report(models.Model):
    """One dated report of progress or completion (进展报送); the standing follows from these."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="reports", verbose_name="分工")
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name="时间节点"
    )
    completes = models.BooleanField("报送完成", default=False)
    text = models.TextField("进展情况", blank=True)
    state = models.CharField("状态", max_length=10, choices=list(REPORT.states.items()), default="draft")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="填报人"
    )
    written_on = models.DateField("填报日期")
    sent_on = models.DateField("报审签日期", null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="签发人",
    )
    signed_on = models.DateField("签发日期", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="验收人",
    )
    decided_on = models.DateField("验收日期", null=True, blank=True)
    remark = models.TextField("退回理由或验收意见", blank=True)
    returned_times = models.PositiveSmallIntegerField("被退回次数", default=0)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "进展报送"
        db_table = "ledger_report"
        ordering = ("-written_on", "-id")
        indexes = [models.Index(fields=["state", "sent_on"], name="ledger_report_queue")]

    def __str__(self) -> str:
        return f"{self.assignment}（{self.written_on}）"


class Evidence(models.Model):
    """What proves a report (佐证材料): an upload or a link; papers and cases of other rooms join later."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="evidence", verbose_name="报送")
    title = models.CharField("名称", max_length=120)
    link = models.URLField("网址", max_length=500, blank=True)
    upload = models.FileField("附件", upload_to="evidence/", blank=True, max_length=200)
    size = models.PositiveIntegerField("字节数", default=0)
    sha256 = models.CharField("校验值", max_length=64, blank=True)
    public = models.BooleanField("可向社会公开", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "佐证材料"
        db_table = "ledger_evidence"
        ordering = ("id",)

    def __str__(self) -> str:
        return self.title


class Extension(models.Model):
    """More time, asked with a reason (延期申请)."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="extensions", verbose_name="分工")
    old_due_on = models.DateField("原时限")
    until_on = models.DateField("申请延至")
    reason = models.TextField("理由")
    state = models.CharField("状态", max_length=8, choices=list(EXTENSION.states.items()), default="asked")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="申请人"
    )
    asked_on = models.DateField("申请日期")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="批准人",
    )
    decided_on = models.DateField("批准日期", null=True, blank=True)
    remark = models.TextField("批复意见", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "延期申请"
        db_table = "ledger_extension"
        ordering = ("-asked_on", "-id")

    def __str__(self) -> str:
        return f"{self.assignment} 延至 {self.until_on}"
