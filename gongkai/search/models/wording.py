"""检索用语: synonyms of the office, counts of what people look for, searches that staff keep."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from gongkai.accounts.models import User

#: a wording is offered to others only when several searches had it: nobody's single words are shown
OFFERED_FROM = 3


class Synonym(models.Model):
    """Words that mean the same (同义词), one group: 社保、社会保险."""

    words = models.CharField("同义词", max_length=200, unique=True)
    note = models.CharField("说明", max_length=200, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="维护人"
    )
    made_on = models.DateField("维护日期")

    class Meta:
        verbose_name = verbose_name_plural = "同义词"
        db_table = "search_synonym"
        ordering = ("words",)

    def __str__(self) -> str:
        return self.words

    def get_absolute_url(self) -> str:
        """The page on which it is changed."""
        return reverse("synonym_edit", args=[self.pk])


class SearchedQuerySet(models.QuerySet["Searched"]):
    """Named reads over what was looked for."""

    def offered(self, start: str) -> "SearchedQuerySet":
        """What may be suggested to others who type *start* (folded)."""
        found = self.filter(times__gte=OFFERED_FROM, found__gt=0)
        return found.filter(folded__startswith=start).order_by("-times")


class Searched(models.Model):
    """How often a wording was looked for (检索用语统计): counts only, never who or from where."""

    folded = models.CharField("归一用语", max_length=40, unique=True)
    words = models.CharField("用语", max_length=40)
    times = models.PositiveIntegerField("次数", default=0)
    found = models.PositiveIntegerField("最近一次结果数", default=0)
    last_on = models.DateField("最近检索日期")

    objects = SearchedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "检索用语"
        db_table = "search_searched"
        ordering = ("-times", "folded")
        indexes = [models.Index(fields=["-times"], name="search_searched_times")]

    def __str__(self) -> str:
        return self.words


class SavedQuerySet(models.QuerySet["SavedSearch"]):
    """Named reads over kept searches."""

    def kept_by(self, user: User) -> "SavedQuerySet":
        """A person's own: nobody else sees them, not even the office."""
        return self.filter(user=user)


class SavedSearch(models.Model):
    """A search that somebody on the staff keeps (保存的检索)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches", verbose_name="用户"
    )
    name = models.CharField("名称", max_length=60)
    query = models.CharField("检索条件", max_length=500)
    made_on = models.DateField("保存日期")

    objects = SavedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "保存的检索"
        db_table = "search_saved"
        ordering = ("name", "id")
        constraints = [models.UniqueConstraint(fields=["user", "query"], name="search_saved_once")]

    def __str__(self) -> str:
        return self.name
