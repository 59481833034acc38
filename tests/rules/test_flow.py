"""The table of acts (办理流程)."""

import pytest

from gongkai.rules.flow import Flow, act
from gongkai.rules.law import REGULATION, Refused

STATES = {"draft": "起草", "sent": "已报", "done": "办结"}
FLOW = Flow(
    STATES,
    [
        act("send", "报送", "draft", "sent", "officer"),
        act("accept", "认定", "sent", "done", "office approver"),
        act("note", "批注", "draft sent", None, "office", REGULATION.article("第四十六条")),
    ],
)


def test_an_act_leads_from_its_state_to_the_next() -> None:
    assert FLOW.after("draft", "send") == "sent"
    assert FLOW.after("sent", "accept") == "done"


def test_an_act_without_a_target_leaves_the_state_as_it_is() -> None:
    assert [FLOW.after(state, "note") for state in ("draft", "sent")] == ["draft", "sent"]


def test_an_act_from_a_wrong_state_is_refused_in_chinese() -> None:
    with pytest.raises(Refused, match=r"^当前状态为“办结”，不能报送$"):
        FLOW.after("done", "send")


def test_a_refused_act_names_its_article() -> None:
    with pytest.raises(Refused, match="第四十六条") as refused:
        FLOW.after("done", "note")
    assert refused.value.cite == REGULATION.article("第四十六条")


@pytest.mark.parametrize(
    ("state", "roles", "codes"),
    [
        ("draft", ["officer"], ["send"]),
        ("draft", ["officer", "office"], ["send", "note"]),
        ("sent", ["approver"], ["accept"]),
        ("sent", [], []),
        ("done", ["officer", "office", "approver"], []),
    ],
)
def test_a_person_is_offered_only_the_acts_of_his_roles(
    state: str, roles: list[str], codes: list[str]
) -> None:
    assert [each.code for each in FLOW.open_to(state, roles)] == codes


def test_every_offered_act_is_allowed_and_every_other_refused() -> None:
    for state in STATES:
        offered = {each.code for each in FLOW.open_to(state, ["officer", "office", "approver"])}
        for each in FLOW:
            if each.code in offered:
                assert FLOW.after(state, each.code) in STATES
            else:
                with pytest.raises(Refused):
                    FLOW.after(state, each.code)


def test_an_unknown_act_is_a_programming_error() -> None:
    with pytest.raises(KeyError):
        FLOW.after("draft", "fly")
