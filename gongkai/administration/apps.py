"""The room as Django sees it (单位与账号管理)."""

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """单位与账号管理."""

    name = "gongkai.administration"
    verbose_name = "单位与账号管理"
