"""What remains of a request after its term, and what never shows anywhere."""

import datetime
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from wagtail.models import Revision

from casestudies.models import MentoringCount, MentoringRequest
from tests.casestudies.mentors import MENTOR, SENDER, Visitor, hidden, open_case, soup
from tests.conftest import Fetch
from tests.factories.hub import Hub, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def relay(hub: Hub) -> Any:
    return hub.library("mentoring")


def test_after_ninety_days_only_the_count_remains(hub: Hub, relay: Any, client: Client) -> None:
    case = open_case(hub)
    Visitor(client, relay.get_url(), case.slug).send()
    with time_machine.travel(datetime.datetime.now() + datetime.timedelta(days=89), tick=False):
        call_command("purge_personal_data")
        assert MentoringRequest.objects.count() == 1
    with time_machine.travel(datetime.datetime.now() + datetime.timedelta(days=90), tick=False):
        call_command("purge_personal_data")
    assert MentoringRequest.objects.count() == 0
    assert MentoringCount.objects.get().received == 1
    cells = [cell.get_text() for cell in soup(client.get(relay.get_url())).select(".mentor-totals tbody td")]
    assert cells == ["1", "0"]


def test_counts_are_totals_of_a_year_and_editors_may_hide_them(hub: Hub, relay: Any, fetch: Fetch) -> None:
    one, two = open_case(hub, "Un"), open_case(hub, "Deux")
    for case, year, received, forwarded in ((one, 2026, 3, 2), (two, 2026, 1, 1), (two, 2025, 1, 0)):
        MentoringCount.objects.create(page=case, year=year, received=received, forwarded=forwarded)
    rows = fetch(relay.get_url()).select(".mentor-totals tbody tr")
    assert [row.get_text(" ", strip=True).split() for row in rows] == [["2026", "4", "3"], ["2025", "1", "0"]]
    relay.show_counts = False
    relay.save()
    assert fetch(relay.get_url()).select(".mentor-totals") == []


def test_the_year_keeps_the_count_of_a_case_that_is_deleted(hub: Hub, relay: Any, client: Client) -> None:
    case = open_case(hub)
    Visitor(client, relay.get_url(), case.slug).send()
    case.delete()
    assert MentoringRequest.objects.count() == 0
    cells = [cell.get_text() for cell in soup(client.get(relay.get_url())).select(".mentor-totals tbody td")]
    assert cells == ["1", "0"]


def test_no_address_of_mentor_or_sender_shows_anywhere(hub: Hub, relay: Any, client: Client) -> None:
    case = open_case(hub)
    Visitor(client, relay.get_url(), case.slug).send()
    publish(case)
    call_command("rebuild_search", verbosity=0)
    surfaces = [
        relay.get_url(),
        f"{relay.get_url()}?case={case.slug}",
        case.get_url(),
        f"{case.get_url()}?format=json",
        f"/api/v2/pages/{case.pk}/?fields=*",
        f"/api/v2/pages/{relay.pk}/?fields=*",
        "/api/v2/pages/?fields=*",
        "/fr/recherche/?q=Secret",
        "/fr/recherche/?q=camille",
        "/sitemap.xml",
        f"{hub.section('cases')['fr'].get_url()}?format=atom",
    ]
    for address in surfaces:
        found = client.get(address)
        words = found.content.decode()
        for secret in (MENTOR, "Dominique Secret", SENDER, "Camille Lefèvre"):
            assert secret not in words, (address, secret)
    assert client.get(f"/api/v2/pages/{case.pk}/").status_code == 200
    assert not [each for each in Revision.objects.all() if MENTOR in str(each.content) or SENDER in str(each.content)]


def test_the_sender_is_not_told_in_the_log(hub: Hub, relay: Any, client: Client, caplog: Any) -> None:
    case = open_case(hub)
    visitor = Visitor(client, relay.get_url(), case.slug)
    visitor.send()
    assert visitor.was_received
    written = " ".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert "hub.requests" in written
    for words in (SENDER, "Camille", "Bocage", "douze"):
        assert words not in written


def test_hidden_fields_hold_no_personal_data(hub: Hub, relay: Any, client: Client) -> None:
    case = open_case(hub)
    assert set(hidden(soup(client.get(relay.get_url(), {"case": case.slug})))) == {"form_token", "homepage", "case"}
