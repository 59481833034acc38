"""补贴名单: by programme, year and town, with sums checked against the rows, down to the village."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from gongkai.documents.models import Filing, FilingRow

FORM = "subsidy"


def lists(today: date) -> QuerySet[Filing]:
    """The lists on show (公示中的名单), with the sum and number of their rows."""
    shown = Filing.objects.public(today).of_form(FORM).shown_on(today).select_related("paper__unit")
    return shown.annotate(added=Sum("lines__amount"), counted=Count("lines"))


def lines(today: date) -> QuerySet[FilingRow]:
    """The rows on show (公示中的明细)."""
    shown = Filing.objects.public(today).of_form(FORM).shown_on(today)
    return FilingRow.objects.public(FORM, today).filter(filing__in=shown.values("pk"))


@dataclass(frozen=True, slots=True)
class Village:
    """What one village received (村级汇总)."""

    town: str
    name: str
    people: int
    amount: Decimal

    @property
    def has_page(self) -> bool:
        """Whether its names can stand in an address."""
        return bool(self.town and "/" not in self.town + self.name)


def villages(today: date, **narrowed: object) -> list[Village]:
    """Every village with its sums (村级汇总); one query."""
    rows = lines(today).filter(**narrowed).values("filing__place", "place").order_by("filing__place", "place")
    return [
        Village(row["filing__place"], row["place"], row["people"], row["money"] or Decimal(0))
        for row in rows.annotate(people=Count("pk"), money=Sum("amount"))
        if row["place"]
    ]
