"""What only the embedded engine has: files that break, processes that fork, generations on disk."""

import multiprocessing
import os
import shutil
from pathlib import Path

import pytest

from hub.search.embedded import EmbeddedEngine
from hub.search.engine import Delete, EngineUnavailable, SearchQuery, Upsert
from hub.search.locks import Locked, locked
from hub.search.tantivy_index import SCHEMA_VERSION
from tests.factories.search import doc

EVERYTHING = SearchQuery("fr")


@pytest.fixture
def calls() -> list[str]:
    return []


@pytest.fixture
def engine(tmp_path: Path, calls: list[str]) -> EmbeddedEngine:
    built = EmbeddedEngine(tmp_path, ("fr", "en"), on_broken=lambda: calls.append("broken"))
    built.rebuild([doc(1, "Première génération")], since=1)
    return built


def generation(engine: EmbeddedEngine, tmp_path: Path) -> Path:
    return tmp_path / f"v{SCHEMA_VERSION}" / engine.health().generation / "fr"


def garble_meta(path: Path) -> None:
    (path / "meta.json").write_text("{")


def garble(path: Path) -> None:
    """A file of other bytes in its place. Cutting the old one short would end any process that has it mapped."""
    path.unlink()
    path.write_bytes(b"garbage")


def garble_segments(path: Path) -> None:
    for each in path.glob("*.store"):
        garble(each)


BREAKAGES = [garble_meta, garble_segments, shutil.rmtree]


def test_without_an_index_nothing_is_read_or_written(tmp_path: Path, calls: list[str]) -> None:
    empty = EmbeddedEngine(tmp_path, ("fr",), on_broken=lambda: calls.append("broken"))
    assert not empty.health().ok
    with pytest.raises(EngineUnavailable):
        empty.search(EVERYTHING)
    with pytest.raises(EngineUnavailable):
        empty.apply([Upsert(doc(1, "Seule page d’un index qui se croirait complet"))])
    assert calls == ["broken"]


@pytest.mark.parametrize("break_it", BREAKAGES)
def test_a_broken_index_is_told(engine: EmbeddedEngine, tmp_path: Path, calls: list[str], break_it) -> None:
    break_it(generation(engine, tmp_path))
    assert not engine.health().ok
    other_process = EmbeddedEngine(tmp_path, ("fr", "en"), on_broken=lambda: calls.append("broken"))
    with pytest.raises(EngineUnavailable):
        other_process.search(EVERYTHING)
    assert calls == ["broken"]
    engine.rebuild([doc(2, "Réparé")], since=2)
    assert [hit.id for hit in other_process.search(EVERYTHING).hits] == [2]


@pytest.mark.parametrize("break_it", BREAKAGES)
def test_the_generation_before_answers_meanwhile(
    engine: EmbeddedEngine, tmp_path: Path, calls: list[str], break_it
) -> None:
    engine.rebuild([doc(2, "Seconde génération")], since=2)
    break_it(generation(engine, tmp_path))
    other_process = EmbeddedEngine(tmp_path, ("fr", "en"), on_broken=lambda: calls.append("broken"))
    page = other_process.search(EVERYTHING)
    assert page.degraded
    assert [hit.id for hit in page.hits] == [1]
    assert calls == ["broken"]


def test_health_reads_every_segment_even_after_deletions(engine: EmbeddedEngine, tmp_path: Path) -> None:
    engine.apply([Upsert(doc(2, "Un autre segment", version=2)), Upsert(doc(3, "Le même", version=2))])
    engine.apply([Delete(1, version=3), Delete(2, version=3)])
    assert engine.health().ok
    newest = max(generation(engine, tmp_path).glob("*.store"), key=lambda path: path.stat().st_mtime_ns)
    garble(newest)
    assert not engine.health().ok


def test_a_question_at_fault_does_not_condemn_the_index(engine: EmbeddedEngine, calls: list[str]) -> None:
    with pytest.raises(EngineUnavailable):
        engine.search(SearchQuery("fr", size=0))  # tantivy panics
    assert calls == []
    assert engine.search(EVERYTHING).total == 1


def test_one_generation_before_is_kept(engine: EmbeddedEngine, tmp_path: Path) -> None:
    for number in range(2, 6):
        engine.rebuild([doc(number, "Titre")], since=number)
    assert len(list((tmp_path / f"v{SCHEMA_VERSION}").glob("g-*"))) == 2


def test_a_failed_rebuild_leaves_nothing_on_disk(engine: EmbeddedEngine, tmp_path: Path) -> None:
    before = set((tmp_path / f"v{SCHEMA_VERSION}").iterdir())
    with pytest.raises(EngineUnavailable):
        engine.rebuild([doc(-1, "An identifier that no index takes")], since=2)
    assert set((tmp_path / f"v{SCHEMA_VERSION}").iterdir()) == before


def test_writing_is_refused_while_somebody_writes(engine: EmbeddedEngine, tmp_path: Path) -> None:
    with locked(tmp_path / f"v{SCHEMA_VERSION}" / "write.lock", 0), pytest.raises(EngineUnavailable):
        engine.apply([Upsert(doc(2, "Plus tard"))])
    engine.apply([Upsert(doc(2, "Plus tard"))])


def test_a_lock_is_waited_for_and_freed(tmp_path: Path) -> None:
    with locked(tmp_path / "lock", 0), pytest.raises(Locked), locked(tmp_path / "lock", 0.05):
        pass
    with locked(tmp_path / "lock", 0):
        pass


def _child(engine: EmbeddedEngine, answers: multiprocessing.Queue) -> None:
    engine.apply([Upsert(doc(2, "Écrit par un enfant", version=2))])
    answers.put((os.getpid(), engine.search(EVERYTHING).total))


def test_readers_and_writers_survive_a_fork(engine: EmbeddedEngine) -> None:
    assert engine.search(EVERYTHING).total == 1
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    child = context.Process(target=_child, args=(engine, answers))
    child.start()
    pid, total = answers.get(timeout=20)
    child.join(20)
    assert (child.exitcode, total) == (0, 2)
    assert pid != os.getpid()
    assert engine.search(EVERYTHING).total == 2


def test_a_write_cut_off_before_its_commit_does_not_keep_the_next_ones_out(
    engine: EmbeddedEngine, tmp_path: Path
) -> None:
    """A kill after the files of a commit and before the index names them: the next commit takes the same names."""
    engine.rebuild([doc(1, "Première page"), doc(2, "Deuxième page")], since=1)
    meta = generation(engine, tmp_path) / "meta.json"
    before = meta.read_bytes()
    change = [Upsert(doc(1, "Première page revue", version=2))]
    engine.apply(change)
    meta.write_bytes(before)
    mended = EmbeddedEngine(tmp_path, ("fr", "en"))
    mended.apply(change)
    assert sorted(each.text for each in mended.autocomplete("page", "fr")) == ["Deuxième page", "Première page revue"]
