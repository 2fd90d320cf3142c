"""Pages that editors put first: which, when, and for what."""

import datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hub.search.models import PromotedResult
from hub.search.promotions import promoted
from tests.factories.search import SmallSite

NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
TODAY = NOW.date()
DAY = datetime.timedelta(days=1)


def promote(site: SmallSite, queries: str, **values: Any) -> int:
    page = site.page(values.pop("title", "Mise en avant"))
    PromotedResult.objects.create(**{"language": "fr", "queries": queries, "page": page, **values})
    return page.pk


@pytest.mark.parametrize(
    "typed",
    ["télétravail des cadres", "TELETRAVAIL DES CADRES", "teletravail  des cadre", "“télétravail” des cadres !"],
)
def test_accents_capitals_plurals_and_signs_do_not_matter(site: SmallSite, typed: str) -> None:
    page = promote(site, "autre chose\nTélétravail des cadres")
    assert promoted(typed, "fr") == [page]


@pytest.mark.parametrize("typed", ["télétravail", "télétravail des cadres dans l’Orne", "", "!", "\x00", "autre"])
def test_only_the_query_itself(site: SmallSite, typed: str) -> None:
    promote(site, "télétravail des cadres\n!")
    assert promoted(typed, "fr") == []


def test_languages_do_not_mix(site: SmallSite) -> None:
    promote(site, "charte")
    assert promoted("charte", "en") == []


@pytest.mark.parametrize(
    ("dates", "runs"),
    [
        ({}, True),
        ({"starts_on": TODAY, "ends_on": TODAY}, True),
        ({"starts_on": TODAY - DAY}, True),
        ({"ends_on": TODAY + DAY}, True),
        ({"starts_on": TODAY + DAY}, False),
        ({"ends_on": TODAY - DAY}, False),
    ],
)
def test_dates(site: SmallSite, dates: dict[str, Any], runs: bool) -> None:
    with time_machine.travel(NOW, tick=False):
        page = promote(site, "charte", **dates)
        assert promoted("charte", "fr") == ([page] if runs else [])


def test_the_editors_order_and_each_page_once(site: SmallSite) -> None:
    last = promote(site, "charte", title="Dernière", position=3)
    first = promote(site, "charte\nchartes", title="Première", position=1)
    assert promoted("charte", "fr") == [first, last]


def test_one_query_whatever_their_number(site: SmallSite) -> None:
    for number in range(5):
        promote(site, "charte", title=f"Page {number}")
    with CaptureQueriesContext(connection) as queries:
        assert len(promoted("charte", "fr")) == 5
    assert len(queries) == 1
    with CaptureQueriesContext(connection) as queries:
        promoted("?", "fr")
    assert not queries
