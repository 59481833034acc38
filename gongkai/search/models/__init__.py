"""全文检索: the sequence of changes from which every host's index catches up."""

from gongkai.search.models.change import Change

__all__ = ["Change"]
