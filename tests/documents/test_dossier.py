"""文件信息: however many elements a paper has, two stand in each row, or one takes the whole of it."""

import pytest

from gongkai.documents.overview.dossier import Fact, paired


def layout(pattern: str) -> str:
    """The widths that come of these: ``n`` narrow, ``w`` wide."""
    facts = [Fact(str(place), sign, wide=sign == "w") for place, sign in enumerate(pattern)]
    return "".join("w" if fact.wide else "n" for fact in paired(facts))


@pytest.mark.parametrize(
    ("given", "laid"),
    [
        ("", ""),
        ("n", "w"),
        ("nn", "nn"),
        ("nnn", "nnw"),
        ("nw", "ww"),
        ("nnwn", "nnww"),
        ("wnnnw", "wnnww"),
    ],
)
def test_nothing_stands_beside_a_gap(given: str, laid: str) -> None:
    assert layout(given) == laid
