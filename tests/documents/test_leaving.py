"""离线与恢复: how a paper leaves the site, and what stays of it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.documents.models import Attachment, Paper
from gongkai.documents.services import leaving, papers, publication
from gongkai.documents.services.attachments import public_attachments
from gongkai.rules.law import Refused
from gongkai.search.models import Change
from tests.documents.conftest import TODAY


@pytest.mark.parametrize("how", ["error", "withdrawn"])
def test_a_removed_paper_is_off_the_site_and_can_be_put_back(live, approver, acts, at, how):
    paper = live()
    head = approver(paper.unit)
    Change.objects.all().delete()
    paper = leaving.remove(paper, how=how, note="内容有误", by=head, at=at)
    assert (paper.state, paper.left_by, paper.left_note, paper.left_at) == ("left", how, "内容有误", at)
    assert paper.editions.get().state == "withdrawn"
    assert not Paper.objects.public(TODAY).exists()
    assert Change.objects.filter(key=paper.pk).exists()
    paper = leaving.restore(paper, note="已核实无误", by=head, at=at + timedelta(days=1))
    assert (paper.state, paper.left_by, paper.editions.get().state) == ("live", "", "live")
    assert paper.editions.get().live_until is None
    assert acts(paper) == ["从网站撤下", "恢复上线"]


def test_a_merged_paper_leads_to_the_other_even_through_two_mergers(live, approver, at):
    home = live()
    first, second = live(home.unit), live(home.unit)
    head = approver(home.unit)
    leaving.remove(first, how="merged", note="重复", into=second, by=head, at=at)
    leaving.remove(second, how="merged", note="重复", into=home, by=head, at=at)
    assert leaving.final_of(Paper.objects.get(pk=first.pk)) == home


def test_a_paper_merges_only_into_another_one_on_the_site(live, draft, approver, at):
    paper = live()
    head = approver(paper.unit)
    for into in (None, paper, draft(paper.unit).paper):
        with pytest.raises(Refused):
            leaving.remove(paper, how="merged", note="重复", into=into, by=head, at=at)
    assert Paper.objects.get(pk=paper.pk).state == "live"


def test_leaving_needs_a_way_a_reason_and_the_head(live, officer, approver, unit, at):
    paper = live()
    head = approver(paper.unit)
    with pytest.raises(Refused, match="离线方式"):
        leaving.remove(paper, how="whim", note="无", by=head, at=at)
    with pytest.raises(Refused, match="离线原因"):
        leaving.remove(paper, how="error", note=" ", by=head, at=at)
    for stranger in (officer(paper.unit), approver(unit())):
        with pytest.raises(PermissionDenied):
            leaving.remove(paper, how="error", note="误发", by=stranger, at=at)


@pytest.mark.clause("14")
def test_a_list_leaves_the_site_on_the_day_after_its_term(live, at):
    paper = live(shown_until=date(2021, 4, 30))
    assert leaving.expire_due(date(2021, 4, 30)) == 0
    assert [leaving.expire_due(date(2021, 5, 3)) for _ in range(2)] == [1, 0]
    paper.refresh_from_db()
    assert (paper.state, paper.left_by) == ("left", "expired")
    assert paper.left_at.astimezone(at.tzinfo).isoformat() == "2021-05-01T00:00:00+08:00"


def test_a_list_whose_term_is_over_is_not_put_back_as_it_is(live, approver, at):
    paper = live(shown_until=date(2021, 4, 30))
    leaving.expire_due(date(2021, 5, 1))
    with pytest.raises(Refused, match="公示期已于"):
        leaving.restore(paper, note="恢复", by=approver(paper.unit), at=at + timedelta(days=20))


def test_files_are_public_only_while_their_edition_is_on_the_site(draft, approver, at, today):
    edition = draft()
    row = Attachment.objects.create(edition=edition, title="表", upload="papers/a.xlsx", kind="xlsx")
    assert row not in public_attachments()
    paper = publication.put_live(edition, by=edition.written_by, at=at).paper
    assert row in public_attachments()
    revision = papers.revise(paper, by=edition.written_by, today=today)
    assert list(public_attachments()) == [row]
    publication.put_live(revision, by=edition.written_by, at=at)
    assert list(public_attachments()) == [revision.attachments.get()]
    leaving.remove(paper, how="withdrawn", note="撤回", by=approver(paper.unit), at=at)
    assert not public_attachments().exists()


def test_a_revision_of_a_paper_that_left_brings_it_back(live, approver, today, at):
    paper = live()
    leaving.remove(paper, how="error", note="误发", by=approver(paper.unit), at=at)
    revision = papers.revise(paper, by=paper.created_by, today=today)
    paper = publication.put_live(revision, by=paper.created_by, at=at + timedelta(days=2)).paper
    assert (paper.state, paper.left_by, paper.live) == ("live", "", revision)
    assert [(each.state, each.live_until) for each in paper.editions.all()] == [
        ("superseded", at),
        ("live", None),
    ]
