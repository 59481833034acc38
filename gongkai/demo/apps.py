"""The room as Django sees it (演示)."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """演示."""

    name = "gongkai.demo"
    verbose_name = "演示"
