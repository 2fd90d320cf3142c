"""What operators run."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from hub.search.locks import locked
from hub.search.tantivy_index import SCHEMA_VERSION
from tests.factories.search import SmallSite


def run(*args: Any) -> str:
    out = StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


@pytest.fixture
def library(site: SmallSite) -> SmallSite:
    site.page("L’employeur peut-il refuser ?")
    site.page("A charter", locale="en")
    return site


def test_rebuild_and_status(library: SmallSite) -> None:
    assert json.loads(run("search_status"))["ok"] is False
    assert run("rebuild_search").startswith("embedded: 4 documents (en 2, fr 2)")
    status = json.loads(run("search_status"))
    assert (status["ok"], status["engine"], status["documents"]) == (True, "embedded", {"fr": 2, "en": 2})
    assert status["outbox"]["depth"] == 0


def test_two_rebuilds_at_once(library: SmallSite, own_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hub.search.embedded._LATER", 0.0)
    with locked(own_index / f"v{SCHEMA_VERSION}" / "write.lock", 0), pytest.raises(CommandError, match="written"):
        run("rebuild_search")


def test_drain(library: SmallSite) -> None:
    run("rebuild_search")
    library.page("Une charte")
    assert run("drain_search").startswith("1 changes")
    assert run("drain_search").startswith("0 changes")


def test_evaluate(library: SmallSite, tmp_path: Path) -> None:
    run("rebuild_search")
    judged = tmp_path / "judged.jsonl"
    judged.write_text(
        "\n".join(
            json.dumps(row)
            for row in (
                {"locale": "fr", "q": "refus", "expected": ["^l’employeur", "jamais"]},
                {"locale": "en", "q": "charter", "expected": ["/a-charter/$"]},
                {"locale": "en", "q": "dragon", "expected": ["dragon"]},
            )
        )
        + "\n\n"
    )
    report = run("evaluate_search", str(judged))
    assert "2 of 3 in the first 3" in report
    assert "mean reciprocal rank 0.667" in report
    assert "miss (en) 'dragon': dragon" in report


@pytest.mark.parametrize("line", ["{", '{"q": "x"}', '{"locale": "fr", "q": "x", "expected": ["("]}', "[]"])
def test_evaluate_names_the_line_at_fault(db: None, tmp_path: Path, line: str) -> None:
    judged = tmp_path / "judged.jsonl"
    judged.write_text(f"\n{line}\n")
    with pytest.raises(CommandError, match="line 2"):
        run("evaluate_search", str(judged))
