"""合法性审核登记: a row of the register opens when the reviewer is asked, and closes with the result."""

from contextlib import suppress
from datetime import date

from django.db import transaction

from gongkai.accounts.models import Post, Role, User
from gongkai.documents.models import Edition, Legality
from gongkai.rules.law import Refused
from gongkai.rules.legality import review_due


def ask_legality(edition: Edition, *, today: date) -> None:
    """Enter a review into the register (登记送审), once the edition stands before its reviewer."""
    if edition.state != "legal" or edition.legal_unit is None:
        return
    row = Legality(edition=edition, unit=edition.legal_unit, asked_on=today)
    with suppress(Refused):  # a year whose holidays are not announced yet has no day to name
        row.due_on = review_due(today)
    row.save()


@transaction.atomic
def close_legality(edition: Edition, result: str, *, by: User | None, today: date, opinion: str = "") -> None:
    """Enter the result (登记审核结果)."""
    for row in Legality.objects.waiting().select_for_update().filter(edition=edition):
        row.result, row.opinion, row.by, row.closed_on = result, opinion.strip(), by, today
        row.save()


def helpers() -> str:
    """Who can name a reviewer (可以求助的人): the administrators, by name and telephone."""
    posts = Post.objects.filter(role=Role.ADMINISTRATOR, ended_on=None, user__is_active=True)
    people = {post.user_id: post.user for post in posts.select_related("user").order_by("pk")[:3]}
    told = [f"{user.full_name}{f'（{user.phone}）' if user.phone else ''}" for user in people.values()]
    return "、".join(told)
