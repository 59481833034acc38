"""公开提醒: duties near their day or past it, and releases that do not go out; until they are met."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.models import Role
from gongkai.disclosure.models import Duty
from gongkai.documents.models import Release
from gongkai.ledger.models import Notice
from gongkai.ledger.services.notices.readers import Reader, Readers, notice, start_of
from gongkai.rules.duties import Standing

DUTY, RELEASE = "duty:", "release:"
PRESSING = {Standing.AMBER: "临近期限，应于{}前公开", Standing.RED: "已逾期，应于{}前公开"}
#: who leads a release
LEADERS = (Role.OFFICER, Role.APPROVER)


def about_publishing(readers: Readers, today: date) -> Iterator[Notice]:
    """What of publication presses today (公开提醒): last night's standing of the duties, and the releases."""
    yield from _duties(readers, today)
    yield from _releases(readers, today)


def _duties(readers: Readers, today: date) -> Iterator[Notice]:
    """Amber to the keeper, red to the head of the unit too; one told once for each day and colour."""
    found = Duty.objects.on(today).filter(standing__in=list(PRESSING)).order_by("pk")
    for each in found.select_related("unit", "keeper"):
        for reader in _readers(each, readers):
            yield notice(
                reader,
                key=f"{DUTY}{each.pk}:{each.due_on}:{each.standing}",
                text=f"{each.unit}：公开职责“{each}”{PRESSING[Standing(each.standing)].format(each.due_on)}",
                link=each.get_absolute_url(),
                today=today,
            )


def _readers(duty: Duty, readers: Readers) -> set[Reader]:
    """The keeper, or where nobody keeps the duty the officers; at red the head as well (接收人)."""
    keeper, unit = duty.keeper, duty.unit
    if keeper and keeper.is_active:
        told = {Reader(keeper.pk, bool(keeper.email))}
    else:
        told = readers.of(unit.pk, unit.parent_id, [Role.OFFICER])
    heads = [Role.APPROVER] if duty.standing == Standing.RED else []
    return told | readers.of(unit.pk, unit.parent_id, heads)


def _releases(readers: Readers, today: date) -> Iterator[Notice]:
    """Releases whose embargo ends today, or has ended, while something of them is not signed."""
    ending = Release.objects.filter(done_at=None, embargo_until__lt=start_of(today + timedelta(days=1)))
    unsigned = Count("editions", filter=~Q(editions__state="ready"))
    for each in (
        ending.annotate(unsigned=unsigned).filter(Q(unsigned__gt=0) | ~Q(held="")).select_related("unit")
    ):
        assert each.embargo_until
        moment = timezone.localtime(each.embargo_until)
        for reader in readers.of(each.unit_id, each.unit.parent_id, LEADERS):
            yield notice(
                reader,
                key=f"{RELEASE}{each.pk}:{moment:%Y-%m-%d %H:%M}:{'held' if each.held else 'unsigned'}",
                text=_said(each, f"{moment:%m月%d日%H:%M}", getattr(each, "unsigned", 0)),
                link=reverse("release", args=[each.pk]),
                today=today,
            )


def _said(release: Release, moment: str, unsigned: int) -> str:
    if release.held:
        return f"发布批次“{release}”{moment}解禁，到时未能发布：{release.held}"
    return f"发布批次“{release}”{moment}解禁，还有{unsigned}件稿件没有签发"


def settle_publishing(pressing: Collection[str], today: date) -> int:
    """End the notices about what presses no more (提醒解除): they need no reading and no mail; how many."""
    unread = Notice.objects.filter(Q(key__startswith=DUTY) | Q(key__startswith=RELEASE), seen_on=None)
    over = [pk for pk, key in unread.values_list("pk", "key").iterator() if key not in pressing]
    return Notice.objects.filter(pk__in=over).update(seen_on=today, mail_due_at=None)
