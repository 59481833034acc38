"""关联与有效性: relations are dated facts, and validity follows from them at once."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.documents.models import Paper
from gongkai.documents.services import leaving, publication, relations, standings
from gongkai.rules.law import Refused
from gongkai.search.models import Change

pytestmark = pytest.mark.clause("29")


def standing(paper):
    paper.refresh_from_db()
    return paper.standing, str(paper.standing_until or "")


@pytest.mark.parametrize(
    ("bond", "after"),
    [
        ("amends", "amended"),
        ("repeals", "repealed"),
        ("replaces", "repealed"),
        ("ends", "expired"),
        ("based_on", "valid"),
        ("interprets", "valid"),
    ],
)
def test_a_relation_changes_the_earlier_paper_on_its_day(live, today, bond, after):
    old, new = live(), live()
    relations.relate(
        new, bond=bond, target=old, effective_on=date(2021, 6, 1), by=new.created_by, today=today
    )
    changes = after != "valid"
    assert standing(old) == ("valid", "2021-06-01" if changes else "")
    assert standings.refresh_due(date(2021, 5, 31)) == 0
    assert [standings.refresh_due(date(2021, 6, 1)) for _ in range(2)] == [int(changes), 0]
    assert standing(old) == (after, "")


def test_a_paper_that_is_still_a_draft_repeals_nothing(live, draft, today, at):
    old, edition = live(), draft()
    relations.relate(edition.paper, bond="repeals", target=old, by=edition.written_by, today=today)
    assert standing(old)[0] == "valid"
    publication.put_live(edition, by=edition.written_by, at=at)
    assert standing(old)[0] == "repealed"


def test_a_repeal_published_by_error_is_no_repeal_a_withdrawn_one_still_is(live, approver, today, at):
    old, new = live(), live()
    relations.relate(new, bond="repeals", target=old, by=new.created_by, today=today)
    head = approver(new.unit)
    leaving.remove(new, how="error", note="误发", by=head, at=at)
    assert standing(old)[0] == "valid"
    leaving.restore(new, note="恢复", by=head, at=at)
    assert standing(old)[0] == "repealed"
    leaving.remove(new, how="withdrawn", note="撤回", by=head, at=at)
    assert standing(old)[0] == "repealed"


def test_changing_a_date_tells_what_depends_on_it_and_derives_it_anew(live, today, acts):
    old, new = live(title="旧办法"), live()
    row = relations.relate(
        new, bond="repeals", target=old, effective_on=date(2021, 4, 20), by=new.created_by, today=today
    )
    assert standing(old)[0] == "repealed"
    told = relations.change_date(row, effective_on=date(2021, 12, 31), by=new.created_by, today=today)
    assert [each.text for each in told] == ["《旧办法》自2021-12-31起被本文件废止"]
    assert standing(old) == ("valid", "2021-12-31")
    assert [each.paper for each in relations.dependents(new)] == [old]
    assert acts(new) == ["登记关联", "修改生效日期"]


def test_the_day_of_a_relation_without_one_is_that_of_its_paper(live, today):
    old = live()
    new = live(commences_on=date(2021, 7, 1))
    row = relations.relate(new, bond="replaces", target=old, by=new.created_by, today=today)
    assert standings.effective_day(row) == date(2021, 7, 1)
    assert standing(old) == ("valid", "2021-07-01")


def test_taking_a_repeal_back_makes_the_paper_valid_again(live, today):
    old, new = live(), live()
    row = relations.relate(new, bond="repeals", target=old, by=new.created_by, today=today)
    Change.objects.all().delete()
    relations.unrelate(row, by=new.created_by, today=today)
    assert standing(old)[0] == "valid"
    assert set(Change.objects.values_list("key", flat=True)) == {old.pk, new.pk}


def test_what_cannot_be_is_refused(live, today, officer, unit):
    old, new = live(), live()
    by = new.created_by
    relations.relate(new, bond="repeals", target=old, by=by, today=today)
    for wrong in (
        {"bond": "repeals", "target": old},
        {"bond": "repeals", "target": new},
        {"bond": "nonsense", "target": old},
        {"bond": "repeals"},
        {"bond": "ends", "target": old, "effective_on": date(2000, 1, 1)},
    ):
        with pytest.raises(Refused):
            relations.relate(new, by=by, today=today, **wrong)
    with pytest.raises(Refused, match="只能有一个方向"):
        relations.relate(old, bond="repeals", target=new, by=old.created_by, today=today)
    with pytest.raises(PermissionDenied):
        relations.relate(new, bond="amends", target=old, by=officer(unit()), today=today)
    assert new.relations.count() == 1


def test_a_paper_elsewhere_is_named_in_words(live, today):
    paper = live()
    row = relations.relate(
        paper, bond="based_on", target_title="中华人民共和国预算法", by=paper.created_by, today=today
    )
    assert str(row) == "依据：中华人民共和国预算法"


def test_the_only_reading_of_a_rule_on_the_site_cannot_be_unrelated(live, today):
    rule, reading, second = live(normative=True), live(sort="reading"), live(sort="reading")
    row = relations.relate(reading, bond="interprets", target=rule, by=reading.created_by, today=today)
    with pytest.raises(Refused, match="只有这一份解读"):
        relations.unrelate(row, by=reading.created_by, today=today)
    relations.relate(second, bond="interprets", target=rule, by=second.created_by, today=today)
    relations.unrelate(row, by=reading.created_by, today=today)
    assert rule.borne.count() == 1


def test_the_standing_of_all_papers_can_be_derived_anew(live, bear, today):
    old, new, other = live(), live(), live(expires_on=date(2021, 4, 25))
    bear(new, "repeals", old, date(2021, 4, 20))
    Paper.objects.filter(pk=other.pk).update(standing="repealed")
    assert standings.refresh_all(today) == 2
    assert standing(old)[0] == "repealed"
    assert standing(other) == ("valid", "2021-04-26")
    assert standings.refresh_all(today) == 0


def test_a_query_for_each_batch_and_not_for_each_paper(live, bear, today, django_assert_max_num_queries):
    new = live()
    for _ in range(12):
        bear(new, "repeals", live(), today + timedelta(days=1))
    with django_assert_max_num_queries(12):
        assert standings.refresh_all(today + timedelta(days=1)) == 12
