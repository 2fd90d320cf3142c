"""Each test has an index directory of its own. Nothing is rebuilt aside: tests say when."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from hub.search import engines
from hub.search.embedded import EmbeddedEngine
from hub.search.engine import SearchEngine
from tests.factories.search import SmallSite


@pytest.fixture(autouse=True)
def own_index(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.SEARCH_REPAIR = False
    cache.clear()
    yield settings.SEARCH_INDEX_DIR
    engines._embedded.cache_clear()


@pytest.fixture(params=["embedded"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> SearchEngine:
    """Every engine of the hub, empty and in service: a second one is one more parameter."""
    built = {"embedded": lambda: EmbeddedEngine(tmp_path / "engine", ("fr", "en"))}[request.param]()
    built.rebuild([], since=0)
    return built


@pytest.fixture
def site(db: None) -> SmallSite:
    return SmallSite.build()
