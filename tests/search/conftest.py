"""Each test has an index directory of its own. Nothing is rebuilt aside: tests say when."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from hub.search import engines
from hub.search.address import Address
from hub.search.cluster import ElasticEngine
from hub.search.embedded import EmbeddedEngine
from hub.search.engine import SearchEngine
from tests.factories.search import SmallSite


@pytest.fixture(autouse=True)
def own_index(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.SEARCH_REPAIR = False
    cache.clear()
    yield settings.SEARCH_INDEX_DIR
    engines.forget()


ON_ELASTICSEARCH = pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)


@pytest.fixture
def elasticsearch_url() -> Iterator[str]:
    """The address of a real server, with a prefix of the test's own; its indexes are deleted after."""
    server = os.environ.get("TEST_ELASTICSEARCH_URL")
    if not server:
        pytest.skip("no Elasticsearch: `make test-elasticsearch` brings one up")
    prefix = f"t{secrets.token_hex(6)}"
    yield f"{server}/?prefix={prefix}"
    client = Address.parse(server).connect(30)
    names = [name for name in client.indices.get(index=f"{prefix}-*", expand_wildcards="all")]
    if names:
        client.indices.delete(index=names)
    client.close()


@pytest.fixture
def elastic(elasticsearch_url: str, tmp_path: Path) -> ElasticEngine:
    return ElasticEngine(Address.parse(elasticsearch_url), ("fr", "en"), tmp_path / "locks", patience=20)


@pytest.fixture(params=["embedded", ON_ELASTICSEARCH])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> SearchEngine:
    """Every engine of the hub, empty and in service."""
    built: SearchEngine
    if request.param == "embedded":
        built = EmbeddedEngine(tmp_path / "engine", ("fr", "en"))
    else:
        built = request.getfixturevalue("elastic")
    built.rebuild([], since=0)
    return built


@pytest.fixture
def site(db: None) -> SmallSite:
    return SmallSite.build()
