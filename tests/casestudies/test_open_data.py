"""A case as JSON at its own address: everything the page shows, nothing that it does not."""

import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from casestudies.models import CaseStudyPage, MentorContact
from hub.vocabulary.models import Source
from tests.factories.blocks import block, figure
from tests.factories.hub import Hub
from tests.factories.vocabulary import OrganisationFactory, SourceFactory, in_english

pytestmark = pytest.mark.django_db

DOCUMENT = Path(__file__).parents[2] / "docs" / "open-data.md"


def quote(text: str, consent: bool) -> dict[str, Any]:
    values = {"text": text, "person": "Une agente", "function": "", "when": "2024", "translated": False}
    return block("quote", {**values, "consent": consent})


def full(hub: Hub, **values: Any) -> CaseStudyPage:
    SourceFactory(key="ORNE", title="Bilan", publisher="Département", date="2011", url="https://orne.example/bilan")
    organisation = OrganisationFactory(
        name="Département de l’Orne",
        slug="orne",
        commune="Alençon",
        commune_code="61001",
        epci="CU d’Alençon",
        epci_code="246100663",
        population=25_000,
        population_year=2023,
        size_band="250-4999",
        latitude="48.4300",
        longitude="0.0900",
    )
    return hub.case(
        **{
            "title": "Une charte",
            "slug": "une-charte",
            "organisation": organisation,
            "legal_form": "charter",
            "people_total": 1500,
            "people_teleworking": 18,
            "period_start": 2009,
            "territories": ["orne"],
            "audiences": ["elus"],
            "why": "<p>Moins de <b>route</b> &amp; de bruit.</p><ul><li>un</li><li>deux</li></ul>",
            "figures": json.dumps([block("figure", figure(value="1500", upper="2000.5", unit="€", source="ORNE"))]),
            "difficulties": json.dumps([block("difficulty", {"problem": "Peu de monde.", "answer": ""})]),
            "timeline": json.dumps([block("entry", {"when": "2011-05", "text": "Bilan.", "source": "ORNE"})]),
            "advice": json.dumps([block("tip", "Écrivez la règle ensemble.")]),
            "unknowns": json.dumps([block("unknown", "Le coût.")]),
            "discrepancies": json.dumps([block("discrepancy", {"text": "35 ou 75 ?", "source": "ORNE"})]),
            "quotes": json.dumps([quote("Deux jours fixes.", True), quote("Sans accord.", False)]),
            **values,
        }
    )


def data(client: Client, page: CaseStudyPage) -> dict[str, Any]:
    response = client.get(page.get_url(), {"format": "json"})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    return json.loads(response.content)


def test_a_case_says_everything_with_codes_and_sources(hub: Hub, client: Client) -> None:
    page = full(hub)
    told = data(client, page)
    assert told["id"] == str(page.translation_key)
    assert told["url"] == settings.BASE_URL + page.get_url()
    assert (told["language"], told["title"], told["status"]) == ("fr", "Une charte", "sheet")
    assert told["checked_on"] == "2026-11-23"
    assert (told["territories"], told["audiences"], told["sector"]) == (["orne"], ["elus"], "administration")
    organisation = told["organisation"]
    assert organisation["commune"] == {"name": "Alençon", "insee": "61001"}
    assert organisation["epci"] == {"name": "CU d’Alençon", "siren": "246100663"}
    assert organisation["inhabitants"] == {"count": 25_000, "year": 2023}
    assert (organisation["size"], organisation["latitude"], organisation["website"]) == ("250-4999", 48.43, None)
    assert told["period"] == {"from": 2009, "to": None}
    assert told["people"] == {"total": 1500, "eligible": None, "teleworking": 18, "note": None}
    assert (told["legal_form"], told["places"], told["rhythm"]) == ("charter", None, {"kind": None, "detail": None})
    assert told["why"] == ["Moins de route & de bruit.", "un", "deux"]
    assert told["results"] == [
        {
            "value": 1500,
            "upper": 2000.5,
            "approximate": False,
            "unit": "€",
            "label": "entreprises contactées",
            "year": "2015",
            "source": "ORNE",
            "note": None,
        }
    ]
    assert told["difficulties"] == [{"problem": "Peu de monde.", "answer": []}]
    assert told["timeline"] == [{"when": "2011-05", "text": "Bilan.", "source": "ORNE"}]
    assert (told["advice"], told["unknowns"]) == (["Écrivez la règle ensemble."], ["Le coût."])
    assert told["discrepancies"] == [{"text": "35 ou 75 ?", "source": "ORNE"}]
    assert told["sources"] == [
        {
            "key": "ORNE",
            "title": "Bilan",
            "publisher": "Département",
            "date": "2011",
            "url": "https://orne.example/bilan",
            "kind": Source.Kind.PRIMARY,
            "language": "fr",
        }
    ]
    assert told["licence"]["spdx"] == "etalab-2.0"


def test_the_other_language_has_its_own_texts_and_both_name_each_other(hub: Hub, client: Client) -> None:
    page = full(hub)
    english = hub.english(
        page, title="A charter", slug="a-charter", organisation=in_english(page.organisation, name="Orne council")
    )
    french, other = data(client, page), data(client, english)
    assert french["id"] == other["id"]
    assert french["translations"] == [{"language": "en", "url": other["url"]}]
    assert other["translations"] == [{"language": "fr", "url": french["url"]}]
    assert (other["title"], other["organisation"]["name"]) == ("A charter", "Orne council")
    assert other["organisation"]["commune"] == french["organisation"]["commune"]


def test_nothing_private_leaves(hub: Hub, client: Client) -> None:
    page = full(hub, mentoring_open=True, mentoring_themes=json.dumps([block("theme", "La charte")]))
    MentorContact.objects.create(
        page=page, name="Zoé Canari", email="zoe@canari.example", agreed_on=datetime.date(2026, 1, 1)
    )
    told = data(client, page)
    assert told["mentoring"] == {"open": True, "themes": ["La charte"]}
    assert [quote["text"] for quote in told["quotes"]] == ["Deux jours fixes."]
    for answer in (client.get(page.get_url(), {"format": "json"}), client.get(page.get_url())):
        words = answer.content.decode()
        assert "anari" not in words
        assert "Sans accord" not in words
    MentorContact.objects.all().delete()
    assert data(client, page)["mentoring"] == {"open": False, "themes": []}, "nobody is there to write to"


@pytest.mark.parametrize("hidden", ["draft", "expired", "restricted"])
def test_what_visitors_may_not_read_has_no_data(hub: Hub, client: Client, hidden: str) -> None:
    page = full(hub)
    if hidden == "draft":
        page.unpublish()
    elif hidden == "expired":
        CaseStudyPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))
    else:
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    response = client.get(page.get_url(), {"format": "json"})
    assert response.status_code in (302, 404)
    assert b"charte" not in response.content.replace(b"une-charte", b"")


def test_the_data_of_a_visible_case_name_no_hidden_translation(hub: Hub, client: Client) -> None:
    page = full(hub)
    english = hub.english(page, title="A charter", slug="a-charter")
    PageViewRestriction.objects.create(page=english, restriction_type=PageViewRestriction.LOGIN)
    assert data(client, page)["translations"] == []


def test_every_name_is_documented(hub: Hub, client: Client) -> None:
    written = set(re.findall(r"`([a-z_]+)`", DOCUMENT.read_text(encoding="utf-8")))

    def names(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set(value).union(*map(names, value.values()))
        return set().union(*map(names, value)) if isinstance(value, list) else set()

    page = full(hub)
    hub.english(page, slug="a-charter")
    assert names(data(client, page)) - written == set()


def test_the_page_leads_to_its_data(hub: Hub, fetch: Any) -> None:
    soup = fetch(full(hub).get_url())
    assert soup.select_one('link[rel=alternate][type="application/json"]')["href"] == "?format=json"
    assert soup.select_one('main a[href="?format=json"]')


def test_an_unknown_format_is_the_page(hub: Hub, client: Client) -> None:
    response = client.get(full(hub).get_url(), {"format": "xml\x00"})
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/html")
