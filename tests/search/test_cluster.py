"""What only Elasticsearch has: aliases, versions across indexes, a server that refuses single items."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import elasticsearch.dsl
import elasticsearch_dsl
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from hub.search import elastic as writing
from hub.search import engines, outbox
from hub.search.address import Address
from hub.search.cluster import ElasticEngine
from hub.search.engine import Clause, Delete, EngineUnavailable, QueryRefused, SearchQuery, Upsert
from hub.search.models import OutboxRow
from tests.factories.search import SmallSite, doc
from tests.factories.servers import Doorkeeper, FaultyServer, closed_port, wrong_product

EVERYTHING = SearchQuery("fr", size=50)


def ids(engine: ElasticEngine, locale: str = "fr") -> set[int]:
    return {hit.id for hit in engine.search(SearchQuery(locale, size=50)).hits}


def indexes(url: str) -> dict[str, set[str]]:
    """Every index of a test with its aliases."""
    address = Address.parse(url)
    found = address.connect(20).indices.get(index=f"{address.prefix}-*")
    return {name: set(about["aliases"]) for name, about in found.items() if not name.endswith("-state")}


# --- Without a server ---


def test_both_names_of_the_library_are_the_same_objects() -> None:
    for name in elasticsearch_dsl.__all__:
        assert getattr(elasticsearch_dsl, name) is getattr(elasticsearch.dsl, name)


def test_a_user_is_sent_and_never_shown(tmp_path: Path) -> None:
    with FaultyServer(wrong_product) as server:
        url = server.url.replace("//", "//relais:secret@")
        engine = ElasticEngine(Address.parse(url), ("fr",), tmp_path, patience=5)
        with pytest.raises(EngineUnavailable) as caught:
            engine.search(EVERYTHING)
    assert b"authorization: basic cmvsywlzonnly3jlda==" in server.heard.lower()
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("locale", ["fr", "en"])
def test_an_index_needs_no_module_that_small_distributions_lack(locale: str) -> None:
    text = str(writing.index_body(locale, {}))
    for word in ("search_as_you_type", "rank_feature", "scaled_float"):
        assert word not in text


# --- On a real server ---


@pytest.mark.elasticsearch
def test_indexes_serve_behind_aliases_and_old_ones_go(elastic: ElasticEngine, elasticsearch_url: str) -> None:
    prefix = Address.parse(elasticsearch_url).prefix
    elastic.rebuild([doc(1, "Un")], since=1)
    first = indexes(elasticsearch_url)
    elastic.rebuild([doc(2, "Deux")], since=2)
    second = indexes(elasticsearch_url)
    assert len(first) == len(second) == 2 and not set(first) & set(second)
    assert {frozenset(aliases) for aliases in second.values()} == {
        frozenset({f"{prefix}-fr", prefix}),
        frozenset({f"{prefix}-en", prefix}),
    }
    assert ids(elastic) == {2}


@pytest.mark.elasticsearch
def test_what_a_killed_rebuild_left_is_swept(elastic: ElasticEngine, elasticsearch_url: str) -> None:
    elastic.rebuild([doc(1, "Un")], since=1)
    elastic._aliases.create(since=2)  # and the process dies here
    assert len(indexes(elasticsearch_url)) == 4
    elastic.apply([Upsert(doc(3, "Pendant", version=3)), Delete(1, version=4)], wait_visible=True)
    assert ids(elastic) == {3}
    elastic.rebuild([doc(2, "Deux", version=4)], since=4)
    assert len(indexes(elasticsearch_url)) == 2
    assert ids(elastic) == {2}


@pytest.mark.elasticsearch
def test_a_page_deleted_while_a_rebuild_reads_it_does_not_come_back(elastic: ElasticEngine) -> None:
    elastic.rebuild([doc(1, "Un"), doc(2, "Deux")], since=1)

    def reading():
        yield doc(1, "Un")
        elastic.apply([Delete(2, version=9), Upsert(doc(1, "Un, revu", version=8))], wait_visible=True)
        yield doc(2, "Deux")

    elastic.rebuild(reading(), since=1)
    assert ids(elastic) == {1}
    assert elastic.autocomplete("revu", "fr")[0].text == "Un, revu"


@pytest.mark.elasticsearch
def test_a_stale_page_of_another_language_is_ignored(elastic: ElasticEngine) -> None:
    elastic.rebuild([], since=0)
    elastic.apply([Upsert(doc(1, "Récent", version=5))], wait_visible=True)
    assert elastic.apply([Upsert(doc(1, "Stale", locale="en", version=4))], wait_visible=True).stale == 1
    assert (ids(elastic), ids(elastic, "en")) == ({1}, set())


@pytest.mark.elasticsearch
def test_a_refused_item_is_not_taken_for_written(elastic: ElasticEngine, elasticsearch_url: str) -> None:
    elastic.rebuild([], since=0)
    for name in indexes(elasticsearch_url):
        Address.parse(elasticsearch_url).connect(20).indices.put_settings(
            index=name, settings={"index.blocks.write": True}
        )
    with pytest.raises(EngineUnavailable, match="refused"):
        elastic.apply([Upsert(doc(1, "Refusée"))])


@pytest.mark.elasticsearch
def test_a_rebuild_that_is_refused_an_item_leaves_the_old_index(elastic: ElasticEngine) -> None:
    elastic.rebuild([doc(1, "Un")], since=1)
    with pytest.raises(EngineUnavailable):
        elastic.rebuild([doc(2, "Deux"), doc(3, "Trois", published="not a date")], since=2)  # type: ignore[arg-type]
    assert ids(elastic) == {1}


@pytest.mark.elasticsearch
def test_without_an_index_nothing_is_made_by_chance(elastic: ElasticEngine, elasticsearch_url: str) -> None:
    assert elastic.health().ok is False and elastic.health().reachable
    with pytest.raises(QueryRefused):
        elastic.apply([Upsert(doc(1, "Un"))])
    with pytest.raises(QueryRefused):
        elastic.search(EVERYTHING)
    assert indexes(elasticsearch_url) == {}


@pytest.mark.elasticsearch
def test_a_newer_page_comes_first_among_equals(elastic: ElasticEngine) -> None:
    now = datetime.now(UTC)
    old, new = now - timedelta(days=3000), now - timedelta(days=1)
    elastic.rebuild([doc(1, "Le covoiturage", updated=old), doc(2, "Le covoiturage", updated=new)], since=1)
    found = elastic.search(SearchQuery("fr", (Clause(("covoiturage",)),), "covoiturage"))
    assert [hit.id for hit in found.hits] == [2, 1]


@pytest.mark.elasticsearch
def test_what_visitors_get(site: SmallSite, elasticsearch_url: str, settings: Any, client: Client) -> None:
    settings.ELASTICSEARCH_URL = elasticsearch_url
    site.page("Une charte de télétravail", "Rédigée avec les agents.", audiences=("elus",))
    call_command("rebuild_search")
    with override("fr"):
        address = reverse("search")
    answer = client.get(address, {"q": "charte agent", "format": "json"}).json()
    assert (answer["engine"], answer["degraded"], answer["total"]) == ("elasticsearch", False, 1)
    assert ["agents", True] in answer["results"][0]["excerpt"]
    assert [each["value"] for each in answer["facets"]["audience"]] == ["elus"]


@pytest.mark.elasticsearch
def test_an_hour_without_elasticsearch(
    site: SmallSite, elasticsearch_url: str, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    """Pages published, changed and deleted meanwhile are all there when it comes back."""
    settings.ELASTICSEARCH_URL = elasticsearch_url
    gone = site.page("Partie")
    call_command("rebuild_search")
    address = Address.parse(elasticsearch_url)
    settings.ELASTICSEARCH_URL = f"{closed_port()}/?prefix={address.prefix}"
    with django_capture_on_commit_callbacks(execute=True):
        site.page("Publiée pendant la panne")
        gone.delete()
    with pytest.raises(CommandError, match="elasticsearch"):
        call_command("drain_search")
    assert not OutboxRow.objects.filter(engine="embedded").exists()
    settings.ELASTICSEARCH_URL = elasticsearch_url
    call_command("drain_search")
    both = [{hit.id for hit in engines.engine(name).search(EVERYTHING).hits} for name in engines.names()]
    assert both[0] == both[1] and gone.pk not in both[0] and len(both[0]) == 2
    assert outbox.backlog().depth == 0


@pytest.mark.elasticsearch
def test_a_lost_index_is_answered_for_and_made_again(
    site: SmallSite, elasticsearch_url: str, settings: Any, client: Client
) -> None:
    settings.ELASTICSEARCH_URL = elasticsearch_url
    site.page("Une charte")
    call_command("rebuild_search")
    lost = Address.parse(elasticsearch_url).connect(20)
    for name in indexes(elasticsearch_url):
        lost.indices.delete(index=name)
    with override("fr"):
        address = reverse("search")
    answer = client.get(address, {"q": "charte", "format": "json"}).json()
    assert (answer["engine"], answer["degraded"], answer["total"]) == ("embedded", True, 1)
    call_command("drain_search")
    answer = client.get(address, {"q": "charte", "format": "json"}).json()
    assert (answer["engine"], answer["degraded"], answer["total"]) == ("elasticsearch", False, 1)


@pytest.mark.elasticsearch
def test_the_right_user_and_certificate_are_let_in(elasticsearch_url: str, tmp_path: Path) -> None:
    plain = Address.parse(elasticsearch_url)
    with Doorkeeper(tmp_path, plain.host, "relais", "p@ss:word") as door:

        def engine(user: str, ca_certs: str) -> ElasticEngine:
            options = f"prefix={plain.prefix}" + (f"&ca_certs={ca_certs}" if ca_certs else "")
            url = f"https://{user}@localhost:{door.port}/?{options}"
            return ElasticEngine(Address.parse(url), ("fr", "en"), tmp_path, patience=20)

        welcome = engine("relais:p%40ss%3Aword", str(door.certificate))
        welcome.rebuild([doc(1, "Un")], since=1)
        assert ids(welcome) == {1}
        for stranger in (engine("relais:wrong", str(door.certificate)), engine("relais:p%40ss%3Aword", "")):
            assert not stranger.health().reachable
            with pytest.raises(EngineUnavailable):
                stranger.search(EVERYTHING)
