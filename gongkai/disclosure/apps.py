"""The room as Django sees it (主动公开)."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """主动公开."""

    name = "gongkai.disclosure"
    verbose_name = "主动公开"
