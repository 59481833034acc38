"""合法性审核台账: each time a normative paper was reviewed for its legality, with the result."""

from django.conf import settings
from django.db import models

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.documents.models.paper import Edition


class LegalityQuerySet(models.QuerySet["Legality"]):
    """Named reads over reviews of legality."""

    def visible_to(self, user: User) -> "LegalityQuerySet":
        """Those of the own units' papers, and those that the own units review."""
        seen = self.filter(edition__in=Edition.objects.visible_to(user).order_by().values("pk"))
        if user.sees_all:
            return seen
        own = user.units().order_by().values("pk")
        return self.filter(models.Q(unit__in=own) | models.Q(edition__paper__unit__in=own))

    def waiting(self) -> "LegalityQuerySet":
        """Those without a result yet (待审核)."""
        return self.filter(closed_on=None)


class Legality(models.Model):
    """One review of legality (合法性审核): asked, and answered with one of the three results."""

    class Result(models.TextChoices):
        """What the review found (审核结果): 国办发〔2018〕115号."""

        LAWFUL = "lawful", "合法"
        AMEND = "amend", "应当予以修改"
        UNLAWFUL = "unlawful", "不合法"
        RECALLED = "recalled", "起草单位撤回"

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="legalities", verbose_name="版本")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="审核机构")
    asked_on = models.DateField("送审日期")
    due_on = models.DateField("审核期限", null=True, blank=True)
    result = models.CharField("审核结果", max_length=8, choices=Result.choices, blank=True)
    opinion = models.TextField("审核意见", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="审核人",
    )
    closed_on = models.DateField("办结日期", null=True, blank=True)

    objects = LegalityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "合法性审核"
        db_table = "document_legality"
        ordering = ("-asked_on", "-id")

    def __str__(self) -> str:
        return f"{self.edition}：{self.get_result_display() or '待审核'}"
