"""Elasticsearch away or strange: the visitor gets the embedded engine's answer, editors publish, nothing is lost."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from hub.search import breaker, engines, outbox
from hub.search.engine import EngineUnavailable
from hub.search.models import OutboxRow
from hub.search.status import status
from tests.factories.search import SmallSite
from tests.factories.servers import FAULTS, FaultyServer, closed_port, flapping, silent, too_many_requests, trickle

Refused = "refused"


@pytest.fixture
def library(site: SmallSite) -> SmallSite:
    site.page("Une charte de télétravail", "Rédigée avec les agents.")
    outbox.rebuild("embedded")
    return site


@pytest.fixture(params=[*FAULTS, Refused], ids=lambda fault: getattr(fault, "__name__", fault))
def faulty(request: pytest.FixtureRequest, settings: Any) -> Iterator[FaultyServer | None]:
    if request.param == Refused:
        settings.ELASTICSEARCH_URL = closed_port()
        yield None
        return
    with FaultyServer(request.param) as server:
        settings.ELASTICSEARCH_URL = server.url
        yield server


def address(name: str, language: str = "fr") -> str:
    with override(language):
        return reverse(name)


def ask(client: Client, q: str = "charte") -> Any:
    response = client.get(address("search"), {"q": q, "format": "json"})
    assert response.status_code == 200
    return response.json()


def test_the_embedded_engine_answers(library: SmallSite, faulty: FaultyServer | None, client: Client) -> None:
    answer = ask(client)
    assert (answer["engine"], answer["degraded"], answer["total"]) == ("embedded", True, 1)
    assert len(answer["messages"]) == 1
    assert faulty is None or faulty.fault not in (silent, trickle) or faulty.released == 0  # nobody waited for it


def test_suggestions_come_all_the_same(library: SmallSite, faulty: FaultyServer | None, client: Client) -> None:
    found = client.get(address("search_suggestions"), {"q": "charte"}).json()["suggestions"]
    assert [each["text"] for each in found] == ["Une charte de télétravail"]


def test_publishing_goes_on_and_the_fallback_is_fed(
    library: SmallSite, faulty: FaultyServer | None, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        library.page("Publiée pendant la panne")
    assert faulty is None or faulty.fault not in (silent, trickle) or faulty.released == 0
    assert ask(client, "panne")["total"] == 1
    assert not OutboxRow.objects.filter(engine="embedded").exists()
    assert OutboxRow.objects.filter(engine="elasticsearch").exists()


def test_health_and_commands_say_so(library: SmallSite, faulty: FaultyServer | None, monkeypatch: Any) -> None:
    monkeypatch.setattr(engines, "OPERATOR", 0.5)
    assert engines.engine("elasticsearch").health().ok is False
    library.page("Une autre")
    drained, failures = outbox.drain_all()
    assert drained >= 1
    assert [str(each).split(":")[0] for each in failures] == ["elasticsearch"]
    with pytest.raises(EngineUnavailable):
        outbox.rebuild("elasticsearch")


@pytest.mark.parametrize("fault", [silent, too_many_requests, flapping])
def test_after_one_failure_nobody_asks_for_half_a_minute(
    library: SmallSite, settings: Any, client: Client, fault: Callable[..., None], monkeypatch: Any
) -> None:
    clock = [1000.0]
    with FaultyServer(fault) as server:
        settings.ELASTICSEARCH_URL = server.url
        state = engines.breaker(server.url)
        monkeypatch.setattr(state, "_clock", lambda: clock[0])
        ask(client)
        asked = server.calls
        assert asked >= 1
        for _visitor in range(3):
            ask(client)
        clock[0] += breaker.OPEN_FOR - 1
        ask(client)
        assert server.calls == asked
        clock[0] += 2
        ask(client)
        assert server.calls > asked


@pytest.mark.parametrize(
    "url", ["localhost:9200", "https://127.0.0.1:1/?ca_certs=/nowhere.pem", "http://u:secret@h:port"]
)
def test_an_address_that_is_none_is_told_to_operators_and_not_to_visitors(
    library: SmallSite, settings: Any, client: Client, url: str, django_capture_on_commit_callbacks: Any
) -> None:
    settings.ELASTICSEARCH_URL = url
    [problem] = [error for error in run_checks() if error.id == "hub.E003"]
    assert "secret" not in problem.msg
    assert ask(client)["engine"] == "embedded"
    assert status()["ok"] is False
    with django_capture_on_commit_callbacks(execute=True):
        library.page("Publiée")
    assert ask(client, "publiée")["total"] == 1


def test_a_bad_address_is_named_when_the_hub_starts() -> None:
    from hub.search.address import Address

    for url in ("localhost:9200", "ftp://x", "http://", "https://u:p@h:9200/?cacerts=/x", "http://h:port"):
        with pytest.raises(ValueError, match="ELASTICSEARCH_URL|[Pp]ort") as caught:
            Address.parse(url)
        assert "u:p" not in str(caught.value)


def test_an_address_holds_user_password_and_certificate() -> None:
    from hub.search.address import Address

    found = Address.parse("https://relais:p%40ss@search.example/?ca_certs=/etc/ca.pem&prefix=hub2")
    assert found == Address("https://search.example:443", "relais", "p@ss", "/etc/ca.pem", "hub2")
    assert Address.parse("http://127.0.0.1:9200") == Address("http://127.0.0.1:9200")
    assert "p@ss" not in repr(found)
