"""要点、任务、分工: what a year's plan asks, of whom, by when."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.agencies.models import Group, Unit
from gongkai.ledger.states import PLAN, STANDINGS, Standing


class PlanQuerySet(models.QuerySet["Plan"]):
    """Named reads over plans."""

    def visible_to(self, user: User) -> "PlanQuerySet":
        """The office sees every plan; units see those that were sent out."""
        return self if user.sees_all else self.exclude(state="draft")

    def public(self) -> "PlanQuerySet":
        """The plans that everybody may follow."""
        return self.filter(public=True).exclude(state="draft")


class Plan(models.Model):
    """A year's plan (工作要点)."""

    year = models.PositiveSmallIntegerField("年度", db_index=True)
    title = models.CharField("标题", max_length=120)
    document_number = models.CharField("发文字号", max_length=60, blank=True)
    source_name = models.CharField("来源文件", max_length=200, blank=True)
    source_text = models.TextField("原文", blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=list(PLAN.states.items()), default="draft", db_index=True
    )
    issued_on = models.DateField("下发日期", null=True, blank=True)
    public = models.BooleanField("向社会公开进度", default=True)
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="沿用自"
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "工作要点"
        db_table = "ledger_plan"
        ordering = ("-year", "-id")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The office's page of this plan."""
        return reverse("plan", args=[self.pk])


class Section(models.Model):
    """A heading of the plan (章节), as printed with its own number."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections", verbose_name="要点")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name="上级章节"
    )
    heading = models.CharField("标题", max_length=200)
    position = models.PositiveIntegerField("顺序")

    class Meta:
        verbose_name = verbose_name_plural = "章节"
        db_table = "ledger_section"
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.heading


class TaskQuerySet(models.QuerySet["Task"]):
    """Named reads over tasks."""

    def current(self) -> "TaskQuerySet":
        """Tasks that still stand: not withdrawn by a revised plan, not split into parts."""
        return self.filter(withdrawn_on__isnull=True, split_on__isnull=True)

    def visible_to(self, user: User) -> "TaskQuerySet":
        """All for the district's people; for a unit those that it has a part in."""
        if user.sees_all:
            return self
        mine = Assignment.objects.visible_to(user).values("task")
        return self.filter(pk__in=mine).exclude(plan__state="draft")


class Task(models.Model):
    """One task of a plan (任务)."""

    class Cycle(models.TextChoices):
        """How often the task falls due (完成周期)."""

        FIXED = "fixed", "限期完成"
        QUARTERLY = "quarterly", "每季度"
        MONTHLY = "monthly", "每月"
        HALF_YEARLY = "halfyear", "每半年"
        YEAR_ROUND = "yearround", "全年持续"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="tasks", verbose_name="要点")
    section = models.ForeignKey(
        Section, models.SET_NULL, null=True, blank=True, related_name="tasks", verbose_name="章节"
    )
    number = models.CharField("序号", max_length=20, blank=True)
    position = models.PositiveIntegerField("顺序")
    text = models.TextField("任务内容")
    units_text = models.TextField("责任单位（原文）", blank=True)
    deadline_text = models.CharField("时限（原文）", max_length=200, blank=True)
    cycle = models.CharField("完成周期", max_length=10, choices=Cycle.choices, default=Cycle.YEAR_ROUND)
    due_on = models.DateField("完成时限")
    weight = models.PositiveSmallIntegerField("权重", default=1)
    public = models.BooleanField("向社会公开", default=True)
    clause = models.CharField("关联条款", max_length=200, blank=True)
    figure = models.CharField("绑定指标", max_length=40, blank=True)
    target = models.DecimalField("目标值", max_digits=10, decimal_places=2, null=True, blank=True)
    split_from = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="parts", verbose_name="分解自"
    )
    split_on = models.DateField("分解日期", null=True, blank=True)
    withdrawn_on = models.DateField("取消日期", null=True, blank=True)
    source_start = models.PositiveIntegerField("原文起点", null=True, blank=True)
    source_end = models.PositiveIntegerField("原文终点", null=True, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任务"
        db_table = "ledger_task"
        ordering = ("position", "id")
        indexes = [models.Index(fields=["plan", "position"], name="ledger_task_order")]

    def __str__(self) -> str:
        start = self.text[:30] + ("…" if len(self.text) > 30 else "")
        return f"{self.number}. {start}" if self.number else start

    def get_absolute_url(self) -> str:
        """The task's page for staff."""
        return reverse("task", args=[self.pk])


class Milestone(models.Model):
    """A dated step of a task (时间节点): the quarters of a quarterly task, or steps that the office sets."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="milestones", verbose_name="任务")
    title = models.CharField("节点", max_length=80)
    due_on = models.DateField("时限")

    class Meta:
        verbose_name = verbose_name_plural = "时间节点"
        db_table = "ledger_milestone"
        ordering = ("due_on", "id")
        constraints = [models.UniqueConstraint(fields=["task", "title"], name="ledger_milestone_once")]

    def __str__(self) -> str:
        return self.title


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Named reads over assignments."""

    def visible_to(self, user: User) -> "AssignmentQuerySet":
        """Rows of the units that *user* may see; drafts of plans only for the office."""
        if user.sees_all:
            return self
        return self.filter(unit__in=user.units()).exclude(task__plan__state="draft")

    def current(self) -> "AssignmentQuerySet":
        """Assignments that still bind: not ended, of tasks that still stand, of plans in force."""
        return self.filter(
            ended_on__isnull=True,
            task__withdrawn_on__isnull=True,
            task__split_on__isnull=True,
            task__plan__state="running",
        )

    def unfinished(self) -> "AssignmentQuerySet":
        """Not yet accepted as done."""
        return self.exclude(standing=Standing.DONE)

    def overdue(self, today: date) -> "AssignmentQuerySet":
        """Unfinished, and the day has passed (逾期): worked out at reading time, never stored.

        A unit that reported by its day is not late while the office has the report in hand.
        """
        in_hand = Q(standing=Standing.CHECKING, reported_on__isnull=False, reported_on__lte=F("due_on"))
        return self.unfinished().filter(due_on__lt=today).exclude(in_hand)

    def due_within(self, today: date, until: date) -> "AssignmentQuerySet":
        """Unfinished, and due from *today* to *until* (临期)."""
        return self.unfinished().filter(due_on__gte=today, due_on__lte=until)


class Assignment(models.Model):
    """One unit's part in one task (分工)."""

    class Part(models.TextChoices):
        """Parts that a unit can have (分工方式)."""

        LEAD = "lead", "牵头"
        SUPPORT = "support", "配合"
        EACH = "each", "分别落实"

    task = models.ForeignKey(Task, models.CASCADE, related_name="assignments", verbose_name="任务")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments", verbose_name="责任单位")
    part = models.CharField("分工", max_length=8, choices=Part.choices, default=Part.EACH)
    group = models.ForeignKey(
        Group, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="所属统称"
    )
    position = models.PositiveSmallIntegerField("顺序", default=0)
    started_on = models.DateField("分派日期")
    ended_on = models.DateField("解除日期", null=True, blank=True)
    due_on = models.DateField("下一时限", db_index=True)
    standing = models.CharField(
        "落实状态",
        max_length=10,
        choices=[(code.value, label) for code, label in STANDINGS.items()],
        default=Standing.WAITING.value,
    )
    done_on = models.DateField("完成日期", null=True, blank=True)
    reported_on = models.DateField("最近报送", null=True, blank=True)
    passed_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="forerunners", verbose_name="转由"
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "分工"
        db_table = "ledger_assignment"
        ordering = ("task__position", "position", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["task", "unit"], condition=Q(ended_on__isnull=True), name="ledger_assignment_once"
            )
        ]
        indexes = [
            models.Index(fields=["unit", "standing", "due_on"], name="ledger_assign_unit"),
            models.Index(fields=["standing", "due_on"], name="ledger_assign_due"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}：{self.task}"

    def get_absolute_url(self) -> str:
        """The assignment's page: where a unit reports and the office accepts."""
        return reverse("assignment", args=[self.pk])

    def is_overdue(self, today: date) -> bool:
        """Unfinished, the day has passed, and the office has no report in hand that came in time."""
        return self.standing != Standing.DONE and self.due_on < today and not self.in_hand

    @property
    def in_hand(self) -> bool:
        """Whether a report that came in time is under review (按时报送、正在审核)."""
        reported = self.reported_on
        return self.standing == Standing.CHECKING and reported is not None and reported <= self.due_on
