"""The room as Django sees it (门户与工作台)."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """门户与工作台."""

    name = "gongkai.portal"
    verbose_name = "门户与工作台"
