"""A worker brings changes to the engines; whoever publishes only says that there are some."""

from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from hub.search import engines, outbox
from hub.search.embedded import EmbeddedEngine
from hub.search.engine import EngineUnavailable, SearchQuery
from hub.search.models import OutboxRow
from tests.factories.search import SmallSite


@pytest.fixture(autouse=True)
def with_worker(settings: Any, site: SmallSite) -> None:
    outbox.rebuild()
    backend = {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["search"]}
    settings.TASKS = {**settings.TASKS, "search": backend}
    settings.SEARCH_WORKER = True


def titles() -> set[str]:
    return {each.text for each in engines.engine().autocomplete("charte", "fr")}


def work() -> None:
    call_command("db_worker", "--backend=search", "--queue-name=search", "--batch", "--no-startup-delay", "-v0")


@pytest.mark.django_db(transaction=True)
def test_publishing_asks_no_engine(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as untouched:
        untouched.setattr(EmbeddedEngine, "apply", lambda *_args, **_kwargs: pytest.fail("the publisher waited"))
        site.page("Une charte")
    assert titles() == set()
    work()
    assert titles() == {"Une charte"}
    assert OutboxRow.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_worker_tries_again_later(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_args: Any, **_kwargs: Any) -> None:
        raise EngineUnavailable("down")

    with monkeypatch.context() as down:
        down.setattr(EmbeddedEngine, "apply", failing)
        site.page("Une charte")
        work()
    assert OutboxRow.objects.exists()
    later = DBTaskResult.objects.filter(status="READY", run_after__gt=timezone.now())
    assert later.count() == 1
    later.update(run_after=timezone.now())
    work()
    assert engines.engine().search(SearchQuery("fr")).total == 2
