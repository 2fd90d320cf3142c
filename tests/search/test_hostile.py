"""Ten thousand queries that nobody means well by, in each language: an answer to every one, on every engine."""

import logging
from collections import Counter
from urllib.parse import urlencode

import pytest
from django.test import Client

from hub.search import outbox
from hub.search.asking import ask
from hub.search.engine import SearchEngine, SearchQuery
from hub.search.lexicon import synonyms
from hub.search.plan import MAX_CLAUSES, MAX_LENGTH, normalise, plan
from tests.factories import hostile
from tests.factories.search import SmallSite, doc

COUNT = 10_000
ADDRESSES = {"fr": ("/fr/recherche/", "/fr/recherche/suggestions/"), "en": ("/en/search/", "/en/search/suggestions/")}


@pytest.fixture
def library(engine: SearchEngine) -> SearchEngine:
    words = ("L’employeur peut refuser", "Un tiers-lieu", "La charte L1222-9", "Déconnexion", "Œuvres et cœurs")
    docs = [
        doc(number, title, f"{title} " * 30, locale=locale, audiences=("elus",), territories=("orne",))
        for number, (locale, title) in enumerate(((locale, title) for locale in ("fr", "en") for title in words), 1)
    ]
    engine.rebuild(docs, since=1)
    return engine


def test_the_queries_are_as_hostile_as_they_say() -> None:
    """The same for a seed, some of every kind, and few of them alike."""
    asked = list(hostile.queries(COUNT))
    assert asked[:500] == list(hostile.queries(500))
    assert len(set(asked)) > COUNT * 0.85
    joined = "".join(asked)
    assert {"\x00", "\u202e", "\u200d", "\u0301", "🫠", '"', "\ufeff", "\u2028"} <= set(joined)
    assert any("\ud800" <= char <= "\udfff" for char in joined)
    assert max(map(len, asked)) > 20_000


@pytest.mark.parametrize("locale", ["fr", "en"])
def test_an_engine_answers_every_query(library: SearchEngine, locale: str) -> None:
    known = synonyms(locale)
    failed: list[str] = []
    seen: Counter[str] = Counter()
    for number, text in enumerate(hostile.queries(COUNT, seed=2)):
        try:
            clean = normalise(text)
            clauses = plan(clean, locale, known)
            # Every fourth with passages, facets and spelling, which cost most of the time and see the same clauses.
            whole = {} if number % 4 == 0 else {"highlight": False, "facets": (), "suggest": False}
            page = library.search(SearchQuery(locale, clauses, clean, relaxed=number % 5 == 0, **whole))
            if number % 4 == 0:
                seen["suggested"] += len(library.autocomplete(clean, locale))
        except Exception as error:
            failed.append(f"{text!r:.300}: {error!r:.300}")
            continue
        assert len(clean) <= MAX_LENGTH and len(clauses) <= MAX_CLAUSES
        assert not page.degraded
        assert page.total >= len(page.hits)
        seen["found"] += bool(page.total)
        seen["empty"] += not clean
    assert failed == []
    # The queries meet the pages, so that scoring, passages and facets are put to the test too.
    assert seen["found"] > COUNT / 10 and seen["suggested"] and seen["empty"] > COUNT / 50
    assert library.health().ok


@pytest.mark.parametrize("locale", ["fr", "en"])
def test_a_question_is_answered_by_the_engine_and_not_by_the_database(site: SmallSite, locale: str) -> None:
    site.page("L’employeur peut refuser", "refus charte télétravail", audiences=("elus",))
    site.page("My employer refuses", "allowance telework", locale="en")
    outbox.rebuild()
    for text in hostile.queries(800, seed=3):
        assert not ask(text, locale, {"audience": ["elus"]} if len(text) % 3 == 0 else None).degraded, repr(text)


@pytest.mark.parametrize("locale", ["fr", "en"])
def test_every_address_answers(site: SmallSite, client: Client, locale: str, caplog: pytest.LogCaptureFixture) -> None:
    site.page("L’employeur peut refuser", "refus charte télétravail", audiences=("elus",))
    site.page("My employer refuses", "allowance telework", locale="en")
    outbox.rebuild()
    page, suggestions = ADDRESSES[locale]
    answered: Counter[int] = Counter()
    for number, text in enumerate(hostile.queries(480, seed=4)):
        pairs = {"q": text.encode("utf-8", "surrogatepass")}
        if number % 3 == 0:
            pairs["audience"] = pairs["q"]
        if number % 5 == 0:
            pairs["page"] = pairs["q"]
        address = suggestions if number % 4 == 0 else page
        if number % 4 == 1:
            pairs["format"] = b"json"
        with caplog.at_level(logging.WARNING):
            response = client.get(f"{address}?{urlencode(pairs)}")
        answered[response.status_code] += 1
        assert response.status_code in (200, 400), f"{text!r:.300}: {response.status_code}"
        assert response.content
    assert answered[200] > 400
    assert [record.getMessage() for record in caplog.records if record.name.startswith("hub.search")] == []
