"""The calculator's page: what is asked and what comes back."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guides.savings import constants
from tests.factories.hostile import queries as hostile
from tests.factories.hub import Hub
from tests.guides.calculator import ANSWERS, AT_LTP, LANGUAGES, Calculator, errors, figures, value_of

pytestmark = pytest.mark.django_db

BAD_NUMBERS = ["douze", "-1", "1e9", "1000000000", "9" * 400, "<b>25</b>", "25\x00", "NaN", "Infinity", "١٢", "12 km"]


@pytest.fixture
def calculator(hub: Hub, client: Client) -> Calculator:
    return Calculator.build(hub, client)


# --- Asking ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_opens_with_its_defaults_and_its_method(calculator: Calculator, language: str, fetch: Any) -> None:
    soup = fetch(calculator.urls[language])
    form = soup.select_one(".savings-form")
    assert form["method"] == "post" and form["action"] == calculator.urls[language]
    assert "csrf" not in str(form)
    assert value_of(soup, "weeks") == "46"
    assert value_of(soup, "mode") in ("", "car_default")
    assert value_of(soup, "people") == "1" and value_of(soup, "power") == "5"
    assert not figures(soup) and not soup.select_one(".error-summary")
    rows = soup.select(".savings-method tbody tr")
    assert len(rows) == 5
    for row in rows:
        assert row.select("td")[1].get_text(strip=True), "a year"
        assert soup.select_one(row.select_one("a.source-ref")["href"]), "a source"


def test_every_mode_of_the_constants_can_be_chosen(calculator: Calculator, fetch: Any) -> None:
    soup = fetch(calculator.urls["en"])
    offered = {option["value"] for option in soup.select("select[name=mode] option")}
    assert offered == set(constants.MODES)
    for mode in constants.MODES:
        assert figures(calculator.page({**ANSWERS, "mode": mode})), mode


# --- Results ---


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", ["92", "4\u202f600", "662", "1\u202f642", "2\u202f926"]),
        ("en", ["92", "4,600", "662", "€1,642", "€2,926"]),
    ],
)
def test_the_worked_example_as_figures(calculator: Calculator, language: str, expected: list[str]) -> None:
    shown = " ".join(figures(calculator.page(ANSWERS, language)))
    assert [part for part in expected if part not in shown] == []


def test_the_sums_are_shown_to_the_cent(calculator: Calculator) -> None:
    sums = calculator.page(ANSWERS).select_one(".savings-sums").get_text(" ")
    for part in ("4,600", "92\xa0h", "883.2", "662.4", "€1,642.20", "€2,925.60", "0.192", "0.357", "0.636", "0.75"):
        assert part in sums, part


def test_every_figure_with_a_constant_behind_it_names_year_and_source(calculator: Calculator) -> None:
    soup = calculator.page(ANSWERS)
    boxes = soup.select(".result-box .figure")
    assert len(boxes) == 4
    for box in boxes:
        line = box.select_one(".figure-source")
        assert "2026" in line.get_text()
        assert soup.select_one(line.a["href"]), "the source stands in the page's list"


def test_the_chart_has_a_table_with_the_same_numbers(calculator: Calculator) -> None:
    chart = calculator.page(ANSWERS).select_one(".result-box .chart")
    assert [bar.get_text() for bar in chart.select(".bar-value")] == ["46", "92", "138", "184", "230"]
    assert [row.td.get_text() for row in chart.select("tbody tr")] == ["46", "92", "138", "184", "230"]
    assert [bool(bar) for bar in chart.select(".bar-chosen .bar-value")] == [True]
    assert chart.select_one("[aria-hidden=true] svg") and not chart.select("[style]")


def test_a_shared_workplace_is_counted_off(calculator: Calculator) -> None:
    shown = " ".join(figures(calculator.page(AT_LTP)))
    for part in ("3,680", "530", "€1,314", "61"):
        assert part in shown


def test_a_place_reached_by_bicycle_leaves_every_kilometre_of_the_car(calculator: Calculator) -> None:
    sums = calculator.page({**AT_LTP, "ltp_mode": "bike"}).select_one(".savings-sums").get_text(" ")
    assert "2 × 25 × 92 = 4,600\xa0km" in sums and "€1,642.20" in sums and "3,680" in sums


def test_what_telework_costs_more_is_shown_as_such(calculator: Calculator) -> None:
    soup = calculator.page({**AT_LTP, "commute_km": "5", "commute_minutes": "10", "ltp_km": "25", "ltp_minutes": "30"})
    shown = figures(soup)
    assert shown[0].startswith("−61") and shown[1].startswith("−3,680")
    assert "−" in shown[2] and shown[3].count("−") == 2
    assert soup.select_one(".result-box .messages")


def test_without_a_car_the_scale_steps_aside_for_the_ticket(calculator: Calculator) -> None:
    soup = calculator.page({**ANSWERS, "mode": "ter", "ticket": "12,40"})
    shown = figures(soup)
    assert "€1,141" in shown
    assert "BAREME" not in soup.select_one(".result-box").get_text()
    assert len(figures(calculator.page({**ANSWERS, "mode": "bike", "ticket": "12.40"}))) == 3


def test_one_s_own_weeks_are_no_longer_the_agency_s(calculator: Calculator) -> None:
    soup = calculator.page({**ANSWERS, "weeks": "40"})
    assert [shown.split()[0] for shown in figures(soup)[:2]] == ["80", "4,000"]
    assert not soup.select(".result-box .figure")[0].select_one(".figure-source")
    assert len(soup.select(".savings-method tbody tr")) == 4


def test_an_electric_car_has_the_supplement_of_the_scale(calculator: Calculator) -> None:
    sums = calculator.page({**ANSWERS, "mode": "car_electric_medium"}).select_one(".savings-sums").get_text(" ")
    assert "€1,970.64" in sums and "€3,510.72" in sums


def test_fuel_and_fee_of_one_s_own(calculator: Calculator) -> None:
    told = {**AT_LTP, "ltp_fee": "10", "ltp_fee_per": "day", "fuel_consumption": "6", "fuel_price": "1.80"}
    shown = figures(calculator.page(told))
    assert "€397" in shown  # 3,680 × 6 ÷ 100 × 1.80
    assert "−\u2060€920" in shown and "€394 to €1,420" in shown


@pytest.mark.parametrize("typed", ["12,5", "12.5", " 12,5 ", "12,50"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_both_decimal_signs_are_understood(calculator: Calculator, typed: str, language: str) -> None:
    soup = calculator.page({**ANSWERS, "commute_km": typed}, language)
    assert not errors(soup)
    assert any("300" in shown for shown in figures(soup)), "2 × 12.5 × 92 km"


# --- Bad input ---


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", BAD_NUMBERS)
def test_a_bad_number_is_met_at_its_field_and_kept(calculator: Calculator, typed: str, language: str) -> None:
    numbers = ("commute_km", "commute_minutes", "people", "weeks", "ltp_km", "ltp_minutes", "ltp_fee", "ticket")
    told = {**AT_LTP, **dict.fromkeys(numbers, typed), "fuel_consumption": typed, "fuel_price": typed}
    soup = calculator.page(told, language)
    assert set(errors(soup)) == {*numbers, "fuel_consumption", "fuel_price"}
    assert all(errors(soup).values())
    summary = soup.select_one(".error-summary[role=alert][autofocus]")
    for link in summary.select("a"):
        assert soup.select_one(f'[id="{link["href"][1:]}"]')
    for name in numbers:
        assert value_of(soup, name).replace("\ufffd", "\x00") == typed
    assert value_of(soup, "where") == "ltp" and value_of(soup, "days_a_week") == "2"
    assert not figures(soup) and not soup.select(".savings-form b")


@pytest.mark.parametrize("language", LANGUAGES)
def test_empty_answers_are_asked_for(calculator: Calculator, language: str) -> None:
    assert set(errors(calculator.page({}, language))) >= {"commute_km", "commute_minutes", "weeks"}
    assert set(errors(calculator.page({**ANSWERS, "where": "ltp"}, language))) == {"ltp_km", "ltp_minutes"}
    assert set(errors(calculator.page({**ANSWERS, "fuel_price": "2"}, language))) == {"fuel_consumption"}


def test_messages_speak_the_reader_s_language_of_numbers(calculator: Calculator) -> None:
    told = {**ANSWERS, "commute_km": "501"}
    french, english = (errors(calculator.page(told, language))["commute_km"] for language in LANGUAGES)
    assert "0,1" in french and "0.1" in english


@pytest.mark.parametrize("name", ["mode", "power", "days_a_week", "where", "ltp_mode", "ltp_fee_per"])
def test_a_choice_that_was_not_offered_is_refused_without_repeating_it(calculator: Calculator, name: str) -> None:
    soup = calculator.page({**AT_LTP, name: "hélicoptère" * 100})
    assert set(errors(soup)) == {name}
    assert "hélicoptère" not in soup.get_text()


def test_an_english_thousand_is_no_decimal(calculator: Calculator) -> None:
    assert "commute_km" in errors(calculator.page({**ANSWERS, "commute_km": "1,000"}, "en"))


def test_nothing_anyone_types_breaks_the_page(calculator: Calculator) -> None:
    names = [*ANSWERS, "ltp_km", "ltp_mode", "ticket", "carry", "place", "days", "per"]
    for index, text in enumerate(hostile(48)):
        text = text.encode("utf-8", "replace").decode()
        answers = {**AT_LTP, names[index % len(names)]: text, "own_words_1": text}
        assert calculator.post(answers).status_code == 200


@given(km=st.decimals(0, 600, places=2), minutes=st.integers(0, 400), days=st.integers(0, 6), weeks=st.integers(0, 60))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_number_gives_a_result_or_a_message(
    calculator: Calculator, km: Any, minutes: int, days: int, weeks: int
) -> None:
    told = {"commute_km": f"{km}", "commute_minutes": minutes, "days_a_week": days, "weeks": weeks}
    soup = calculator.page({**ANSWERS, **told})
    assert bool(figures(soup)) != bool(errors(soup))
