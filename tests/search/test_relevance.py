"""Readers find the right page among the first three: judged queries on the starting content.

The same test judges each engine. The queries of ``further_queries.jsonl`` were written before search was measured on
them; their misses have been read since, so new ones are worth more than these.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import TestCase, override_settings

from hub.search import engines, evaluate
from tests.search.conftest import ON_ELASTICSEARCH

# One worker loads the content for all.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("relevance")]
SHIPPED = Path(evaluate.__file__).parent / "data" / "judged_queries.jsonl"
FURTHER = Path(__file__).parent / "further_queries.jsonl"
FLOOR = 0.95


@pytest.fixture(scope="module")
def demo_index(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Path]:
    """The starting content, loaded once for this module and taken back afterwards, and its index."""
    folder = tmp_path_factory.mktemp("relevance")
    index = folder / "index"
    with (
        django_db_blocker.unblock(),
        override_settings(SEARCH_INDEX_DIR=index, SEARCH_REPAIR=False, MEDIA_ROOT=folder / "media"),
        transaction.atomic(),
    ):
        with TestCase.captureOnCommitCallbacks(execute=True):  # which publish the English pages
            call_command("load_demo", verbosity=0)
        call_command("rebuild_search", verbosity=0)
        yield index
        transaction.set_rollback(True)
    cache.clear()


@pytest.fixture(params=["embedded", ON_ELASTICSEARCH])
def hub(request: pytest.FixtureRequest, demo_index: Path, own_index: Path, settings: Any, monkeypatch: Any) -> None:
    settings.SEARCH_INDEX_DIR = demo_index
    if request.param == "elasticsearch":
        settings.ELASTICSEARCH_URL = request.getfixturevalue("elasticsearch_url")
        monkeypatch.setattr(engines, "VISITOR", 30)  # a busy machine is not a failing one
        call_command("rebuild_search", "--engine=elasticsearch", verbosity=0)


def judgements(file: Path, locale: str) -> list[evaluate.Judgement]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [judgement for judgement in evaluate.read(lines) if judgement.locale == locale]


@pytest.mark.parametrize("locale", ["fr", "en"])
@pytest.mark.parametrize("file", [SHIPPED, FURTHER], ids=lambda file: file.stem)
def test_the_right_page_is_among_the_first_three(hub: None, file: Path, locale: str) -> None:
    verdicts = [evaluate.judge(judgement) for judgement in judgements(file, locale)]
    assert {verdict.engine for verdict in verdicts} == {engines.names()[0]}
    misses = [
        f"{verdict.judgement.text!r} found {', '.join(verdict.found[: evaluate.TOP]) or 'nothing'}"
        for verdict in verdicts
        if not verdict.is_hit
    ]
    assert len(verdicts) - len(misses) >= FLOOR * len(verdicts), "\n".join(misses)


@pytest.mark.parametrize("locale", ["fr", "en"])
def test_the_shipped_set_is_large_enough_and_judges_tightly(locale: str) -> None:
    judged = judgements(SHIPPED, locale)
    assert len({judgement.text for judgement in judged}) == len(judged) >= 75
    assert max(len(judgement.expected) for judgement in judged) <= 7
