"""The decision table, every combination of answers against rules written out a second time."""

from itertools import product

from guides.situation import REASONS_OWED, Eligible, Line, Sector, Situation, TextInForce

COMBINATIONS = [Situation(*values) for values in product(Sector, TextInForce, Eligible, (False, True), (False, True))]
# Private sector, without the doctor or the box: what the text in force and the post give.
BY_TEXT = {
    ("agreement", "yes"): "a",
    ("agreement", "no"): "b",
    ("agreement", "not_stated"): "b",
    ("agreement", "unknown"): "b",
    ("charter", "yes"): "a",
    ("charter", "no"): "b",
    ("charter", "not_stated"): "b",
    ("charter", "unknown"): "b",
    ("none", "yes"): "c",
    ("none", "no"): "c",
    ("none", "not_stated"): "c",
    ("none", "unknown"): "c",
    ("unknown", "yes"): "unknown",
    ("unknown", "no"): "unknown",
    ("unknown", "not_stated"): "unknown",
    ("unknown", "unknown"): "unknown",
}


def expected(situation: Situation) -> list[str]:
    if situation.sector != "private":
        return ["d"]
    lines = [BY_TEXT[situation.text.value, situation.eligible.value]]
    if situation.disabled_or_carer:
        lines.insert(0, "c_plus")
    if situation.doctor:
        lines.insert(0, "e")
    return lines


def test_all_combinations_are_there() -> None:
    assert len(set(COMBINATIONS)) == 4 * 4 * 4 * 2 * 2


def test_a_situation_stands_on_its_lines() -> None:
    found = {situation: [line.value for line in situation.lines] for situation in COMBINATIONS}
    assert found == {situation: expected(situation) for situation in COMBINATIONS}


def test_reasons_are_owed_in_the_four_cases_and_nowhere_else() -> None:
    for situation in COMBINATIONS:
        private = situation.sector is Sector.PRIVATE
        written = situation.text in (TextInForce.AGREEMENT, TextInForce.CHARTER)
        eligible = written and situation.eligible is Eligible.YES
        owed = not private or situation.doctor or situation.disabled_or_carer or eligible
        assert situation.reasons_owed is owed, situation


def test_the_four_cases_are_named() -> None:
    assert {"a", "c_plus", "d", "e"} == {line.value for line in REASONS_OWED}
    assert set(Line) - REASONS_OWED == {Line.TEXT_NOT_LISTED, Line.NO_TEXT, Line.TEXT_UNKNOWN}
