"""易错词: wrong words with their corrections, kept by the office."""

from django.db import models


class Word(models.Model):
    """A wrong wording (错敏词) and what should stand there."""

    class Sort(models.TextChoices):
        """What is wrong about it."""

        WRONG = "wrong", "表述错误"
        BODY = "body", "机构名称"
        PERSON = "person", "人名职务"
        PHRASE = "phrase", "固定表述"
        BANNED = "banned", "禁用词"

    term = models.CharField("错误表述", max_length=60, unique=True)
    right = models.CharField("正确表述", max_length=80, blank=True)
    sort = models.CharField("类别", max_length=8, choices=Sort.choices, default=Sort.WRONG)
    grave = models.BooleanField("严重（不得发布）", default=False)
    since = models.DateField("适用起", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "错敏词"
        db_table = "document_word"
        ordering = ("sort", "term")

    def __str__(self) -> str:
        return self.term


class WordList(models.Model):
    """The mark of the whole list (词表版本): one row, another mark after each change."""

    ONLY = 1

    mark = models.CharField("版本标记", max_length=32, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "词表版本"
        db_table = "document_word_list"

    def __str__(self) -> str:
        return self.mark
