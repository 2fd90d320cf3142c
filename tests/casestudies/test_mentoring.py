"""The relay as visitors meet it: who takes requests, the form, and all that can be wrong with it."""

import datetime
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from casestudies.models import MentorContact, MentoringCount, MentoringRequest
from tests.casestudies.mentors import GIVEN, MENTOR, SENDER, Visitor, open_case, soup
from tests.conftest import Fetch
from tests.factories.hub import Hub

pytestmark = pytest.mark.django_db


@pytest.fixture
def relay(hub: Hub) -> Any:
    return hub.library("mentoring")


def organisations(html: BeautifulSoup) -> list[str]:
    return [card.get_text(strip=True) for card in html.select(".mentor-card h3")]


# --- Who takes requests ---


def test_nobody_yet_says_so_and_invites_pioneers(hub: Hub, relay: Any, fetch: Fetch) -> None:
    contribution = hub.library("contribution")
    hub.case(title="Fermé")
    html = fetch(relay.get_url())
    assert html.select(".mentor-form") == [] and organisations(html) == []
    assert html.select_one(f'.empty a[href="{contribution.get_url()}"]')


def test_a_card_says_what_is_offered(hub: Hub, relay: Any, fetch: Fetch) -> None:
    case = open_case(hub, mentoring_per_year=3)
    MentoringCount.objects.create(page=case, year=datetime.date.today().year, received=1)
    card = fetch(relay.get_url()).select_one(".mentor-card")
    words = card.get_text(" ", strip=True)
    for told in (case.organisation.name, "Écrire une charte", "Former les cadres", "Un appel d’une heure", "2 "):
        assert told in words, told
    assert card.select_one(f'a[href="{case.get_url()}"]')
    assert card.select_one(f'a.button[href="{relay.get_url()}?case={case.slug}#request"]')


def test_only_public_cases_whose_mentor_is_known_are_offered(hub: Hub, relay: Any, fetch: Fetch) -> None:
    secret = open_case(hub, "Entre nous")
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    open_case(hub, "Brouillon", live=False)
    open_case(hub, "Sans adresse", contact=False)
    shown = open_case(hub, "Offert")
    html = fetch(relay.get_url())
    assert [link.get_text() for link in html.select(".mentor-card p > a:not(.button)")] == ["Offert"]
    assert organisations(html) == [shown.organisation.name]


def test_a_case_open_in_french_is_open_in_english_with_its_own_words(hub: Hub, relay: Any, fetch: Fetch) -> None:
    case = open_case(hub)
    hub.english(relay, title="Mentoring", slug="mentoring")
    hub.english(case, title="Vire in English", slug="vire-en", mentoring_format="A call")
    html = fetch("/en/case-studies/mentoring/")
    assert "Vire in English" in html.get_text() and "A call" in html.get_text()


@pytest.mark.parametrize("change", ["closed", "opened", "limited", "unpublished"])
def test_the_french_case_decides_for_its_translation(hub: Hub, relay: Any, fetch: Fetch, change: str) -> None:
    """A translation that waits for its texts keeps the old settings; who stops has stopped in every language."""
    case = open_case(hub)
    hub.english(relay, title="Mentoring", slug="mentoring")
    english = hub.english(case, title="Vire in English", slug="vire-en", mentoring_open=change != "opened")
    if change == "closed":
        case.mentoring_open = False
    elif change == "limited":
        case.mentoring_per_year = 0
    elif change == "unpublished":
        case.live = False
    case.save()
    offered = fetch("/en/case-studies/mentoring/", data={"case": english.slug}).select(".mentor-form")
    assert bool(offered) is (change == "opened")


def test_many_cases_cost_no_more_queries(hub: Hub, relay: Any, fetch: Fetch) -> None:
    def cost() -> int:
        fetch(relay.get_url())
        with CaptureQueriesContext(connection) as asked:
            fetch(relay.get_url())
        return len(asked)

    open_case(hub, "Premier")
    few = cost()
    for number in range(10):
        open_case(hub, f"Cas {number}")
    assert cost() == few <= 17


# --- A request ---


def test_a_request_is_kept_counted_and_receipted(
    hub: Hub, relay: Any, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    case = open_case(hub, mentoring_per_year=3)
    visitor = Visitor(client, relay.get_url(), case.slug)
    assert visitor.response["Cache-Control"] == "no-store"
    with django_capture_on_commit_callbacks(execute=True):
        visitor.send()
    assert visitor.was_received and visitor.response["Cache-Control"] == "no-store"
    row = MentoringRequest.objects.get()
    assert (row.page_id, row.name, row.email, row.theme) == (case.pk, "Camille Lefèvre", SENDER, "Écrire une charte")
    assert row.commune_name == "Vire Normandie" and row.language == "fr"
    assert (row.keep_until - timezone.localdate(row.created_at)).days == 90
    counted = MentoringCount.objects.get()
    assert (counted.page_id, counted.received, counted.forwarded) == (case.pk, 1, 0)
    assert row.short_reference in visitor.page.get_text()
    to_team, to_sender = sorted(mail.outbox, key=lambda each: SENDER in each.to)
    assert to_sender.to == [SENDER] and row.short_reference in to_sender.body
    assert f"/admin/mentoring/requests/inspect/{row.pk}/" in to_team.body
    for words in (SENDER, "Camille", "Bocage", "douze"):
        assert words not in to_team.body + to_team.subject
    # A receipt that repeated the words would let anyone write to anyone through the hub.
    assert "douze" not in to_sender.body and MENTOR not in to_sender.body + str(to_sender.message())


def test_nothing_is_kept_before_it_is_sent_and_no_cookie_is_set(hub: Hub, relay: Any, client: Client) -> None:
    case = open_case(hub)
    visitor = Visitor(client, relay.get_url(), case.slug)
    visitor.send(message="")
    assert MentoringRequest.objects.count() == MentoringCount.objects.count() == 0
    assert client.cookies == {} and visitor.response.cookies == {}


@pytest.mark.parametrize("missing", ["sender_kind", "organisation_name", "name", "email", "message", "agree"])
def test_what_is_missing_is_told_at_its_field_and_the_rest_kept(
    hub: Hub, relay: Any, client: Client, missing: str
) -> None:
    case = open_case(hub)
    visitor = Visitor(client, relay.get_url(), case.slug)
    visitor.send(**{missing: None})
    assert visitor.wrong == {missing}
    at_field = visitor.page.select_one(f"#id_{missing}").find_parent(class_="field-wrong")
    if at_field is None:  # a group is its own frame
        at_field = visitor.page.select_one(f"#id_{missing}.field-wrong")
    assert at_field and at_field.select_one(".errorlist li").get_text()
    kept = visitor.page.select_one(".mentor-form")
    for name in ("organisation_name", "commune", "name", "email"):
        if name != missing:
            assert kept.select_one(f"[name={name}]")["value"] == GIVEN[name]
    assert MentoringRequest.objects.count() == 0
    visitor.send()
    assert visitor.was_received


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "camille@"),
        ("commune", "Paris"),
        ("sender_kind", "king"),
        ("theme", "Un thème d’ailleurs"),
        ("message", "Bonjour"),
        ("message", "x" * 3001),
        ("name", "x" * 121),
        ("organisation_name", "a\u202eb"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(hub: Hub, relay: Any, client: Client, field: str, value: str) -> None:
    case = open_case(hub)
    visitor = Visitor(client, relay.get_url(), case.slug)
    visitor.send(**{field: value})
    assert visitor.wrong == {field}
    assert MentoringRequest.objects.count() == 0


def test_markup_and_formulas_are_words(hub: Hub, relay: Any, client: Client) -> None:
    case = open_case(hub)
    visitor = Visitor(client, relay.get_url(), case.slug)
    visitor.send(message="<script>alert(1)</script> =HYPERLINK(1) et bien d’autres", email="<b>@")
    assert visitor.page.select(".mentor-form script") == []
    assert "<script>alert(1)</script>" in visitor.page.select_one("[name=message]").get_text()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(answers=st.dictionaries(st.sampled_from([*GIVEN, "case", "form_token"]), st.text(max_size=200)))
def test_no_answer_breaks_the_page(hub: Hub, relay: Any, client: Client, answers: dict[str, str]) -> None:
    case = hub.section("cases")["fr"].get_children().filter(title="Ouvert").first() or open_case(hub, "Ouvert")
    visitor = Visitor(client, relay.get_url(), case.slug)
    assert visitor.send(**answers).status_code == 200


@pytest.mark.parametrize("address", ["nulle-part", "\x00", "é" * 400, "../../admin", "", "%27"])
def test_an_address_that_names_no_case_is_answered_in_words(hub: Hub, relay: Any, fetch: Fetch, address: str) -> None:
    open_case(hub)
    html = fetch(relay.get_url(), data={"case": address})
    assert bool(html.select(".mentor-trouble")) is bool(address)
    assert organisations(html) and html.select(".mentor-form") == []


def test_why_a_case_takes_no_request(hub: Hub, relay: Any, client: Client, fetch: Fetch) -> None:
    """Closed, full and hidden each have their answer; what one may not see is not told from what is not."""
    closed, full = hub.case(title="Fermé à Flers"), open_case(hub, "Comble à Caen", mentoring_per_year=0)
    secret, draft = open_case(hub, "Secret à Sées"), open_case(hub, "Brouillon à Bayeux", live=False)
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)

    def told(slug: str) -> str:
        return fetch(relay.get_url(), data={"case": slug}).select_one(".mentor-trouble").get_text(strip=True)

    assert "Fermé à Flers" in told(closed.slug)
    assert "Comble à Caen" in told(full.slug)
    assert told(closed.slug) != told(full.slug).replace("Comble à Caen", "Fermé à Flers")
    assert told(secret.slug) == told(draft.slug) == told("nulle-part")


@pytest.mark.parametrize("change", ["closed", "unpublished", "restricted", "full", "no contact", "unknown"])
@pytest.mark.parametrize("others", [True, False])
def test_a_case_that_closed_meanwhile_keeps_what_was_typed(
    hub: Hub, relay: Any, client: Client, change: str, others: bool
) -> None:
    case = open_case(hub, "Vire")
    other = open_case(hub, "Falaise") if others else None
    visitor = Visitor(client, relay.get_url(), case.slug)
    answers: dict[str, str] = {}
    if change == "closed":
        case.mentoring_open = False
        case.save()
    elif change == "unpublished":
        case.unpublish()
    elif change == "restricted":
        PageViewRestriction.objects.create(page=case, restriction_type=PageViewRestriction.LOGIN)
    elif change == "full":
        case.mentoring_per_year = 0
        case.save()
    elif change == "no contact":
        MentorContact.objects.filter(page=case).delete()
    else:
        answers["case"] = "nulle-part"
    visitor.send(**answers)
    assert not visitor.was_received and MentoringRequest.objects.count() == 0
    assert visitor.page.select_one(".mentor-form [name=message]").get_text(strip=True) == GIVEN["message"]
    assert visitor.page.select_one(".mentor-form [name=email]")["value"] == SENDER
    assert "case" in visitor.wrong
    offered = [option["value"] for option in visitor.page.select("select[name=case] option") if option["value"]]
    if other is None:
        assert offered == ([case.slug] if change == "unknown" else [])
    else:
        assert other.slug in offered
        visitor.send(case=other.slug)
        assert visitor.was_received and MentoringRequest.objects.get().page_id == other.pk


def test_the_limit_of_the_year(hub: Hub, relay: Any, client: Client, fetch: Fetch) -> None:
    case = open_case(hub, mentoring_per_year=2)
    for number in range(2):
        visitor = Visitor(client, relay.get_url(), case.slug, address=f"198.41.0.{number}")
        visitor.send()
        assert visitor.was_received
    html = fetch(relay.get_url(), data={"case": case.slug})
    assert html.select(".mentor-trouble") and html.select(".mentor-form") == []
    assert html.select(".mentor-full") and html.select(".mentor-card a.button") == []
    with time_machine.travel(datetime.datetime(datetime.date.today().year + 1, 1, 2, 12), tick=False):
        assert fetch(relay.get_url(), data={"case": case.slug}).select(".mentor-form")


def test_the_same_form_sent_twice_makes_one_row(hub: Hub, relay: Any, client: Client) -> None:
    case = open_case(hub, mentoring_per_year=5)
    visitor = Visitor(client, relay.get_url(), case.slug)
    first = dict(visitor.hidden)
    visitor.send()
    visitor.hidden = first
    visitor.send()
    assert visitor.was_received
    assert MentoringRequest.objects.count() == 1 and MentoringCount.objects.get().received == 1


def test_the_same_form_with_other_words_says_what_arrived_and_is_sent_when_meant(
    hub: Hub, relay: Any, client: Client
) -> None:
    case, other = open_case(hub, mentoring_per_year=5), open_case(hub, "Caen")
    visitor = Visitor(client, relay.get_url(), case.slug)
    first = dict(visitor.hidden)
    visitor.send()
    for changed in ({"message": "Une autre question, avec le même formulaire."}, {"case": other.slug}):
        visitor.hidden = first
        visitor.send(**changed)
        assert not visitor.was_received and visitor.errors and MentoringRequest.objects.count() == 1
        assert changed.get("message", "") in visitor.page.select_one("[name=message]").text
    visitor.send(180, case=other.slug)
    assert visitor.was_received and MentoringRequest.objects.count() == 2


def test_the_last_place_of_a_year_sent_twice_shows_its_receipt_twice(hub: Hub, relay: Any, client: Client) -> None:
    visitor = Visitor(client, relay.get_url(), open_case(hub, mentoring_per_year=1).slug)
    first = dict(visitor.hidden)
    for _time in range(2):
        visitor.hidden = first
        visitor.send()
        assert visitor.was_received
    assert MentoringRequest.objects.count() == 1


def test_robots_are_kept_out(hub: Hub, relay: Any, client: Client) -> None:
    case = open_case(hub)
    for answers, later in (
        ({"homepage": "x"}, 60),
        ({}, 0),
        ({"form_token": "forged"}, 60),
        ({"form_token": None}, 60),
    ):
        visitor = Visitor(client, relay.get_url(), case.slug)
        visitor.send(later, **answers)
        assert not visitor.was_received and visitor.errors
    assert MentoringRequest.objects.count() == 0


def test_another_site_cannot_send_it(hub: Hub, relay: Any, client: Client) -> None:
    case = open_case(hub)
    visitor = Visitor(client, relay.get_url(), case.slug)
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert client.post(relay.get_url(), {**visitor.hidden, **GIVEN}, headers=headers).status_code == 403
    assert MentoringRequest.objects.count() == 0


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_request_from_the_english_page_belongs_to_the_french_case(
    hub: Hub, relay: Any, client: Client, language: str, django_capture_on_commit_callbacks: Any
) -> None:
    case = open_case(hub, mentoring_per_year=1)
    english = hub.english(case, title="Vire in English", slug="vire-en")
    hub.english(relay, title="Mentoring", slug="mentoring")
    url, slug = {"fr": (relay.get_url(), case.slug), "en": ("/en/case-studies/mentoring/", english.slug)}[language]
    with django_capture_on_commit_callbacks(execute=True):
        Visitor(client, url, slug).send()
    row = MentoringRequest.objects.get()
    assert row.page_id == case.pk and row.language == language
    receipt = next(each for each in mail.outbox if each.to == [SENDER])
    assert {"fr": "«\N{NO-BREAK SPACE}Vire\N{NO-BREAK SPACE}»", "en": "“Vire in English”"}[language] in receipt.body
    for other, address in ((relay.get_url(), case.slug), ("/en/case-studies/mentoring/", english.slug)):
        assert soup(client.get(other, {"case": address})).select(".mentor-trouble")


def test_the_mail_server_down_loses_nothing(
    hub: Hub, relay: Any, client: Client, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    case = open_case(hub)
    visitor = Visitor(client, relay.get_url(), case.slug)
    with django_capture_on_commit_callbacks(execute=True):
        visitor.send()
    assert visitor.was_received
    row = MentoringRequest.objects.get()
    assert row.receipt_sent_at is None and row.team_told_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("send_waiting_mail")
    row.refresh_from_db()
    assert row.receipt_sent_at and row.team_told_at and len(mail.outbox) == 2
