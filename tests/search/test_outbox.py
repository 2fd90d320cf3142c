"""From what editors do to what visitors find: every event, and an engine that fails for a while."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY, SITE_ROOT_PATHS_CACHE_VERSION

from hub.search import engines, outbox
from hub.search.cluster import ElasticEngine
from hub.search.embedded import EmbeddedEngine
from hub.search.engine import EngineUnavailable, SearchEngine, SearchQuery, Suggestion
from hub.search.locks import locked
from hub.search.models import OutboxRow
from hub.vocabulary.models import AudienceTag, Territory
from tests.factories.search import SmallSite, yesterday
from tests.search.conftest import ON_ELASTICSEARCH

Commit = Callable[..., AbstractContextManager[list[Any]]]


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Commit) -> Callable[[], AbstractContextManager[list[Any]]]:
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture(autouse=True, params=["embedded", ON_ELASTICSEARCH])
def built(request: pytest.FixtureRequest, site: SmallSite, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The embedded engine alone, then a real Elasticsearch with the embedded engine behind it: both are fed."""
    if request.param == "elasticsearch":
        settings.ELASTICSEARCH_URL = request.getfixturevalue("elasticsearch_url")
        monkeypatch.setattr(engines, "PUBLISHER", 30)  # a busy machine is not a failing one
    call_command("rebuild_search")


def every() -> list[SearchEngine]:
    return [engines.engine(name) for name in engines.names()]


def found(locale: str = "fr") -> set[str]:
    """The titles that each engine holds: the same in all."""
    held = []
    for engine in every():
        ids = {hit.id for hit in engine.search(SearchQuery(locale, size=100)).hits}
        titles = dict(Page.objects.filter(pk__in=ids).values_list("pk", "title"))
        held.append({titles.get(pk, f"gone {pk}") for pk in ids})
    assert all(titles == held[0] for titles in held)
    return held[0]


def suggested(prefix: str) -> list[Suggestion]:
    answers = [engine.autocomplete(prefix, "fr") for engine in every()]
    assert all(answer == answers[0] for answer in answers)
    return answers[0]


def drain() -> int:
    """How many pages each engine was brought."""
    counts = {outbox.drain(name) for name in engines.names()}
    assert len(counts) == 1
    return counts.pop()


def test_publish_and_publish_again(site: SmallSite, committed: Any) -> None:
    with committed():
        page = site.page("Une charte", "Premier texte")
    assert found() == {"Accueil", "Une charte"}
    assert OutboxRow.objects.count() == 0
    with committed():
        page.title = "Une charte revue"
        page.save_revision().publish()
    assert found() == {"Accueil", "Une charte revue"}


def test_a_draft_is_not_indexed(site: SmallSite, committed: Any) -> None:
    with committed():
        page = site.page("Public", "Texte public")
        site.page("Brouillon", publish=False)
        page.title = "Secret"
        page.save_revision()
        outbox.enqueue([page.pk])
    assert found() == {"Accueil", "Public"}


def test_unpublish(site: SmallSite, committed: Any) -> None:
    with committed():
        page = site.page("Éphémère")
    with committed():
        page.refresh_from_db()
        page.unpublish()
    assert found() == {"Accueil"}


def test_delete_takes_the_descendants_along(site: SmallSite, committed: Any) -> None:
    with committed():
        parent = site.page("Parent")
        site.page("Enfant", parent=parent)
    assert found() == {"Accueil", "Parent", "Enfant"}
    with committed():
        Page.objects.get(pk=parent.pk).delete()
    assert found() == {"Accueil"}


def test_move_and_slug_touch_the_subtree(site: SmallSite, committed: Any) -> None:
    with committed():
        first, second = site.page("Premier"), site.page("Second")
        child = site.page("Enfant du premier", parent=first)

    def address() -> str:
        return suggested("enfant")[0].url

    assert address().endswith("/premier/enfant-du-premier/")
    with committed():
        Page.objects.get(pk=first.pk).move(Page.objects.get(pk=second.pk), pos="last-child")
    assert address().endswith("/second/premier/enfant-du-premier/")
    with committed():
        moved = Page.objects.get(pk=second.pk).specific
        moved.slug = "deuxieme"
        moved.save_revision().publish()
    assert address().endswith("/deuxieme/premier/enfant-du-premier/")
    assert child.pk in [each.id for each in suggested("enfant")]


def test_a_restriction_hides_the_subtree_until_it_is_lifted(site: SmallSite, committed: Any) -> None:
    with committed():
        parent = site.page("Parent")
        site.page("Enfant", parent=parent)
    with committed():
        restriction = PageViewRestriction.objects.create(page=parent, restriction_type=PageViewRestriction.LOGIN)
    assert found() == {"Accueil"}
    with committed():
        restriction.delete()
    assert found() == {"Accueil", "Parent", "Enfant"}


def test_an_expired_page_leaves_with_the_next_drain(site: SmallSite, committed: Any) -> None:
    with committed():
        page = site.page("Passé")
    Page.objects.filter(pk=page.pk).update(expire_at=yesterday())
    with committed():
        call_command("drain_search")
    assert found() == {"Accueil"}


def test_an_alias_is_not_indexed(site: SmallSite, committed: Any) -> None:
    with committed():
        page = site.page("Original")
        page.create_alias(update_slug="copie", parent=site.homes["fr"])
    assert len(found()) == 2


def test_each_language_has_its_own_pages(site: SmallSite, committed: Any) -> None:
    with committed():
        site.page("Une charte")
        site.page("A charter", locale="en")
    assert found("fr") == {"Accueil", "Une charte"}
    assert found("en") == {"Home", "A charter"}


def test_a_document_carries_what_is_searched(site: SmallSite, committed: Any) -> None:
    with committed():
        site.page(
            "Une charte",
            "Rédigée &amp; signée",
            audiences=("salaries",),
            territories=("orne",),
            search_description="En bref.",
        )
    for engine in every():
        facets = engine.search(SearchQuery("fr")).facets
        assert [each.value for each in facets["audience"]] == ["salaries"]
        assert [each.value for each in facets["territory"]] == ["orne"]
        assert [(each.value, each.count) for each in facets["type"]] == [("page", 2)]


def test_roots_of_sites_that_were_kept_too_early_do_no_harm(site: SmallSite, committed: Any) -> None:
    cache.set(SITE_ROOT_PATHS_CACHE_KEY, [], 3600, version=SITE_ROOT_PATHS_CACHE_VERSION)
    with committed():
        page = site.page("Fiche")
    assert [each.url for each in suggested("fiche")] == ["/fr/fiche/"]
    assert Page.objects.get(pk=page.pk).url == "/fr/fiche/"


def test_a_rolled_back_publication_leaves_no_row(site: SmallSite) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        site.page("Jamais")
        raise RuntimeError
    assert OutboxRow.objects.count() == 0


def test_an_engine_that_fails_keeps_the_rows_and_lets_editors_publish(
    site: SmallSite, committed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_args: Any, **_kwargs: Any) -> None:
        raise EngineUnavailable("down")

    with monkeypatch.context() as down:
        down.setattr(EmbeddedEngine, "apply", failing)
        down.setattr(ElasticEngine, "apply", failing)
        with committed():
            site.page("Publié pendant la panne")
        assert Page.objects.get(title="Publié pendant la panne").live
        assert found() == {"Accueil"}
        waiting = outbox.backlog()
        assert waiting.depth >= 1
        assert waiting.oldest is not None and waiting.oldest < timedelta(minutes=1)
        assert all(row.attempts for row in OutboxRow.objects.all())
    assert drain() == 1
    assert found() == {"Accueil", "Publié pendant la panne"}


def test_a_page_that_cannot_be_read_does_not_keep_the_others_out(
    site: SmallSite, committed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hub.home.models import PlainPage

    def poisoned(page: PlainPage) -> str:
        if page.title == "Empoisonnée":
            raise ValueError("bad data")
        return ""

    monkeypatch.setattr(PlainPage, "search_body", poisoned)
    with committed():
        site.page("Empoisonnée")
        site.page("Saine")
    assert found() == {"Accueil", "Saine"}
    assert OutboxRow.objects.count() == 0


def test_draining_twice_or_at_once_does_no_harm(site: SmallSite) -> None:
    site.page("Une charte")
    assert drain() == 1
    assert drain() == 0
    outbox.enqueue([site.homes["fr"].pk] * 3 + [987654])
    assert drain() == 2
    assert found() == {"Accueil", "Une charte"}


def test_while_another_process_drains_rows_wait(
    site: SmallSite, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "_PATIENCE", 0.05)
    site.page("Une charte")
    with ExitStack() as held:
        for name in engines.names():
            held.enter_context(locked(settings.SEARCH_INDEX_DIR / f"drain-{name}.lock", 0))
        assert drain() == 0
    assert drain() == 1


def test_a_lost_index_is_built_whole_by_the_next_drain(
    site: SmallSite, committed: Any, settings: Any, tmp_path: Any
) -> None:
    with committed():
        site.page("Ancienne")
    settings.SEARCH_INDEX_DIR = tmp_path / "another"
    with committed():
        site.page("Nouvelle")  # who publishes does not wait for a whole index
    outbox.drain_all()
    assert found() == {"Accueil", "Ancienne", "Nouvelle"}
    assert OutboxRow.objects.count() == 0


def test_a_change_during_a_rebuild_is_applied_after_it(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page is published after the rebuild has read it, and the engine refuses to write meanwhile."""
    page = site.page("Avant")
    real = outbox.all_documents

    def publishing_meanwhile(version: int):
        yield from real(version)
        page.refresh_from_db()
        page.title = "Pendant"
        page.save_revision().publish()
        outbox.drain_hurriedly()

    monkeypatch.setattr(outbox, "all_documents", publishing_meanwhile)
    for name in engines.names():
        assert outbox.rebuild(name).documents == {"fr": 2, "en": 1}
    assert [each.text for each in suggested("pendant")] == ["Pendant"]
    assert suggested("avant") == []
    assert OutboxRow.objects.count() == 0


def test_a_rebuild_reads_a_chunk_at_a_time(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hub.search.documents.CHUNK", 2)
    for number in range(5):
        site.page(f"Page {number}")
    for name in engines.names():
        assert outbox.rebuild(name).documents == {"fr": 6, "en": 1}


@pytest.mark.django_db(transaction=True)
class TestAcrossTransactions:
    def test_the_row_commits_with_the_page_and_is_drained_after(self, site: SmallSite) -> None:
        with transaction.atomic():
            site.page("Une charte")
            assert OutboxRow.objects.exists()
            assert found() == {"Accueil"}
        assert OutboxRow.objects.count() == 0
        assert found() == {"Accueil", "Une charte"}

    def test_deleting_outside_a_transaction(self, site: SmallSite) -> None:
        page = site.page("Une charte")
        assert found() == {"Accueil", "Une charte"}
        page.delete()
        assert found() == {"Accueil"}

    def test_repair_rebuilds_aside(self, site: SmallSite, settings: Any, tmp_path: Any) -> None:
        site.page("Une charte")
        settings.SEARCH_INDEX_DIR = tmp_path / "lost"
        settings.SEARCH_REPAIR = True
        with pytest.raises(EngineUnavailable):
            engines.engine("embedded").search(SearchQuery("fr"))
        for thread in threading.enumerate():
            if thread.name == "search-repair":
                thread.join(20)
        assert found() == {"Accueil", "Une charte"}


def test_expired_pages_are_named_once(site: SmallSite) -> None:
    page = site.page("Passé")
    OutboxRow.objects.all().delete()
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now())
    outbox.enqueue_expired()
    assert {(row.engine, row.page_id) for row in OutboxRow.objects.all()} == {(n, page.pk) for n in engines.names()}


# --- What stands in a page's document and is edited elsewhere ---


def test_a_renamed_place_is_brought_with_its_pages(site: SmallSite, committed: Any) -> None:
    with committed():
        site.page("Une charte", territories=("orne",))
    with committed():
        territory = Territory.objects.get(slug="orne")
        territory.slug = "perche"
        territory.save()
    for engine in every():
        page = engine.search(SearchQuery("fr"))
        assert [each.value for each in page.facets["territory"]] == ["perche"]
    with committed():
        territory.delete()
    for engine in every():
        assert engine.search(SearchQuery("fr")).facets["territory"] == ()


def test_a_tag_alone_is_brought(site: SmallSite, committed: Any) -> None:
    with committed():
        page = site.page("Une charte")
    with committed():
        AudienceTag.objects.create(tag=site.audience("elus"), content_object=page)
    for engine in every():
        assert [each.value for each in engine.search(SearchQuery("fr")).facets["audience"]] == ["elus"]


def test_an_index_that_missed_pages_is_mended(site: SmallSite, committed: Any) -> None:
    """No row tells what an engine missed while it was out of the settings."""
    with committed():
        site.page("Une charte")
        OutboxRow.objects.all().delete()
    call_command("drain_search")
    assert found() == {"Accueil", "Une charte"}


def test_what_a_rebuild_cannot_set_right_is_not_rebuilt_for_ever(site: SmallSite, monkeypatch: Any) -> None:
    from hub.home.models import PlainPage

    def poisoned(page: PlainPage) -> str:
        raise ValueError("bad data")

    monkeypatch.setattr(PlainPage, "search_body", poisoned)
    site.page("Empoisonnée")
    call_command("drain_search")
    generations = [engine.health().generation for engine in every()]
    call_command("drain_search")
    assert [engine.health().generation for engine in every()] == generations


@pytest.mark.django_db(transaction=True)
def test_a_change_and_its_rows_are_one_transaction(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the rows cannot be written, the change does not stand either: restricting, moving, unpublishing, deleting."""
    parent, other = site.page("Parent"), site.page("Autre")
    site.audience("elus")
    OutboxRow.objects.all().delete()

    def failing(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError("the disk is full")

    changes: dict[str, Callable[[], object]] = {
        "restrict": lambda: PageViewRestriction.objects.create(page=parent, restriction_type="login"),
        "move": lambda: Page.objects.get(pk=parent.pk).move(Page.objects.get(pk=other.pk), pos="last-child"),
        "unpublish": lambda: Page.objects.get(pk=parent.pk).unpublish(),
        "delete": lambda: Page.objects.get(pk=parent.pk).delete(),
        "tag": lambda: AudienceTag.objects.create(tag=site.audience("elus"), content_object=parent),
        "publish": lambda: site.page("Jamais"),
    }
    before = set(Page.objects.values_list("pk", "path", "live"))
    monkeypatch.setattr(OutboxRow.objects, "bulk_create", failing)
    for name, change in changes.items():
        with pytest.raises(RuntimeError):
            change()
        assert set(Page.objects.values_list("pk", "path", "live")) == before, name
        assert not PageViewRestriction.objects.exists() and not AudienceTag.objects.exists(), name
