"""The room as Django sees it (页面框架)."""

from django.apps import AppConfig


class FrameConfig(AppConfig):
    """页面框架."""

    name = "gongkai.frame"
    verbose_name = "页面框架"
