"""The room as Django sees it (责任单位)."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """责任单位."""

    name = "gongkai.agencies"
    verbose_name = "责任单位"
