"""送审与签发: the way of a draft to the site."""

from gongkai.documents.models import Paper


def test_a_draft_goes_through_three_reviews_and_stands_on_the_site(draft, walk, acts, at):
    edition = walk(draft())
    paper = Paper.objects.get(pk=edition.paper_id)
    assert (edition.state, paper.state, paper.live) == ("live", "live", edition)
    assert paper.published_at == paper.updated_at == edition.live_from == at
    assert [(row.stage, row.proofread, row.round) for row in edition.reviews.all()] == [
        ("unit_review", True, 1),
        ("secrecy", True, 1),
        ("signing", True, 1),
    ]
    assert acts(edition) == ["起草", "提交审核", "单位审核通过", "保密审查通过", "签发", "发布"]
