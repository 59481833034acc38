"""附件: private until a live edition refers to it, and private again afterwards."""

from django.db import models

from gongkai.documents.models.paper import Edition


class Attachment(models.Model):
    """A file of an edition (附件). A new edition's rows may point at the same stored file."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="attachments", verbose_name="版本")
    title = models.CharField("名称", max_length=120)
    upload = models.FileField("文件", upload_to="papers/", max_length=200)
    kind = models.CharField("格式", max_length=8)
    size = models.PositiveIntegerField("字节数", default=0)
    sha256 = models.CharField("校验值", max_length=64, blank=True, db_index=True)
    inline = models.BooleanField("正文插图", default=False)
    alt = models.CharField("图片说明", max_length=200, blank=True)
    width = models.PositiveIntegerField("图片宽度", null=True, blank=True)
    height = models.PositiveIntegerField("图片高度", null=True, blank=True)
    position = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        db_table = "document_attachment"
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.title


class AttachmentText(models.Model):
    """The text of an attachment (附件文字), by content, so that it is read once however often it is used.

    ``parts`` are pairs of a place (sheet and cell, page, hidden sheet, file property) and its text.
    """

    sha256 = models.CharField("校验值", max_length=64, primary_key=True)
    parts = models.JSONField("文字", default=list)
    text = models.TextField("纯文本", blank=True)
    readable = models.BooleanField("可提取文字", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "附件文字"
        db_table = "document_attachment_text"

    def __str__(self) -> str:
        return self.sha256
