"""状态表: the page of the states says what the tables say."""

from pathlib import Path

from scripts.states_page import page

PAGE = Path(__file__).parents[2] / "docs" / "states.md"


def test_the_page_of_states_is_what_the_tables_of_acts_say():
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m scripts.states_page > docs/states.md"
