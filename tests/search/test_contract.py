"""What any engine of the hub must do. Order is asserted as "among the first three": scores differ between engines."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from hub.search.engine import Delete, EngineUnavailable, SearchEngine, SearchPage, SearchQuery, Upsert
from hub.search.lexicon import synonyms
from hub.search.plan import normalise, plan
from tests.factories.search import doc

FRENCH = {
    1: doc(1, "L’employeur peut-il refuser le télétravail ?", "Il répond par écrit. Article L. 1222-9 du code."),
    2: doc(2, "Qui paie les frais du télétravail ?", "Une indemnité forfaitaire, exonérée de cotisations."),
    3: doc(3, "Guide de la négociation", "Dix étapes pour préparer un entretien avec la direction."),
    4: doc(4, "Un tiers-lieu à Mortagne", "Des bureaux partagés ouverts aux salariés du Perche."),
    5: doc(5, "Se déconnecter le soir", "Les plages horaires et le droit au repos. Été comme hiver."),
    6: doc(6, "Poste éligible ou non", "La liste des activités compatibles est jointe à la charte."),
    7: doc(7, "Assurance du logement", "Une attestation multirisque suffit le plus souvent."),
    8: doc(8, "Nouveaux habitants", "Accueillir ceux qui s’installent à la campagne. Des œuvres communes."),
    9: doc(9, "Saisir le conseil de prud’hommes", "Quand le litige dure."),
}
FRENCH_PAIRS = [
    ("refus", 1), ("refuser", 1), ("l'employeur refuse", 1), ("mon EMPLOYEUR peut il refuser", 1), ("L1222-9", 1),
    ("l. 1222-9", 1), ("article l 1222 9", 1), ("indemnites", 2), ("indemnité", 2), ("remboursement des frais", 2),
    ("qui paie", 2), ("negociation", 3), ("négocier", 3), ("négocie", 3), ("étape", 3), ("etapes", 3),
    ("tiers lieux", 4), ("tiers-lieu", 4), ("coworking", 4), ("d’un bureau partagé", 4), ("déconnexion", 5),
    ("ete", 5), ("éligibilité", 6), ("eligible", 6), ("la charte", 6), ("assurance habitation", 7),
    ("nouvel habitant", 8), ("oeuvre", 8), ("prud'hommes", 9), ("prudhommes", 9), ("tierslieux", 4), ("co working", 4),
    ("TT refus", 1), ("mon patron ne veut pas", 1), ("10 étapes", 3), ("dix etapes", 3), ("week-end", 5),
    ("bureaux partagées", 4), ("allowance", 2),
]  # fmt: skip
ENGLISH = {
    11: doc(11, "Can my employer refuse telework?", "The employer’s reasons must be written.", locale="en"),
    12: doc(12, "Who pays the costs of telework?", "A flat-rate allowance covers most expenses.", locale="en"),
    13: doc(13, "Negotiation guide", "Ten steps before you meet your manager.", locale="en"),
    14: doc(14, "A shared workplace in Mortagne", "Desks for everyone; opened in summer.", locale="en"),
    15: doc(15, "Councils and their staff", "Companies and councils differ.", locale="en"),
}
ENGLISH_PAIRS = [
    ("refusal", 11), ("refused", 11), ("employer's reason", 11), ("can my boss say no", 11), ("allowances", 12),
    ("who pays", 12), ("cost", 12), ("negotiate", 13), ("step", 13), ("coworking", 14), ("shared workplaces", 14),
    ("company", 15), ("local authority", 15), ("co working", 14), ("negotiating", 13), ("ten steps", 13),
    ("10 steps", 13), ("WFH refusal", 11), ("employer won't let me", 11), ("indemnité", 12), ("refus", 11),
]  # fmt: skip


def query(text: str, locale: str = "fr", **values: object) -> SearchQuery:
    clean = normalise(text)
    return SearchQuery(locale, plan(clean, locale, synonyms(locale)), clean, **values)  # type: ignore[arg-type]


def ask(engine: SearchEngine, text: str, locale: str = "fr", **values: object) -> SearchPage:
    return engine.search(query(text, locale, **values))


def ids(page: SearchPage) -> list[int]:
    return [hit.id for hit in page.hits]


def put(engine: SearchEngine, *docs: object) -> None:
    engine.apply([Upsert(each) for each in docs], wait_visible=True)  # type: ignore[arg-type]


@pytest.fixture
def library(engine: SearchEngine) -> SearchEngine:
    engine.rebuild([*FRENCH.values(), *ENGLISH.values()], since=1)
    return engine


# --- Finding ---


@pytest.mark.parametrize(("text", "expected"), FRENCH_PAIRS)
def test_french(library: SearchEngine, text: str, expected: int) -> None:
    assert expected in ids(ask(library, text))[:3]


@pytest.mark.parametrize(("text", "expected"), ENGLISH_PAIRS)
def test_english(library: SearchEngine, text: str, expected: int) -> None:
    assert expected in ids(ask(library, text, "en"))[:3]


def test_a_language_finds_its_own_pages_only(library: SearchEngine) -> None:
    assert set(ids(ask(library, "Mortagne"))) == {4}
    assert set(ids(ask(library, "Mortagne", "en"))) == {14}
    assert ask(library, "", "de").total == 0


def test_quoted_text_is_met_as_it_is(library: SearchEngine) -> None:
    assert ids(ask(library, '"bureaux partagés"')) == [4]
    assert ask(library, '"bureau partagé"').total == 0
    assert ids(ask(library, '"à la campagne"')) == [8]


def test_an_article_number_is_not_taken_for_its_neighbours(library: SearchEngine) -> None:
    put(library, doc(50, "Une autre disposition", "Article R1222-9."), doc(51, "Encore une", "Article L1222-10."))
    assert ids(ask(library, "L1222-9")) == [1]


def test_title_counts_more_than_body(engine: SearchEngine) -> None:
    put(engine, doc(1, "Autre chose", "covoiturage " * 3), doc(2, "Le covoiturage", "Autre chose encore, et plus."))
    assert ids(ask(engine, "covoiturage")) == [2, 1]


def test_boost_moves_a_page_back(engine: SearchEngine) -> None:
    put(engine, doc(1, "Le covoiturage", boost=0.5), doc(2, "Le covoiturage", boost=1.0))
    assert ids(ask(engine, "covoiturage")) == [2, 1]


def test_keywords_are_found(engine: SearchEngine) -> None:
    put(engine, doc(1, "Sans rapport", keywords=("L3132-28", "Bellême")))
    assert ids(ask(engine, "l 3132-28")) == ids(ask(engine, "belleme")) == [1]


def test_most_of_a_long_question_is_enough(library: SearchEngine) -> None:
    assert 1 in ids(ask(library, "peut-on refuser par écrit selon le code un vendredi"))[:3]


def test_relaxed_query_meets_any_word(library: SearchEngine) -> None:
    assert ask(library, "Mortagne attestation").total == 0
    assert set(ids(ask(library, "Mortagne attestation", relaxed=True))) == {4, 7}


# --- Lists, pages and facets ---


def test_neither_text_nor_clauses_lists_everything_newest_first(engine: SearchEngine) -> None:
    day = datetime(2026, 1, 1, tzinfo=UTC)
    put(engine, *(doc(n, f"Page {n}", published=day + timedelta(days=n)) for n in (2, 3, 1)))
    assert ids(ask(engine, "")) == [3, 2, 1]


@pytest.mark.parametrize("text", ["le la les", "!!!", '"', '""', "«»", "l'", "😀", "( ) [ ] { } : ^ ~ * ? \\ / + - ||"])
def test_text_without_a_word_finds_nothing(library: SearchEngine, text: str) -> None:
    assert ask(library, text).total == 0


@pytest.mark.parametrize(
    "text",
    [
        "refus" * 5000,
        "mot " * 5000,
        '"refus ' * 300,
        "refus\x00\ud800\u202e\u200b",
        "<script>alert(1)</script>",
        "title:refus OR body:* AND NOT (x",
        "refus~2 ^4 [a TO b] /.*/",
        "' OR 1=1 --",
        "%s %(x)s {{ 7*7 }} ${jndi:ldap://x}",
        "مرحبا 你好 Здравствуйте",
    ],
)
def test_hostile_and_long_text_is_only_text(library: SearchEngine, text: str) -> None:
    page = ask(library, text)
    assert page.total >= 0
    library.autocomplete(normalise(text), "fr")


def test_pages_cover_every_hit_once(engine: SearchEngine) -> None:
    put(engine, *(doc(n, f"Réunion numéro {n}") for n in range(1, 26)))
    pages = [ask(engine, "réunion", page=number, size=10) for number in (1, 2, 3, 4)]
    assert [page.total for page in pages] == [25] * 4
    assert [len(page.hits) for page in pages] == [10, 10, 5, 0]
    assert len({hit for page in pages for hit in ids(page)}) == 25


@pytest.fixture
def tagged(engine: SearchEngine) -> SearchEngine:
    put(
        engine,
        doc(1, "Atelier un", type="guide", audiences=("salaries",), territories=("orne",)),
        doc(2, "Atelier deux", type="guide", audiences=("salaries", "elus"), territories=("manche",)),
        doc(3, "Atelier trois", type="legal", audiences=("elus",), territories=("orne",), sectors=("banque",)),
        doc(4, "Rien à voir", type="legal", audiences=("independants",)),
    )
    return engine


def counts(page: SearchPage, facet: str) -> dict[str, int]:
    return {each.value: each.count for each in page.facets[facet]}


def test_facets_count_what_was_found(tagged: SearchEngine) -> None:
    page = ask(tagged, "atelier")
    assert counts(page, "audience") == {"salaries": 2, "elus": 2}
    assert counts(page, "type") == {"guide": 2, "legal": 1}
    assert counts(page, "territory") == {"orne": 2, "manche": 1}
    assert counts(page, "sector") == {"banque": 1}


def test_a_facet_ignores_its_own_filter(tagged: SearchEngine) -> None:
    page = ask(tagged, "atelier", filters={"audience": frozenset({"salaries"})})
    assert set(ids(page)) == {1, 2}
    assert counts(page, "audience") == {"salaries": 2, "elus": 2}
    assert counts(page, "type") == {"guide": 2}
    assert {each.value for each in page.facets["audience"] if each.selected} == {"salaries"}


def test_values_of_a_facet_widen_and_facets_narrow(tagged: SearchEngine) -> None:
    both = frozenset({"salaries", "elus"})
    assert ask(tagged, "atelier", filters={"audience": both}).total == 3
    page = ask(tagged, "atelier", filters={"audience": both, "territory": frozenset({"orne"})})
    assert set(ids(page)) == {1, 3}
    assert counts(page, "territory") == {"orne": 2, "manche": 1}
    assert counts(page, "audience") == {"salaries": 1, "elus": 1}


def test_a_chosen_value_that_finds_nothing_is_still_told(tagged: SearchEngine) -> None:
    page = ask(tagged, "atelier", filters={"sector": frozenset({"transport"})})
    assert page.total == 0
    assert [(each.value, each.count) for each in page.facets["sector"] if each.selected] == [("transport", 0)]


# --- Passages, suggestions, spelling ---


def test_passages_are_pairs_of_plain_text(engine: SearchEngine) -> None:
    words = "Avant toute chose, il faut du temps. " * 20
    text = f"{words}<b>La</b> négociation <script>x</script> commence. {words}"
    put(engine, doc(1, "Préparer", text))
    fragments = ask(engine, "negocier").hits[0].fragments
    assert [words for words, is_match in fragments if is_match] == ["négociation"]
    passage = "".join(words for words, _is_match in fragments)
    assert "<b>La</b> négociation <script>x</script> commence" in passage
    assert len(passage) < 400


def test_a_passage_with_the_visitor_s_own_word_is_preferred(engine: SearchEngine) -> None:
    put(engine, doc(1, "Argent", "Le remboursement des frais. " * 5 + "Autre chose. " * 40 + "Une indemnité unique."))
    marked = [words for words, is_match in ask(engine, "indemnité").hits[0].fragments if is_match]
    assert marked == ["indemnité"]


def test_without_a_match_in_the_text_the_summary_is_shown(engine: SearchEngine) -> None:
    put(engine, doc(1, "Covoiturage", "Corps.", summary="Rouler ensemble."))
    assert ask(engine, "covoiturage").hits[0].fragments == (("Rouler ensemble.", False),)
    assert ask(engine, "covoiturage", highlight=False).hits[0].fragments == ()


def test_autocomplete_is_by_language_and_without_accents(library: SearchEngine) -> None:
    assert [each.id for each in library.autocomplete("negoc", "fr")] == [3]
    assert [each.id for each in library.autocomplete("guide de la NÉGO", "fr")] == [3]
    assert [each.id for each in library.autocomplete("nego", "en")] == [13]
    assert library.autocomplete("zzz", "fr") == library.autocomplete("", "fr") == []


def test_autocomplete_begins_with_titles_that_begin_so(engine: SearchEngine) -> None:
    put(engine, doc(1, "Le refus de l’employeur"), doc(2, "Refus et recours en détail"))
    assert [each.id for each in engine.autocomplete("refu", "fr")] == [2, 1]
    assert engine.autocomplete("refu", "fr", limit=1)[0].text == "Refus et recours en détail"


@pytest.mark.parametrize(("typed", "meant"), [("mortange", "mortagne"), ("attestattion", "attestation")])
def test_did_you_mean(library: SearchEngine, typed: str, meant: str) -> None:
    assert ask(library, typed).suggestion == meant


def test_words_that_are_known_are_left_alone(library: SearchEngine) -> None:
    assert ask(library, "refus").suggestion is None
    assert ask(library, "coworking zzzzzz").suggestion is None


def test_a_deleted_page_leaves_no_word_behind(engine: SearchEngine) -> None:
    put(engine, doc(1, "Le mot canarille"), doc(2, "Un autre"))
    engine.apply([Delete(1, version=2)], wait_visible=True)
    assert ask(engine, "canarile").suggestion is None
    assert engine.autocomplete("canar", "fr") == []


# --- Writing ---


def test_a_change_is_visible_when_asked_to_wait(engine: SearchEngine) -> None:
    put(engine, doc(1, "Ancien titre"))
    put(engine, doc(1, "Nouveau titre", version=2))
    assert ask(engine, "ancien").total == 0
    assert ids(ask(engine, "nouveau")) == [1]


def test_a_stale_version_is_ignored(engine: SearchEngine) -> None:
    put(engine, doc(1, "Récent", version=5))
    report = engine.apply([Upsert(doc(1, "Périmé", version=4)), Delete(1, version=3)], wait_visible=True)
    assert report.stale == 2
    assert ids(ask(engine, "récent")) == [1]
    assert ask(engine, "périmé").total == 0


def test_the_same_version_may_be_applied_again(engine: SearchEngine) -> None:
    put(engine, doc(1, "Titre", version=5))
    put(engine, doc(1, "Titre corrigé", version=5))
    assert ids(ask(engine, "corrigé")) == [1]
    assert engine.health().documents["fr"] == 1


def test_delete_is_idempotent(engine: SearchEngine) -> None:
    put(engine, doc(1, "Titre"))
    assert engine.apply([Delete(1, version=2)], wait_visible=True).deleted == 1
    assert engine.apply([Delete(1, version=2), Delete(99, version=2)], wait_visible=True).deleted == 0
    assert ask(engine, "").total == 0


def test_a_page_that_changes_language_leaves_the_other(engine: SearchEngine) -> None:
    put(engine, doc(1, "Mortagne"))
    put(engine, doc(1, "Mortagne", locale="en", version=2))
    assert ask(engine, "Mortagne").total == 0
    assert ids(ask(engine, "Mortagne", "en")) == [1]


def test_operations_on_one_page_in_one_call_follow_their_order(engine: SearchEngine) -> None:
    engine.apply([Upsert(doc(1, "Un")), Delete(1, version=2), Upsert(doc(1, "Trois", version=3))], wait_visible=True)
    assert ids(ask(engine, "")) == ids(ask(engine, "trois")) == [1]


def test_health(engine: SearchEngine) -> None:
    put(engine, doc(1, "Titre", version=7), doc(2, "Title", locale="en", version=9))
    health = engine.health()
    assert health.ok
    assert health.documents == {"fr": 1, "en": 1}
    assert health.sequence == 9
    assert health.generation


def test_rebuild_replaces_everything(engine: SearchEngine) -> None:
    put(engine, doc(1, "Orphelin"))
    report = engine.rebuild([doc(2, "Gardé", version=4)], since=4)
    assert report.documents == {"fr": 1, "en": 0}
    assert ids(ask(engine, "")) == [2]
    assert engine.health().sequence == 4


def test_a_rebuild_that_fails_changes_nothing(engine: SearchEngine) -> None:
    put(engine, doc(1, "Toujours là"))

    def failing():
        yield doc(2, "Jamais vu")
        raise RuntimeError("the database went away")

    with pytest.raises((RuntimeError, EngineUnavailable)):
        engine.rebuild(failing(), since=9)
    assert ids(ask(engine, "")) == [1]
    put(engine, doc(3, "On écrit encore"))
    assert ask(engine, "").total == 2


def test_rebuild_under_concurrent_reads_and_writes_loses_nothing(engine: SearchEngine) -> None:
    """Readers always get an answer; what an engine refuses to write during the rebuild, the writer writes after."""
    base = [doc(n, f"Réunion {n}") for n in range(1, 301)]
    engine.rebuild(base, since=1)
    stop, reading, failures, begun_during = threading.Event(), threading.Event(), [], []

    def read() -> None:
        while not stop.is_set():
            try:
                if ask(engine, "réunion").total < 300:
                    failures.append("pages are missing")
            except EngineUnavailable as error:
                failures.append(str(error))

    def write() -> None:
        for number in range(1001, 1011):
            begun_during.append(rebuilding.is_alive())
            while True:
                try:
                    put(engine, doc(number, f"Réunion {number}", version=number))
                    break
                except EngineUnavailable:
                    time.sleep(0.01)

    def slowly():
        """What was written before these are read would be among them, as it is when they come from the database."""
        reading.set()
        for each in base:
            time.sleep(0.005)
            yield each

    threads = [threading.Thread(target=read), threading.Thread(target=read), threading.Thread(target=write)]
    rebuilding = threading.Thread(target=lambda: engine.rebuild(slowly(), since=1))
    rebuilding.start()
    assert reading.wait(30)
    for thread in threads:
        thread.start()
    rebuilding.join()
    threads[2].join()
    stop.set()
    for thread in threads[:2]:
        thread.join()
    assert failures == []
    assert any(begun_during)
    assert ask(engine, "réunion").total == 310
