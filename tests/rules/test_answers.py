"""How an application may end: every ending is reachable, has its article and its row."""

from collections.abc import Iterator

import pytest

from gongkai.rules.answers import FIRST, NEEDS, Guided, guide, of_ground, outcome, outcomes, questions, rows
from gongkai.rules.attribute import GROUNDS
from gongkai.rules.law import Refused

#: what ends without the questions: by the applicant's own doing, or by hand
ASIDE = {"lapsed_supplement", "lapsed_fee", "withdrawn", "other"}


def ways(answered: dict[str, str]) -> Iterator[Guided]:
    found = guide(answered)
    if found.question is None:
        yield found
        return
    for choice in found.question.choices:
        yield from ways(answered | {found.question.code: choice.key})


@pytest.mark.clause("30")
def test_every_way_through_the_questions_ends_in_one_classified_answer():
    ends = list(ways({}))
    assert all(end.outcome is not None and end.outcome.row.code in rows() for end in ends)
    assert {end.outcome.code for end in ends if end.outcome} == set(outcomes()) - ASIDE


def test_every_question_is_asked_on_some_way():
    asked = {question.code for end in ways({}) for question, _ in end.steps}
    assert asked == set(questions())


def test_no_question_is_asked_twice_on_a_way():
    for end in ways({}):
        codes = [question.code for question, _ in end.steps]
        assert len(codes) == len(set(codes))


def test_every_row_of_the_table_is_the_row_of_some_ending():
    assert {each.row.code for each in outcomes().values()} == set(rows())


@pytest.mark.parametrize("ground", sorted(GROUNDS))
def test_every_ground_has_its_refusal_and_is_named_on_the_way(ground):
    start = dict.fromkeys(("repeated", "excessive", "special", "public"), "no")
    start |= {"matter": "information", "clear": "yes", "ours": "yes", "found": "yes", "ready": "yes"}
    end = guide(start | {"ground": ground, "third": "refuses", "separable": "no"})
    assert end.outcome == of_ground(ground)
    assert end.ground == ground
    assert guide(start | {"ground": ground, "third": "refuses", "separable": "yes"}).outcome == outcome(
        "partial"
    )


def test_refusals_say_why_and_what_does_not_exist_was_searched_for():
    assert outcome("secret").lacking({}) == ["理由"]
    assert outcome("absent").lacking({"search": "查了2019年至2021年的发文登记"}) == []
    assert outcome("not_ours").lacking({"reason": "不是本机关制作"}) == ["负责公开的机关及联系方式"]
    assert {need for each in outcomes().values() for need in each.needs} <= set(NEEDS)


def test_all_that_answers_has_an_article():
    assert all(each.cite for each in outcomes().values() if each.answer and each.code != "other")


def test_an_answer_that_no_question_knows_is_refused():
    with pytest.raises(Refused, match="没有“perhaps”这个选项"):
        guide({FIRST: "perhaps"})
    with pytest.raises(Refused):
        outcome("nothing")
    with pytest.raises(Refused):
        of_ground("")
