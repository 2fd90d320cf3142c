"""Every paper that answers can make: whole, courteous to the law, and the same in both languages."""

import datetime
import itertools
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guides.letters import composition
from guides.letters.clauses import faults, fill, shipped, shipped_wording
from guides.letters.papers import Heading, Paper, PaperKind, Paragraph, Table
from guides.letters.questions import (
    Answers,
    Argument,
    Civility,
    Commute,
    Cost,
    Delivery,
    Enclosure,
    Fallback,
    Kit,
    Per,
    Place,
    Rhythm,
    add_months,
    problems,
)
from guides.situation import REASONS_OWED, Eligible, Sector, Situation, TextInForce
from hub.typesetting.characters import tidy, unprintable
from tests.factories.answers import KINDS, REQUESTS, any_answers, full_answers, good_answers

WORDING = {language: shipped_wording(language) for language in ("fr", "en")}
CLAIMS = {"fr": re.compile(r"motif|motiv", re.I), "en": re.compile(r"\breasons\b", re.I)}


def written(answers: Answers, kind: PaperKind, language: str = "fr") -> Paper:
    return composition.compose(answers, kind, language, WORDING[language])


def texts(paper: Paper) -> Iterator[str]:
    for name in (
        "notice",
        "title",
        "place_and_date",
        "delivery",
        "subject",
        "reference",
        "salutation",
        "closing",
        "signature",
    ):
        yield getattr(paper, name)
    yield from (*paper.sender, *paper.recipient, *paper.enclosures)
    for part in paper.body:
        if isinstance(part, Table):
            yield from (part.caption, *part.columns, *itertools.chain.from_iterable(part.rows))
        else:
            yield part.text
            yield from getattr(part, "items", ())


def tidy_spaces(text: str) -> str:
    """French sets no-break spaces before its signs, in what the writer typed too."""
    return re.sub(r"[\u00a0\u202f ]+", "", text)


def said(paper: Paper) -> str:
    return "\n".join(texts(paper))


# --- Whole sentences --------------------------------------------------------


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_no_paper_has_a_hole(kind: PaperKind, language: str, data: Any) -> None:
    paper = written(data.draw(good_answers(kind)), kind, language)
    for text in texts(paper):
        assert not re.search(r"[\[\]{}]|\(\s*\)|  |,\s*[,.]|None|\.\.", text), text
        assert text == text.strip()
    for part in paper.body:
        assert not isinstance(part, Heading)
        if isinstance(part, Paragraph):
            assert part.text, part.key
            assert part.text[-1] == ":" if part.items else part.text[-1] in ".?!", part.text
            assert all(part.items)
        else:
            assert part.rows
            assert all(len(row) == len(part.columns) and all(row) for row in part.rows)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_both_languages_have_the_same_parts(kind: PaperKind, data: Any) -> None:
    answers = data.draw(good_answers(kind))
    french, english = (written(answers, kind, language) for language in ("fr", "en"))
    shape = [
        [(part.key, len(getattr(part, "items", ())), len(getattr(part, "rows", ()))) for part in paper.body]
        for paper in (french, english)
    ]
    assert shape[0] == shape[1]
    assert len(french.enclosures) == len(english.enclosures)
    assert [tidy_spaces(line) for line in french.sender] == [tidy_spaces(line) for line in english.sender]
    assert bool(french.reference) == bool(english.reference)


@given(answers=any_answers(), kind=st.sampled_from(KINDS), language=st.sampled_from(["fr", "en"]))
@settings(max_examples=100, deadline=None)
def test_a_draft_says_what_it_can_and_a_finished_one_is_the_paper(
    answers: Answers, kind: PaperKind, language: str
) -> None:
    draft = composition.draft(answers, kind, language, WORDING[language])
    assert not re.search(r"[{}]|  |None", said(draft))
    if problems(answers, kind):
        with pytest.raises(composition.Incomplete):
            written(answers, kind, language)
    else:
        assert draft == written(answers, kind, language)


def test_an_empty_draft_still_reads() -> None:
    draft = composition.draft(Answers(), PaperKind.LETTER, "fr", WORDING["fr"])
    assert draft.sender == () and draft.place_and_date == ""
    assert "Je suivrai les règles de sécurité" in said(draft)


# --- The law ----------------------------------------------------------------


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_reasons_are_claimed_where_they_are_owed_and_nowhere_else(kind: PaperKind, language: str, data: Any) -> None:
    answers = data.draw(good_answers(kind))
    claims = bool(CLAIMS[language].search(said(written(answers, kind, language))))
    owed = answers.situation.reasons_owed
    if not owed:
        assert not claims
    elif kind in REQUESTS or (kind is PaperKind.AFTER_REFUSAL and not answers.reasons_given):
        assert claims


@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_public_letters_rest_on_the_decree_and_private_ones_on_the_code(data: Any) -> None:
    answers = data.draw(good_answers(PaperKind.LETTER))
    letter = said(written(answers, PaperKind.LETTER))
    assert ("2016-151" in letter) is answers.sector.public
    assert not (answers.sector.public and re.search(r"L\d{4}-\d", letter))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_in_a_letter_tells_which_of_the_two_situations_it_is(language: str) -> None:
    letter = written(full_answers(disabled_or_carer=True, text=TextInForce.NONE), PaperKind.LETTER, language)
    both = {"fr": "travailleur handicapé ou salarié aidant", "en": "disabled worker or carer"}
    assert both[language] in said(letter)


@pytest.mark.parametrize(
    ("changes", "article"),
    [
        ({}, "L1222-9, III"),
        ({"doctor": True}, "L4624-6"),
        ({"disabled_or_carer": True, "text": TextInForce.NONE}, "L1222-9 du Code"),
        (
            {"sector": Sector.STATE, "arguments": ()},
            "décret n°\u00a02016-151",
        ),
    ],
)
def test_the_article_that_makes_reasons_owed_stands_in_the_letter(changes: dict[str, Any], article: str) -> None:
    letter = said(written(full_answers(**changes), PaperKind.LETTER))
    assert article in letter
    assert CLAIMS["fr"].search(letter)


def test_a_public_servant_is_told_of_the_month_that_the_decree_gives() -> None:
    answers = full_answers(sector=Sector.TERRITORIAL, arguments=())
    assert "soit au plus tard le 23 décembre 2026" in said(written(answers, PaperKind.LETTER))
    later = full_answers(sector=Sector.TERRITORIAL, arguments=(), answer_by=datetime.date(2027, 1, 8))
    letter = said(written(later, PaperKind.LETTER))
    assert "dans le délai d’un mois. Une réponse avant le 8 janvier 2027" in letter


def test_a_private_reminder_claims_no_deadline() -> None:
    assert "la loi ne fixe pas de délai" in said(written(full_answers(), PaperKind.REMINDER))


# --- What may be asked ------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"first_name": ""}, "first_name", "required"),
        ({"tasks": ()}, "tasks", "required"),
        ({"sector": Sector.STATE, "days": 4, "weekdays": (), "arguments": ()}, "days", "public_limit"),
        (
            {"sector": Sector.STATE, "days": 13, "per": Per.MONTH, "weekdays": (), "arguments": ()},
            "days",
            "public_limit",
        ),
        ({"days": 6, "weekdays": ()}, "days", "range"),
        ({"weekdays": (0,)}, "weekdays", "count"),
        ({"rhythm": Rhythm.OCCASIONAL}, "occasional_days", "required"),
        ({"ltp_name": ""}, "ltp_name", "required"),
        ({"place": Place.HOME, "cost": Cost.LTP}, "cost", "no_ltp"),
        ({"start": datetime.date(2026, 11, 23)}, "start", "not_after_date"),
        ({"review": datetime.date(2027, 5, 2)}, "review", "not_before_trial_end"),
        ({"since": datetime.date(2027, 1, 1)}, "since", "future"),
        ({"arguments": tuple(Argument)[:3]}, "arguments", "too_many"),
        ({"sector": Sector.STATE, "arguments": (Argument.MOBILITY,)}, "arguments", "private_only"),
    ],
)
def test_what_cannot_be_is_named_by_field(changes: dict[str, Any], field: str, code: str) -> None:
    found = [(problem.field, problem.code) for problem in problems(full_answers(**changes), PaperKind.LETTER)]
    assert found == [(field, code)]


def test_a_derogation_lifts_the_three_days_and_says_so() -> None:
    answers = full_answers(sector=Sector.STATE, days=4, weekdays=(), arguments=(), pregnant=True)
    assert not problems(answers, PaperKind.LETTER)
    assert "dépasser trois jours par semaine" in said(written(answers, PaperKind.LETTER))
    within = full_answers(sector=Sector.STATE, arguments=(), pregnant=True)
    assert "dépasser trois jours" not in said(written(within, PaperKind.LETTER))


def test_a_reminder_asks_less_than_the_request() -> None:
    answers = full_answers(tasks=(), start=None, trial_end=None, review=None)
    assert not problems(answers, PaperKind.REMINDER)
    assert problems(answers, PaperKind.LETTER)


# --- The letter as it reads -------------------------------------------------


def test_a_french_letter_follows_french_conventions() -> None:
    letter = written(full_answers(), PaperKind.LETTER)
    assert letter.place_and_date == "À Vire, le 23 novembre 2026"
    assert letter.salutation == "Madame la Directrice,"
    assert letter.closing == "Je vous prie d’agréer, Madame la Directrice, l’expression de mes salutations distinguées."
    assert (letter.subject_label, letter.enclosures_label) == ("Objet\u00a0:", "P. J.\u00a0:")
    assert letter.recipient[0] == "Madame Martin"
    assert letter.reference.endswith("article 4")
    assert "à compter du 1er février 2027" in said(letter)
    assert "comme assistante de gestion (service comptabilité)" in said(letter)
    assert "avant le 23 décembre 2026\u202f?" in said(letter)


def test_an_english_letter_follows_english_conventions() -> None:
    letter = written(full_answers(), PaperKind.LETTER, "en")
    assert letter.place_and_date == "Vire, 23 November 2026"
    assert (letter.salutation, letter.closing) == ("Dear Ms Martin,", "Yours sincerely,")
    unknown = written(full_answers(civility=Civility.UNKNOWN), PaperKind.LETTER, "en")
    assert (unknown.salutation, unknown.closing) == ("Dear Sir or Madam,", "Yours faithfully,")
    assert "from 9 am to noon and from 2 pm to 5.30 pm" in said(letter)


@pytest.mark.parametrize(
    ("town", "place"), [("Le Havre", "Au Havre"), ("Les Andelys", "Aux Andelys"), ("Caen", "À Caen")]
)
def test_towns_contract_as_they_are_spoken(town: str, place: str) -> None:
    assert written(full_answers(town=town), PaperKind.LETTER).place_and_date.startswith(f"{place}, le")


def test_an_email_has_no_addresses_and_a_short_closing() -> None:
    email = written(full_answers(), PaperKind.EMAIL)
    assert (email.sender, email.recipient, email.place_and_date, email.delivery) == ((), (), "", "")
    assert email.closing == "Bien cordialement,"
    assert email.body == written(full_answers(), PaperKind.LETTER).body


def test_a_longer_way_than_to_the_office_is_not_praised() -> None:
    letter = said(written(full_answers(commute=Commute(10, 15, -500, -20)), PaperKind.LETTER))
    assert "10 km" in letter.replace("\u00a0", " ")
    assert "éviterait" not in letter


def test_words_in_braces_that_a_visitor_types_are_words() -> None:
    letter = written(full_answers(firm="{days} & fils", own_words=("voir {start}",)), PaperKind.LETTER)
    assert "{days} & fils" in letter.recipient
    assert "Voir {start}." in said(letter)


def test_the_reading_copy_says_that_it_is_one() -> None:
    copy = composition.reading_copy(full_answers(), PaperKind.LETTER, "en", WORDING["en"])
    assert copy.notice.startswith("Translation for information")
    assert copy.file_name == "telework-request-translation"


def test_the_calendar_holds_the_dates_in_order() -> None:
    found = composition.calendar(full_answers(), "fr", WORDING["fr"])
    assert [each.key for each in found.appointments] == ["answer_by", "talk_again", "start", "review", "trial_end"]
    bare = composition.calendar(Answers(start=datetime.date(2027, 11, 30)), "en", WORDING["en"])
    assert [(each.key, each.day) for each in bare.appointments] == [
        ("start", datetime.date(2027, 11, 30)),
        ("trial_end", datetime.date(2028, 2, 29)),
    ]


# --- The clauses ------------------------------------------------------------


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_clause_that_ships_is_sound(language: str) -> None:
    for key, clause in shipped().items():
        assert faults(key, language, clause.texts[language]) == [], key
        assert clause.purposes[language], key


class Recorder(dict[str, str]):
    """A wording that remembers which clauses were asked for."""

    def __init__(self, wording: dict[str, str]) -> None:
        super().__init__(wording)
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self.asked.add(key)
        return super().__getitem__(key)


def _everyone() -> Iterator[Answers]:
    """Writers whose answers differ in each way that chooses a clause."""
    for sector, place in itertools.product(Sector, Place):
        arguments = [each for each in Argument if not (sector.public and each is Argument.MOBILITY)]
        for number, argument in enumerate(arguments):
            yield full_answers(
                sector=sector,
                place=place,
                arguments=(argument,),
                text=list(TextInForce)[number % 4],
                eligible=list(Eligible)[number % 4],
                rhythm=list(Rhythm)[number % 3],
                weekdays=(1, 3) if number % 2 else (),
                occasional_days=12,
                civility=list(Civility)[number % 3],
                recipient_name="Martin" if number % 2 else "",
                delivery=list(Delivery)[number % 3],
                kit=list(Kit)[number % 3],
                cost=[Cost.NONE, Cost.KIT, Cost.ALLOWANCE, Cost.LTP if place is not Place.HOME else Cost.KIT][
                    number % 4
                ],
                enclosures=tuple(Enclosure) if number % 2 else (),
                tasks=("Factures",) if number % 3 else full_answers().tasks,
                since=None if number % 2 else full_answers().since,
                review=None if number % 2 else full_answers().review,
                afternoon=None if number % 2 else full_answers().afternoon,
                commute=[None, Commute(42), Commute(None, 50, 7700), Commute(42, 50, None, 153), Commute(1, 1, 1, 1)][
                    number % 5
                ],
                answer_by=datetime.date(2026, 12, 23 if number % 2 else 30),
                agreed_on=None if number % 2 else datetime.date(2026, 12, 18),
                refused_on=None if number % 2 else datetime.date(2026, 12, 18),
                talk_again=None if number % 2 else datetime.date(2027, 1, 12),
                reasons_given=number % 4 == 3,
                fallback=list(Fallback)[number % 4],
                disabled_or_carer=number in (4, 5),
                doctor=number in (6, 7),
                pregnant=number in (0, 1, 2),
            )
    for text, eligible in itertools.product(TextInForce, Eligible):
        yield full_answers(text=text, eligible=eligible)
        yield full_answers(text=text, eligible=eligible, doctor=True, pregnant=True, cost=Cost.LTP)
        yield full_answers(text=text, eligible=eligible, disabled_or_carer=True, place=Place.LTP)
    yield full_answers(sector=Sector.STATE, days=4, weekdays=(), arguments=(), pregnant=True)


def test_no_clause_waits_for_a_letter_that_never_comes() -> None:
    wording = Recorder(shipped_wording("en"))
    for answers, kind in itertools.product(_everyone(), KINDS):
        if not problems(answers, kind):
            composition.compose(answers, kind, "en", wording)
    composition.reading_copy(full_answers(), PaperKind.LETTER, "en", wording)
    composition.calendar(full_answers(), "en", wording)
    composition.by_hand("en", wording)
    assert set(shipped()) - wording.asked == set()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Je souhaite télétravailler {rhythm}, à compter du {start} et du {year}.", "unknown_placeholder"),
        ("Je souhaite télétravailler à compter du {start}.", "missing_placeholder"),
        ("Je souhaite télétravailler {rhythm} dès le {start} {.", "brace"),
        ("Je souhaite [télétravailler] {rhythm} dès le {start}.", "bracket"),
        ("Je  souhaite télétravailler {rhythm} dès le {start}.", "spaces"),
        ("Je souhaite télétravailler {rhythm} dès le {start} 😀.", "unprintable"),
    ],
)
def test_a_clause_that_would_spoil_a_letter_is_refused(text: str, code: str) -> None:
    assert code in [fault.code for fault in faults("request.regular", "fr", text)]


@given(st.text(max_size=60), st.text(max_size=20))
def test_filling_never_reads_the_answer_as_a_template(answer: str, other: str) -> None:
    assert fill("a {x} b {y}", {"x": answer, "y": other}) == f"a {answer} b {other}"


# --- Characters and dates ---------------------------------------------------


@given(st.text(max_size=80))
def test_tidy_text_is_tidy_once_and_for_all(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert once == once.strip(" \t\n\r") and "  " not in once


@pytest.mark.parametrize(
    "character", ["\x00", "\x0b", "\u202e", "\u200b", "😀", "\ud800", "ﷺ", "漢", "\ufffe", "\u2028x"]
)
def test_what_a_letter_cannot_carry_is_named(character: str) -> None:
    text = tidy(f"Vire {character} Caen")
    assert unprintable(text) == character or character not in text


@pytest.mark.parametrize("name", ["Łukasz", "Nguyễn", "O’Brien", "D'Arcy-Œuvré", "Žižek", "Ελένη", "Анна"])
def test_names_of_europe_pass(name: str) -> None:
    assert unprintable(tidy(name)) == ""


@given(st.dates(datetime.date(1, 1, 1), datetime.date(9990, 1, 1)), st.integers(0, 60))
def test_months_later_is_the_same_day_or_the_last(day: datetime.date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + datetime.timedelta(1)).day == 1


def test_reasons_owed_is_the_table_of_the_law() -> None:
    for sector, text, eligible, special, doctor in itertools.product(
        Sector, TextInForce, Eligible, (False, True), (False, True)
    ):
        situation = Situation(sector, text, eligible, special, doctor)
        listed = text in (TextInForce.AGREEMENT, TextInForce.CHARTER) and eligible is Eligible.YES
        assert situation.reasons_owed is (sector is not Sector.PRIVATE or special or doctor or listed)
        assert set(situation.lines) & REASONS_OWED or not situation.reasons_owed
