"""关联: dated relations between papers, from which validity and the timeline are derived."""

from django.conf import settings
from django.db import models

from gongkai.documents.models.paper import Paper


class Bond(models.TextChoices):
    """How one paper bears on another (关联关系), read from the later paper to the earlier one."""

    AMENDS = "amends", "修改"
    REPEALS = "repeals", "废止"
    REPLACES = "replaces", "替代"
    ENDS = "ends", "宣布失效"
    INTERPRETS = "interprets", "解读"
    BASED_ON = "based_on", "依据"
    IMPLEMENTS = "implements", "落实"
    FOLLOWS = "follows", "后续"
    PART_OF = "part_of", "隶属"


class Relation(models.Model):
    """One dated relation (关联): *paper* bears on *target*, or on a paper outside, named in words."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="relations", verbose_name="政府信息")
    bond = models.CharField("关系", max_length=12, choices=Bond.choices)
    target = models.ForeignKey(
        Paper, models.CASCADE, null=True, blank=True, related_name="borne", verbose_name="对象"
    )
    target_title = models.CharField("对象标题", max_length=200, blank=True)
    target_number = models.CharField("对象文号", max_length=60, blank=True)
    effective_on = models.DateField("生效日期", null=True, blank=True)
    place = models.CharField("涉及条款", max_length=120, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人"
    )
    made_on = models.DateField("登记日期")

    class Meta:
        verbose_name = verbose_name_plural = "关联"
        db_table = "document_relation"
        ordering = ("effective_on", "id")
        indexes = [models.Index(fields=["target", "bond"], name="document_relation_target")]

    def __str__(self) -> str:
        return f"{self.get_bond_display()}：{self.target or self.target_title}"
