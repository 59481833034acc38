"""Chinese text as units and pairs."""

from hypothesis import given
from hypothesis import strategies as st

from gongkai.search.units import clauses, flat, fold, fold_with_places, pairs, pattern, terms
from gongkai.search.wording import groups, read


def test_full_width_and_traditional_forms_fold_to_the_same_text() -> None:
    assert fold("２０１９年農業補貼（ＡＢＣ）") == "2019年农业补贴(abc)"


def test_a_title_typed_without_its_brackets_has_the_same_pairs() -> None:
    assert terms("印发《就业办法》的通知").pairs == terms("印发就业办法的通知").pairs


def test_no_pair_reaches_across_a_comma_or_a_line() -> None:
    assert "补贴" not in terms("补，贴\n补").pairs.split()


def test_runs_of_digits_keep_their_border() -> None:
    assert pairs(["2015", "12", "号"]) == ["2015_12", "12号"]
    assert flat("〔2015〕12号") != flat("〔201〕512号")


def test_a_decimal_stays_one_unit() -> None:
    assert list(clauses("增长3.5%")) == [["增", "长", "3.5"]]


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_each_folded_character_knows_its_place(text: str) -> None:
    folded, places = fold_with_places(text)
    assert folded == fold(text)
    assert len(places) == len(folded)
    assert places == sorted(places)


@given(st.text(alphabet="补贴办法2019年第3季度，。《》 \n", min_size=1, max_size=40), st.data())
def test_every_stretch_of_a_clause_is_found_in_its_own_text(text: str, data: st.DataObject) -> None:
    """What the index keeps of a text holds every phrase of pairs that stands in it."""
    stretches = list(clauses(text))
    if stretches:
        units = data.draw(st.sampled_from(stretches))
        assert f" {' '.join(pairs(units))} " in f" {terms(text).pairs} " or len(units) == 1
        assert pattern(units).search(fold(text))


def test_blanks_and_marks_part_words_and_a_document_number_stays_whole() -> None:
    assert [word.variants[0] for word in read("社保、医保 2019年")] == [
        ("社", "保"),
        ("医", "保"),
        ("2019", "年"),
    ]
    number = read("枣政办发[2015]第012號 补贴")
    assert number[0].exact == ("枣政办发2015_12号",)
    assert number[1].variants[0] == ("补", "贴")


def test_a_number_without_an_issuer_is_an_ordinary_phrase() -> None:
    assert read("〔2015〕12号")[0].variants[0] == ("2015", "12", "号")


def test_a_synonym_inside_a_word_gives_another_way_to_say_it() -> None:
    words = read("社保补贴", groups(["社保、社会保险"]))
    assert ["".join(units) for units in words[0].variants] == ["社保补贴", "社会保险补贴"]


def test_a_query_of_marks_alone_has_no_words() -> None:
    assert read("，。《》") == ()
