"""What every test may ask for. Nothing is shared between tests: caches, index and files start empty."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override

from hub.search import engines
from tests.factories.hub import Hub

LANGUAGES = ("fr", "en")

Fetch = Callable[..., BeautifulSoup]


def _has_elasticsearch() -> bool:
    return bool(os.environ.get("TEST_ELASTICSEARCH_URL"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without a server, its tests are left out as a whole, and one line says so."""
    if not _has_elasticsearch():
        left_out = [item for item in items if item.get_closest_marker("elasticsearch")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not _has_elasticsearch():
        terminalreporter.write_line("Left out: tests on a real Elasticsearch (make test-elasticsearch runs them)")


@pytest.fixture(autouse=True)
def clean_slate(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Caches emptied, index and uploads in folders of the test's own, no thread that repairs the index."""
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    settings.SEARCH_REPAIR = False
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
    with override("fr"):
        yield
    engines.forget()
    cache.clear()


@pytest.fixture
def hub(db: None) -> Hub:
    """French and English homes, live, on the default site."""
    return Hub.build()


@pytest.fixture
def fetch(client: Client) -> Fetch:
    """The parsed page at an address. Fails unless it answers ``status``."""

    def fetching(url: str, status: int = 200, **kwargs: Any) -> BeautifulSoup:
        response = client.get(url, **kwargs)
        assert response.status_code == status, f"{url}: {response.status_code}"
        return BeautifulSoup(response.content, "html.parser")

    return fetching
