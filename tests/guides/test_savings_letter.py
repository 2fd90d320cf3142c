"""From the calculator to the letter and back; the result alone; what is not kept."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guides.carrying import LETTER_FIELDS
from tests.factories.hub import Hub
from tests.guides.calculator import ANSWERS, AT_LTP, LANGUAGES, Calculator, errors, figures, hidden, value_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def calculator(hub: Hub, client: Client) -> Calculator:
    return Calculator.build(hub, client)


# --- On to the letter ---


def test_no_letter_no_button(calculator: Calculator) -> None:
    assert not calculator.page(ANSWERS).select_one(".savings-letter")


def test_a_letter_that_visitors_may_not_see_is_not_offered(calculator: Calculator) -> None:
    calculator.letter(live=False)
    calculator.letter("fr")
    assert not calculator.page(ANSWERS, "en").select_one(".savings-letter")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_go_to_the_letter_of_the_same_language(calculator: Calculator, language: str) -> None:
    letters = {code: calculator.letter(code) for code in LANGUAGES}
    form = calculator.page({**AT_LTP, "commute_km": "25,5"}, language).select_one(".savings-letter")
    assert form["method"] == "post" and form["action"] == letters[language].url
    assert hidden(form) == {
        "carry": "1",
        "commute": "on",
        "commute_km": "25.5",
        "commute_minutes": "30",
        "km_a_year": "3772",
        "hours_a_year": "61",
        "days": "2",
        "place": "ltp",
    }


def test_a_loss_is_not_sent_as_a_saving(calculator: Calculator) -> None:
    calculator.letter()
    told = {**AT_LTP, "ltp_km": "40", "ltp_minutes": "50"}
    fields = hidden(calculator.page(told).select_one(".savings-letter"))
    assert "km_a_year" not in fields and "hours_a_year" not in fields and fields["commute_km"] == "25"


def test_everything_answered_before_goes_along(calculator: Calculator) -> None:
    calculator.letter()
    own = {"commute", "commute_km", "commute_minutes", "km_a_year", "hours_a_year", "days", "place"}
    before = {name: f"réponse {name}" for name in LETTER_FIELDS if name not in own}
    soup = calculator.page({**ANSWERS, **before})
    assert hidden(soup.select_one(".savings-form")) == before
    sent = hidden(soup.select_one(".savings-letter"))
    assert before.items() <= sent.items()
    assert sent["days"] == "2" and sent["place"] == "home"


def test_days_by_the_month_and_both_places_stay_the_letter_s_own(calculator: Calculator) -> None:
    calculator.letter()
    before = {"days": "4", "per": "month", "place": "both"}
    sent = hidden(calculator.page({**ANSWERS, **before}).select_one(".savings-letter"))
    assert before.items() <= sent.items()


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_letter_the_answers_are_there_unjudged(calculator: Calculator, language: str) -> None:
    before = {"days": "3", "place": "ltp", "post": "juriste"}
    told = {"carry": "1", "commute_km": "vingt", "commute_minutes": "30", **before}
    response = calculator.post(told, language)
    assert response["Cache-Control"] == "no-store"
    soup = BeautifulSoup(response.content, "html.parser")
    assert value_of(soup, "commute_km") == "vingt" and value_of(soup, "commute_minutes") == "30"
    assert value_of(soup, "days_a_week") == "3" and value_of(soup, "where") == "ltp"
    assert not errors(soup) and not soup.select_one(".error-summary") and not figures(soup)
    assert hidden(soup.select_one(".savings-form")) == before


def test_days_by_the_month_are_not_taken_for_days_a_week(calculator: Calculator) -> None:
    assert value_of(calculator.page({"carry": "1", "days": "4", "per": "month"}), "days_a_week") == "1"


# --- The result alone ---


def test_a_script_may_ask_for_the_result_alone(calculator: Calculator) -> None:
    calculator.letter()
    whole = calculator.page(ANSWERS)
    response = calculator.post(ANSWERS, **{"X-Fragment": "result"})
    fragment = BeautifulSoup(response.content, "html.parser")
    assert fragment.find("html") is None and fragment.form is fragment.select_one(".savings-letter")
    assert figures(fragment) == figures(whole)
    assert "4,600" in fragment.section["data-summary"]
    assert not fragment.select("[autofocus]"), "whoever is typing keeps the focus"
    for link in fragment.select("a.source-ref"):
        assert whole.select_one(link["href"]), "its sources stand in the page that is open"
    assert response["Cache-Control"] == "no-store"


def test_while_an_answer_is_missing_the_fragment_holds_no_figure(calculator: Calculator) -> None:
    response = calculator.post({**ANSWERS, "commute_km": ""}, **{"X-Fragment": "result"})
    fragment = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 200
    assert fragment.select_one("#savings-result") and not figures(fragment)
    assert not fragment.select("[role=alert]")


# --- Nothing kept, few queries ---


@pytest.mark.parametrize("answers", [ANSWERS, {**ANSWERS, "commute_km": "douze"}, {"carry": "1"}])
def test_answers_leave_no_trace(calculator: Calculator, answers: dict[str, str]) -> None:
    response = calculator.post(answers)
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies and not calculator.client.cookies


def test_another_site_may_not_post_here(calculator: Calculator) -> None:
    assert calculator.post(ANSWERS, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403


def count(ask: Callable[[], Any]) -> int:
    ask()
    with CaptureQueriesContext(connection) as captured:
        assert ask().status_code == 200
    return len(captured)


def test_a_fixed_number_of_queries(calculator: Calculator) -> None:
    calculator.letter()
    url, client = calculator.urls["en"], calculator.client
    opening = count(lambda: client.get(url))
    answering = count(lambda: calculator.post({**AT_LTP, "mode": "car_electric_medium", "ltp_mode": "ter"}))
    assert answering == opening + 1, "the letter's address"
    assert count(lambda: calculator.post(ANSWERS)) == answering
    plain = calculator.hub.plain("en", title="About")
    assert opening <= count(lambda: client.get(plain.url)) + 4
