"""The room as Django sees it (账号)."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """账号."""

    name = "gongkai.accounts"
    verbose_name = "账号"
