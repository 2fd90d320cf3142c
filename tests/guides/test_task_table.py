"""The task table: a sum that always comes out even, worked out without keeping anything, forgiving what is typed."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from guides.models import GuideStepPage, LetterPage, NegotiationGuidePage
from guides.task_table import DAYS_A_WEEK, LONGEST_WEEK, MOVABLE, Mark, Task, TaskTable, minutes_in
from tests.conftest import LANGUAGES, Fetch
from tests.factories.hub import Hub

both_languages = pytest.mark.parametrize("language", LANGUAGES)

# --- The sum ---

tasks = st.builds(
    Task, name=st.text(min_size=1), minutes=st.integers(1, LONGEST_WEEK), mark=st.sampled_from(list(Mark))
)
tables = st.builds(TaskTable, tasks=st.lists(tasks, max_size=8).map(tuple), day=st.integers(120, 720))


@given(tables)
def test_days_and_what_is_left_over_make_the_movable_hours(table: TaskTable) -> None:
    assert table.days * table.day + table.left_over == table.movable
    assert 0 <= table.days <= DAYS_A_WEEK
    assert table.left_over >= 0
    assert table.left_over < table.day or table.days == DAYS_A_WEEK


@given(tables)
def test_hours_are_counted_once_whatever_their_order(table: TaskTable) -> None:
    on_site = sum(task.minutes for task in table.tasks if task.mark is Mark.ON_SITE)
    assert table.movable + on_site == table.total
    assert TaskTable(table.tasks[::-1], table.day).movable == table.movable
    assert 0 <= table.share <= 100
    assert table.movable_names == [task.name for task in table.tasks if task.mark in MOVABLE]


@given(tables, tasks)
def test_another_task_never_takes_a_day_away(table: TaskTable, task: Task) -> None:
    assert TaskTable((*table.tasks, task), table.day).days >= table.days


def test_the_example_of_the_guide() -> None:
    table = TaskTable((Task("Devis", 4 * 60, Mark.REMOTE), Task("Saisie", 6 * 60, Mark.GROUPED)), day=7 * 60)
    assert (table.days, table.left_over, table.share) == (1, 3 * 60, 100)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2", 120),
        (" 2,5 ", 150),
        ("2.5", 150),
        ("2 h 30", 150),
        ("2h30", 150),
        ("2 H", 120),
        ("2:30", 150),
        ("45 min", 45),
        ("2 h 30 min", 150),
        ("0,25", 15),
        ("0", 0),
        ("", None),
        ("deux", None),
        ("-2", None),
        ("2h75", None),
        ("1e3", None),
        ("٢", None),
        ("2,5,5", None),
        ("9999", None),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, minutes: int | None) -> None:
    assert minutes_in(text) == minutes


@given(st.integers(0, 999), st.integers(0, 59))
def test_hours_and_minutes_are_read_exactly(hours: int, minutes: int) -> None:
    assert minutes_in(f"{hours} h {minutes:02}") == minutes_in(f"{hours}:{minutes:02}") == 60 * hours + minutes


@given(st.text())
@example("1" * 100_000)
def test_any_text_is_read_or_refused(text: str) -> None:
    found = minutes_in(text)
    assert found is None or found >= 0


# --- The step ---


@pytest.fixture
def step(hub: Hub) -> dict[str, GuideStepPage]:
    """The step with the table in both languages, and a letter to carry the tasks to."""
    french = hub.step(title="Trier vos tâches", task_table=True)
    english = hub.english(french, title="Sort your tasks", slug="sort-your-tasks")
    for language, slug in (("fr", "lettre"), ("en", "letter")):
        guide = NegotiationGuidePage.objects.get(pk=hub.guide(language).pk)
        guide.add_child(instance=LetterPage(title=slug, slug=slug, locale=guide.locale))
    return {"fr": french, "en": english}


def rows(*filled: tuple[str, str, str], **more: str) -> dict[str, str]:
    """What the browser sends: eight rows, most of them blank."""
    sent = {"day": "7"}
    for number in range(1, 9):
        task, hours, mark = filled[number - 1] if number <= len(filled) else ("", "", "")
        sent |= {f"task_{number}": task, f"hours_{number}": hours, f"mark_{number}": mark}
    return sent | more


def post(client: Client, url: str, data: dict[str, str]) -> tuple[Any, BeautifulSoup]:
    response = client.post(url, data)
    assert response.status_code == 200
    return response, BeautifulSoup(response.content, "html.parser")


def figures(html: BeautifulSoup) -> dict[str, str]:
    return {item["data-figure"]: item.get_text(strip=True) for item in html.select("[data-figure]")}


def values(html: BeautifulSoup) -> dict[str, str]:
    typed = {item["name"]: item.get("value", "") for item in html.select("[data-task-table] input[type=text]")}
    for choice in html.select("[data-task-table] select"):
        chosen = choice.select_one("option[selected]")
        typed[choice["name"]] = chosen["value"] if chosen else ""
    return typed


WEEK = rows(("Devis", "4", "remote"), ("Saisie", "6,5", "grouped"), ("Accueil", "24 h 30", "on_site"))


@pytest.mark.django_db
@both_languages
def test_the_table_adds_up_without_scripts(step: dict[str, Any], client: Client, language: str) -> None:
    url = step[language].get_url()
    response, html = post(client, url, WEEK)
    point = "," if language == "fr" else "."
    assert figures(html) == {
        "days": "1",
        "movable": f"10{point}5",
        "left_over": f"3{point}5",
        "total": "35",
        "share": "30",
    }
    assert not html.select_one("[data-sum]").has_attr("hidden")
    assert html.select_one("[data-when=none]").has_attr("hidden")
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    assert values(html) == WEEK
    assert html.select_one("#task-sum").has_attr("autofocus")


@pytest.mark.django_db
def test_less_than_a_day_is_said_plainly(step: dict[str, Any], client: Client) -> None:
    _response, html = post(client, step["fr"].get_url(), rows(("Devis", "3", "remote"), ("Accueil", "30", "on_site")))
    assert figures(html)["days"] == "0"
    assert not html.select_one("[data-when=none]").has_attr("hidden")
    assert html.select_one("[data-carry] [name=days]") is None


@pytest.mark.django_db
@both_languages
def test_remote_and_grouped_tasks_go_to_the_letter_of_the_language(
    step: dict[str, Any], client: Client, language: str
) -> None:
    _response, html = post(client, step[language].get_url(), WEEK)
    form = html.select_one("[data-carry]")
    assert form["method"] == "post"
    assert form["action"] == f"{step[language].get_parent().get_url()}{ {'fr': 'lettre', 'en': 'letter'}[language] }/"
    sent = {item["name"]: item["value"] for item in form.select("input")}
    assert sent == {"carry": "1", "task_1": "Devis", "task_2": "Saisie", "days": "1"}
    assert form.select_one("[data-when=more]").has_attr("hidden")


@pytest.mark.django_db
def test_only_five_tasks_go_and_the_page_says_so(step: dict[str, Any], client: Client) -> None:
    many = rows(*((f"Tâche {letter}", "2", "remote") for letter in "ABCDEFG"))
    _response, html = post(client, step["fr"].get_url(), many)
    form = html.select_one("[data-carry]")
    assert [item["value"] for item in form.select("[name^=task_]")] == [f"Tâche {letter}" for letter in "ABCDE"]
    assert not form.select_one("[data-when=more]").has_attr("hidden")


@pytest.mark.django_db
def test_answers_of_other_tools_travel_on_once(step: dict[str, Any], client: Client) -> None:
    _response, html = post(client, step["fr"].get_url(), {**WEEK, "post": "Comptable", "sector": "private"})
    for form in html.select("[data-task-table], [data-carry]"):
        hidden = [(item["name"], item["value"]) for item in form.select("input[type=hidden]")]
        assert ("post", "Comptable") in hidden and ("sector", "private") in hidden
        names = [item["name"] for item in form.select("[name]")]
        assert len(names) == len(set(names))


@pytest.mark.django_db
def test_tasks_that_come_from_the_letter_wait_for_their_hours(step: dict[str, Any], client: Client) -> None:
    sent = {"carry": "1", "task_1": "Devis", "task_3": " Saisie ", "days": "2", "post": "Comptable"}
    response, html = post(client, step["fr"].get_url(), sent)
    typed = values(html)
    assert (typed["task_1"], typed["mark_1"], typed["hours_1"]) == ("Devis", "remote", "")
    assert (typed["task_3"], typed["mark_3"]) == ("Saisie", "remote")
    assert (typed["task_2"], typed["mark_2"]) == ("", "")
    assert not html.select(".errorlist")
    assert html.select_one("[data-task-table] input[type=hidden][name=post]")["value"] == "Comptable"
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_without_a_visible_letter_nothing_leads_there(hub: Hub, client: Client) -> None:
    step = hub.step(title="Trier vos tâches", task_table=True)
    guide = hub.guide()
    guide.add_child(instance=LetterPage(title="Lettre", slug="lettre", locale=guide.locale, live=False))
    _response, html = post(client, step.get_url(), WEEK)
    assert figures(html)["days"] == "1"
    assert html.select_one("[data-carry]") is None


@pytest.mark.django_db
def test_a_step_without_the_table_has_none_and_keeps_nothing_either(hub: Hub, client: Client, fetch: Fetch) -> None:
    step = hub.step(title="Proposer un essai")
    assert fetch(step.get_url()).select_one("[data-task-table]") is None
    response, html = post(client, step.get_url(), WEEK)
    assert html.select_one("[data-task-table]") is None
    assert response["Cache-Control"] == "no-store"


# --- What goes wrong ---

WRONG = [
    ("hours_1", rows(("Devis", "beaucoup", "remote"))),
    ("hours_1", rows(("Devis", "-3", "remote"))),
    ("hours_1", rows(("Devis", "0", "remote"))),
    ("hours_1", rows(("Devis", "200", "remote"))),
    ("hours_1", rows(("Devis", "", "remote"))),
    ("hours_1", rows(("Devis", "9" * 100_000, "remote"))),
    ("task_1", rows(("", "3", "remote"))),
    ("task_1", rows(("x" * 100_000, "3", "remote"))),
    ("task_1", rows(("Devis 🧮", "3", "remote"))),
    ("task_1", rows(("Devis\u202egnp", "3", "remote"))),
    ("task_1", rows(("Devis\x07", "3", "remote"))),
    ("task_1", rows()),
    ("task_1", {}),
    ("mark_1", rows(("Devis", "3", ""))),
    ("mark_1", rows(("Devis", "3", "maybe"))),
    ("day", rows(("Devis", "3", "remote"), day="25")),
    ("day", rows(("Devis", "3", "remote"), day="0")),
    ("day", rows(("Devis", "3", "remote"), day="sept")),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("field", "sent"), WRONG)
def test_a_slip_gets_a_message_at_its_field_and_loses_nothing(
    step: dict[str, Any], client: Client, field: str, sent: dict[str, str]
) -> None:
    response, html = post(client, step["fr"].get_url(), sent)
    wrong = html.find(id=f"id_{field}")
    assert wrong["aria-invalid"] == "true"
    message = html.find(id=wrong["aria-describedby"].split()[0])
    assert message.get_text(strip=True)
    assert html.select_one(f".error-summary a[href='#id_{field}']")
    kept = values(html)
    assert {name: kept[name] for name in sent if name in kept and not name.startswith("mark")} == {
        name: value for name, value in sent.items() if name in kept and not name.startswith("mark")
    }
    assert html.select_one("[data-sum]").has_attr("hidden")
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_week_of_more_than_sixty_hours_is_questioned(step: dict[str, Any], client: Client) -> None:
    _response, html = post(client, step["fr"].get_url(), rows(("Devis", "40", "remote"), ("Saisie", "21", "grouped")))
    assert "60" in html.select_one(".error-summary li").get_text()
    assert html.select_one("[data-sum]").has_attr("hidden")


@pytest.mark.django_db
def test_markup_is_shown_as_it_was_typed(step: dict[str, Any], client: Client) -> None:
    task = '<script>alert(1)</script> & "co" {{ 7|add:7 }}'
    response, html = post(client, step["fr"].get_url(), rows((task, "8", "remote")))
    assert b"<script>alert" not in response.content
    assert values(html)["task_1"] == html.select_one("[data-carry] [name=task_1]")["value"] == task


any_text = st.text(st.characters(codec="utf-8"), max_size=60)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([*rows(), "carry", "days", "post"]), any_text))
def test_nothing_that_is_typed_breaks_the_page(step: dict[str, Any], client: Client, sent: dict[str, str]) -> None:
    response, html = post(client, step["fr"].get_url(), sent)
    assert response["Cache-Control"] == "no-store"
    assert html.select_one("[data-task-table]")


@pytest.mark.django_db
def test_working_it_out_writes_nothing_and_asks_little(step: dict[str, Any], client: Client) -> None:
    url = step["fr"].get_url()
    client.post(url, WEEK)
    with CaptureQueriesContext(connection) as captured:
        response = client.post(url, rows(("Canari-en-tâche", "8", "remote")))
    assert b"Canari-en-t\xc3\xa2che" in response.content
    asked = [query["sql"] for query in captured]
    assert len(asked) <= 16
    assert not [sql for sql in asked if not sql.lstrip().upper().startswith("SELECT")]
    assert "Canari" not in json.dumps(asked)


@pytest.mark.django_db
def test_another_site_cannot_send_the_table(step: dict[str, Any], client: Client) -> None:
    assert client.post(step["fr"].get_url(), WEEK, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
