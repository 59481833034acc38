"""The room as Django sees it (政府信息)."""

from importlib import import_module

from django.apps import AppConfig

from gongkai.search import sources


class DocumentsConfig(AppConfig):
    """政府信息."""

    name = "gongkai.documents"
    verbose_name = "政府信息"

    def ready(self) -> None:
        """Papers can be found (登记检索来源); their models are there only now."""
        sources.register(import_module("gongkai.documents.finding").SOURCE)
