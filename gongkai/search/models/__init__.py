"""全文检索: the sequence of changes that every index reads; the words of the office and the public."""

from gongkai.search.models.change import Change
from gongkai.search.models.wording import SavedSearch, Searched, Synonym

__all__ = ["Change", "SavedSearch", "Searched", "Synonym"]
