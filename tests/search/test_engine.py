"""The embedded index: what it finds, in which order, with which counts."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bench._search_corpus import papers, probes
from bench.search import compared
from gongkai.search.engines.interface import Lost
from gongkai.search.engines.tantivy import TantivyEngine
from gongkai.search.entry import Asked, Entry, Position
from gongkai.search.wording import groups, read
from tests.search.conftest import keys

Filled = Callable[..., TantivyEngine]


def leaf(key: int, title: str = "通知", **more: object) -> Entry:
    return Entry(noun="leaf", key=key, title=title, **more)  # type: ignore[arg-type]


@pytest.mark.clause("31")
def test_two_hundred_words_give_the_same_papers_as_a_scan(engine: TantivyEngine) -> None:
    """Words cut out of the texts wherever they fall, numbers, single characters; the goal is 99 %."""
    entries = list(papers(3000))
    with engine.rebuild() as builder:
        builder.add(entries)
        builder.finish(Position())
    words = probes(200, entries)
    asked = list(compared(engine, entries, words))
    wrong = [word for word, found, wanted in asked if found != wanted]
    assert len(wrong) <= 2, wrong
    assert sum(wanted > 0 for *_, wanted in asked) >= 190


def test_every_real_title_is_found_by_itself_and_stands_first(filled: Filled) -> None:
    titles = (Path(__file__).parents[1] / "data" / "policy_titles.txt").read_text("utf-8").splitlines()
    titles = list(dict.fromkeys(titles))
    engine = filled(*(leaf(number, title, text="关于印发的通知") for number, title in enumerate(titles)))
    for number, title in enumerate(titles):
        assert number in keys(engine, title[:100]), title


def test_a_word_in_the_title_weighs_more_than_in_the_text(filled: Filled) -> None:
    engine = filled(leaf(1, "其他", text="就业补贴。" * 9), leaf(2, "就业补贴办法", text="无"))
    assert keys(engine, "补贴") == [2, 1]


def test_the_exact_number_comes_first_however_it_was_typed(filled: Filled) -> None:
    cited = leaf(1, "转发枣政办发〔2015〕12号的通知", text="枣政办发〔2015〕12号。" * 20)
    engine = filled(cited, leaf(2, "某办法", number="枣政办发〔2015〕12号"))
    for typed in ("枣政办发〔2015〕12号", "枣政办发(2015)12号", "棗政辦發［２０１５］第012號"):
        assert keys(engine, typed)[0] == 2, typed


def test_the_exact_index_number_comes_first(filled: Filled) -> None:
    engine = filled(leaf(1, text="见11370402MB1/2021-00001"), leaf(2, code="11370402MB1/2021-00001"))
    assert keys(engine, "11370402MB1/2021-00001")[0] == 2


def test_all_words_must_be_there(filled: Filled) -> None:
    engine = filled(leaf(1, text="补贴"), leaf(2, text="补贴，低保"), leaf(3, text="低保"))
    assert keys(engine, "补贴 低保") == [2]


def test_a_synonym_is_found_as_well(filled: Filled) -> None:
    engine = filled(leaf(1, text="社会保险补贴"), leaf(2, text="社保补贴"))
    words = read("社保补贴", groups(["社保、社会保险"]))
    assert engine.search(Asked(words=words)).total == 2


def test_what_is_repealed_comes_after_what_is_in_force(filled: Filled) -> None:
    engine = filled(leaf(1, "低保办法", weight=1.0), leaf(2, "低保办法", weight=2.0))
    assert keys(engine, "低保办法") == [2, 1]


def test_filters_narrow_and_their_counts_leave_themselves_out(filled: Filled) -> None:
    engine = filled(
        leaf(1, unit=1, year=2020, columns=(7, 8, 8)),
        leaf(2, unit=2, year=2020, columns=(8,)),
        leaf(3, unit=2, year=2021),
    )
    answer = engine.search(Asked(words=read("通知"), filters={"unit": (2,)}, counts=True))
    assert (answer.total, dict(answer.counts["unit"])) == (2, {1: 1, 2: 2})
    assert dict(answer.counts["year"]) == {2020: 1, 2021: 1}
    assert dict(answer.counts["column"]) == {8: 1}
    assert keys(engine, "通知", filters={"unit": (1, 2), "year": (2020,)}, order="date") != []


def test_days_limit_and_order_by_the_newest(filled: Filled) -> None:
    engine = filled(leaf(1, day=100), leaf(2, day=300), leaf(3, day=200))
    assert keys(engine, "通知", order="date") == [2, 3, 1]
    assert keys(engine, "", order="date", since=150, until=250) == [3]


def test_pages_follow_each_other_without_doubles(filled: Filled) -> None:
    engine = filled(*(leaf(key, day=key) for key in range(1, 46)))
    pages = [keys(engine, "通知", order="date", page=page) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert [*pages[0], *pages[1], *pages[2]] == list(range(45, 0, -1))


def test_the_document_that_keeps_the_position_is_never_found(filled: Filled) -> None:
    engine = filled(leaf(1))
    assert engine.search(Asked()).total == 1
    assert engine.size()[0] == 1


def test_a_single_number_finds_by_its_beginning(filled: Filled) -> None:
    engine = filled(leaf(1, text="2019年"), leaf(2, text="20190101"), leaf(3, text="12019"))
    assert sorted(keys(engine, "2019")) == [1, 2]


def test_most_of_a_long_phrase_is_enough_when_asked_for_parts(filled: Filled) -> None:
    engine = filled(leaf(1, "高龄老人津贴发放办法"), leaf(2, "公租房"))
    assert keys(engine, "高龄老人补贴发放办法") == []
    assert keys(engine, "高龄老人补贴发放办法", least=0.6) == [1]


def test_titles_are_offered_while_a_number_is_half_typed(filled: Filled) -> None:
    engine = filled(leaf(1, "关于印发2019年就业补贴办法的通知", day=2), leaf(2, "低保", day=1))
    for units in (["就", "业"], ["印", "发", "20"], ["20"]):
        assert engine.suggest(units, 5) == ["关于印发2019年就业补贴办法的通知"], units


def test_a_change_replaces_and_a_gone_record_leaves(filled: Filled) -> None:
    engine = filled(leaf(1, "低保"), leaf(2, "低保"))
    position = Position(9, "s", ((3, 4, 1.5),))
    engine.change([leaf(1, "公租房")], ["leaf:2"], position)
    assert (keys(engine, "低保"), keys(engine, "公租房"), engine.position()) == ([], [1], position)


def test_no_index_and_a_damaged_one_are_both_said_to_be_lost(filled: Filled, tmp_path: Path) -> None:
    with pytest.raises(Lost):
        TantivyEngine(tmp_path / "none").search(Asked())
    filled(leaf(1))
    for part in (tmp_path / "index").rglob("*.idx"):
        part.write_bytes(b"")
    with pytest.raises(Lost):
        TantivyEngine(tmp_path / "index").search(Asked(words=read("通知")))


def test_a_second_writer_is_told_that_it_is_not_alone(engine: TantivyEngine) -> None:
    with engine.alone() as first, TantivyEngine(engine.folder).alone() as second:
        assert (first, second) == (True, False)
    with engine.alone() as again:
        assert again


def test_another_process_sees_what_was_committed(filled: Filled) -> None:
    engine = filled(leaf(1, "低保"))
    other = TantivyEngine(engine.folder)
    assert keys(other, "低保") == [1]
    engine.change([leaf(2, "低保")], [], Position())
    assert sorted(keys(other, "低保")) == [1, 2]


def test_a_rebuild_that_breaks_off_leaves_the_old_index(filled: Filled) -> None:
    engine = filled(leaf(1, "低保"))
    with pytest.raises(RuntimeError):
        _broken_off(engine)
    assert keys(engine, "低保") == [1]
    assert len([each for each in engine.folder.iterdir() if each.is_dir()]) == 1


def _broken_off(engine: TantivyEngine) -> None:
    with engine.rebuild() as builder:
        builder.add([leaf(2, "低保")])
        raise RuntimeError
