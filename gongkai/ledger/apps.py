"""The room as Django sees it (工作台账)."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """工作台账."""

    name = "gongkai.ledger"
    verbose_name = "工作台账"
