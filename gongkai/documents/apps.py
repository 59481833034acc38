"""The room as Django sees it (政府信息)."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """政府信息."""

    name = "gongkai.documents"
    verbose_name = "政府信息"
