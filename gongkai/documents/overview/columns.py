"""栏目树: all columns are few, so one query brings them, and the tree is made of what it brought."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import Count, QuerySet

from gongkai.documents.models import Column, Paper, on_site

Placed = Paper.columns.through


class Tree:
    """The open columns (栏目树), by their parents."""

    def __init__(self) -> None:
        self.all = {column.pk: column for column in Column.objects.open()}
        self._below: dict[int | None, list[Column]] = defaultdict(list)
        for column in self.all.values():
            self._below[column.parent_id if column.parent_id in self.all else None].append(column)

    def named(self, slug: str) -> Column | None:
        """The open column of this address (按网址代码查找)."""
        return next((column for column in self.all.values() if column.slug == slug), None)

    def top(self) -> list[Column]:
        """The columns of the first level (一级栏目)."""
        return self._below[None]

    def below(self, column: Column) -> list[Column]:
        """The columns right under this one (下级栏目)."""
        return self._below[column.pk]

    def family(self, column: Column) -> set[int]:
        """The keys of the column and of all below it (本栏目及下级栏目)."""
        found = {column.pk}
        for each in self.below(column):
            found |= self.family(each)
        return found

    def above(self, column: Column) -> Iterator[Column]:
        """The columns over this one, the highest first (上级栏目)."""
        parent = self.all.get(column.parent_id or 0)
        if parent:
            yield from self.above(parent)
            yield parent

    def counts(self, today: date) -> dict[int, int]:
        """How many papers stand in each column with all below it (信息数量)."""
        live = Count("papers", filter=on_site(today, "papers__"))
        own = dict(Column.objects.open().order_by().annotate(number=live).values_list("pk", "number"))
        return {key: sum(own.get(one, 0) for one in self.family(column)) for key, column in self.all.items()}


def papers_in(columns: set[int], today: date) -> QuerySet[Paper]:
    """What stands in any of these columns (栏目中的信息), each once."""
    placed = Placed.objects.filter(column_id__in=columns).values("paper_id")
    return Paper.objects.public(today).filter(pk__in=placed)
