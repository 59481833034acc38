"""政府信息与版本: a paper has a stable number and an address; what it says stands in its editions."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.accounts.models import Role, User
from gongkai.agencies.models import Unit
from gongkai.documents.models.column import Column
from gongkai.documents.models.elements import Elements
from gongkai.documents.states import DEPARTURES, EDITION, OPEN, PAPER, Departure
from gongkai.frame.addresses import address


class Standing(models.TextChoices):
    """Whether a paper is in force (有效性), computed from dated facts by ``rules.validity``."""

    PENDING = "pending", "尚未生效"
    VALID = "valid", "现行有效"
    AMENDED = "amended", "已修改"
    REPEALED = "repealed", "已废止"
    EXPIRED = "expired", "失效"


#: what waits for a release under embargo (解禁前): only those who work on it see it, and the office
SEALED = Q(state__in=OPEN, release__embargo_until__isnull=False, release__done_at__isnull=True)


def on_site(today: date, path: str = "") -> Q:
    """What the public sees on *today* (网站上的), of the papers at the end of *path*.

    A paper whose time of publicity has ended is off at midnight, be the nightly run late or not.
    """
    term = Q(**{f"{path}shown_until__isnull": True}) | Q(**{f"{path}shown_until__gte": today})
    return Q(**{f"{path}state": "live"}) & term


def shown_its_time(path: str = "") -> Q:
    """What is on the site, or was until its time of publicity ended (已公开): that duty is done."""
    over = Q(**{f"{path}state": "left", f"{path}left_by": Departure.EXPIRED})
    return Q(**{f"{path}state": "live"}) | over


class PaperQuerySet(models.QuerySet["Paper"]):
    """Named reads over papers."""

    def visible_to(self, user: User) -> "PaperQuerySet":
        """What *user* may see on staff pages: the own units' papers, and those put before them for review."""
        if user.sees_all:
            sealed = Edition.objects.filter(SEALED, paper__state="draft").order_by()
            return self if user.has_role(Role.OFFICE) else self.exclude(pk__in=sealed.values("paper"))
        own = user.units().order_by().values("pk")
        asked = Edition.objects.filter(
            Q(state="legal", legal_unit__in=own) | Q(countersigns__unit__in=own, state__in=OPEN)
        )
        return self.filter(Q(unit__in=own) | Q(pk__in=asked.order_by().values("paper")))

    def public(self, today: date) -> "PaperQuerySet":
        """What stands on the site on *today* (网站上的)."""
        return self.filter(on_site(today))

    def newest(self) -> "PaperQuerySet":
        """The latest published first."""
        return self.order_by("-published_at", "-id")


class Paper(Elements):
    """A paper (政府信息). Its elements are those of the live edition, or of the draft before the first one.

    ``standing`` and ``standing_until`` are derived and stored only to be queried; services write them.
    """

    code = models.CharField("索引号", max_length=40, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="papers", verbose_name="发布机构")
    state = models.CharField("状态", max_length=8, choices=list(PAPER.states.items()), default="draft")
    columns = models.ManyToManyField(
        Column, blank=True, related_name="papers", verbose_name="栏目", db_table="document_paper_column"
    )
    live = models.OneToOneField(
        "documents.Edition",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="在网版本",
    )
    published_at = models.DateTimeField("首次发布时间", null=True, blank=True)
    updated_at = models.DateTimeField("最近更新时间", null=True, blank=True)
    standing = models.CharField(
        "有效性", max_length=8, choices=Standing.choices, default=Standing.VALID, db_index=True
    )
    standing_until = models.DateField("有效性下次变化之日", null=True, blank=True, db_index=True)
    left_by = models.CharField("离线方式", max_length=10, choices=list(DEPARTURES.items()), blank=True)
    left_at = models.DateTimeField("离线时间", null=True, blank=True)
    left_note = models.TextField("离线原因", blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="并入"
    )
    legacy_key = models.CharField("原系统编号", max_length=120, blank=True, db_index=True)
    reassess_on = models.DateField("下次评估公开属性", null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="创建人"
    )
    created_on = models.DateField("创建日期")

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "政府信息"
        db_table = "document_paper"
        indexes = [
            models.Index(
                fields=["state", "-published_at", "-id", "shown_until"], name="document_paper_newest"
            ),
            models.Index(
                fields=["unit", "state", "-published_at", "shown_until"], name="document_paper_unit"
            ),
            models.Index(
                fields=["sort", "state", "-published_at", "shown_until"], name="document_paper_sort"
            ),
        ]

    def get_absolute_url(self) -> str:
        """The public page of the paper; it never changes (永久网址)."""
        return address("paper", self.pk)

    def over(self, today: date) -> bool:
        """Whether its time of publicity has ended (公示期满)."""
        return self.shown_until is not None and self.shown_until < today

    @property
    def year(self) -> int | None:
        """The year of the paper: that of its date, or of its publication."""
        moment = self.published_at
        day: date | None = self.made_on or (timezone.localdate(moment) if moment else None)
        return day.year if day else None


class EditionQuerySet(models.QuerySet["Edition"]):
    """Named reads over editions."""

    def visible_to(self, user: User) -> "EditionQuerySet":
        """The editions that *user* may see on staff pages; a draft under embargo only to those named."""
        if user.sees_all:
            return self if user.has_role(Role.OFFICE) else self.exclude(SEALED)
        own = user.units().order_by().values("pk")
        asked = Q(legal_unit__in=own, state="legal") | Q(countersigns__unit__in=own)
        found = self.filter(Q(paper__unit__in=own) | asked)
        return self.filter(pk__in=found.order_by().values("pk"))

    def open(self) -> "EditionQuerySet":
        """The drafts, wherever on their way (在办)."""
        return self.filter(state__in=OPEN)


class Edition(Elements):
    """One edition of a paper (版本): at most one open draft, at most one live, any number superseded."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="editions", verbose_name="政府信息")
    ordinal = models.PositiveSmallIntegerField("版本序号", default=1)
    state = models.CharField(
        "状态", max_length=12, choices=list(EDITION.states.items()), default="draft", db_index=True
    )
    change_note = models.TextField("本次修改说明", blank=True)
    minor = models.BooleanField("仅文字更正", default=False)
    for_government = models.BooleanField("以区政府名义制发", default=False)
    legal_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="合法性审核机构"
    )
    release = models.ForeignKey(
        "documents.Release",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="editions",
        verbose_name="发布批次",
    )
    publish_at = models.DateTimeField("定时发布时间", null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="起草人"
    )
    written_on = models.DateField("起草日期")
    submitted_on = models.DateField("提交日期", null=True, blank=True)
    live_from = models.DateTimeField("上线时间", null=True, blank=True)
    live_until = models.DateTimeField("下线时间", null=True, blank=True)
    round = models.PositiveSmallIntegerField("送审轮次", default=0)
    returned_times = models.PositiveSmallIntegerField("被退回次数", default=0)
    version = models.PositiveIntegerField("保存次数", default=0)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "版本"
        db_table = "document_edition"
        ordering = ("paper", "ordinal")
        constraints = [
            models.UniqueConstraint(fields=["paper", "ordinal"], name="document_edition_ordinal"),
            models.UniqueConstraint(
                fields=["paper"], condition=Q(state__in=OPEN), name="document_edition_one_draft"
            ),
            models.UniqueConstraint(
                fields=["paper"], condition=Q(state="live"), name="document_edition_one_live"
            ),
        ]
        indexes = [models.Index(fields=["state", "publish_at"], name="document_edition_queue")]

    def get_absolute_url(self) -> str:
        """The staff page of the edition."""
        return address("edition", self.pk)


class Content(models.Model):
    """What an edition says (正文), in a table of its own so that lists stay light.

    ``html`` is clean (services wrote it through the sanitiser); ``text`` is its plain text;
    ``record`` holds the values of a structured paper as ``rules.structured`` declares them.
    """

    edition = models.OneToOneField(
        Edition, models.CASCADE, primary_key=True, related_name="content", verbose_name="版本"
    )
    html = models.TextField("正文", blank=True)
    text = models.TextField("纯文本", blank=True)
    record = models.JSONField("结构化内容", default=dict, blank=True)
    sha256 = models.CharField("校验值", max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "正文"
        db_table = "document_content"

    def __str__(self) -> str:
        return f"正文 {self.pk}"


class Serial(models.Model):
    """The last 索引号 given, by unit and year (索引号流水): locked while a new one is drawn."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+", verbose_name="单位")
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("已用至", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "索引号流水"
        db_table = "document_serial"
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="document_serial_once")]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"
