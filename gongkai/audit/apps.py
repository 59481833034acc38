"""The room as Django sees it (办理留痕)."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """办理留痕."""

    name = "gongkai.audit"
    verbose_name = "办理留痕"
