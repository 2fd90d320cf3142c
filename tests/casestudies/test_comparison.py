"""Two to four cases side by side, named in the address: what is shown, what is said of what cannot be."""

import datetime
import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from casestudies.models import CaseStudyPage
from tests.conftest import Fetch
from tests.factories.blocks import block, figure
from tests.factories.hub import Hub
from tests.factories.vocabulary import OrganisationFactory, SourceFactory, in_english

pytestmark = pytest.mark.django_db


class Library:
    """A comparison page in both languages, a dossier page, and as many cases as a test asks for."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.page = hub.library("comparison", slug="comparer")
        self.english = hub.english(self.page, title="Compare", slug="compare")
        self.dossier = hub.library("dossier", slug="dossier")

    def case(self, slug: str, **values: Any) -> CaseStudyPage:
        name = values.pop("name", f"Organisme {slug}")
        values.setdefault("organisation", OrganisationFactory(name=name, slug=f"o-{slug}"))
        return self.hub.case(**{"title": f"Cas {slug}", "slug": slug, **values})

    def cases(self, *slugs: str) -> list[CaseStudyPage]:
        return [self.case(slug) for slug in slugs]

    @property
    def url(self) -> str:
        return self.page.get_url()


@pytest.fixture
def library(hub: Hub) -> Library:
    return Library(hub)


@pytest.fixture
def ask(library: Library, fetch: Fetch) -> Any:
    def asking(*slugs: str, url: str = "", **params: str) -> BeautifulSoup:
        return fetch(url or library.url, data={"case": list(slugs), **params})

    return asking


def heads(soup: BeautifulSoup) -> list[str]:
    return [head.find("span").get_text() for head in soup.select(".compare thead th")]


def said(soup: BeautifulSoup) -> str:
    return " ".join(message.get_text(" ") for message in soup.select(".messages"))


def cells(soup: BeautifulSoup, name: str) -> list[str]:
    """What a row says of each case; nothing where it says that it is not known."""
    texts = []
    for cell in soup.select(f"[data-row={name}] td"):
        cell.select_one(".cell-label").extract()
        texts.append("" if cell.select_one("i") else cell.get_text(" ", strip=True))
    return texts


def differs(soup: BeautifulSoup) -> set[str]:
    return {mark.find_parent("tr")["data-row"] for mark in soup.select(".compare .differs")}


def switched(soup: BeautifulSoup) -> str:
    return soup.select_one(".languages a")["href"]


# --- The table ---


def test_cases_stand_in_the_order_of_the_address_with_their_fields(library: Library, ask: Any) -> None:
    library.case("orne", legal_form="charter", people_teleworking=18, people_total=1500, period_start=2009)
    library.case("finistere", legal_form="trial", people_teleworking=250, people_eligible=1700, period_start=2009)
    soup = ask("finistere", "orne")
    assert heads(soup) == ["Organisme finistere", "Organisme orne"]
    assert cells(soup, "people_teleworking") == ["250", "18"]
    assert cells(soup, "people_eligible") == ["1\u202f700", ""]
    share = cells(soup, "people_share")
    assert (share[0].strip("\u00a0 %"), share[1]) == ("14,7", "")
    assert cells(soup, "people_total") == ["", "1\u202f500"]
    assert cells(soup, "period") == ["2009", "2009"]
    assert cells(soup, "places") == []


def test_only_known_answers_that_differ_are_marked_and_in_words(library: Library, ask: Any) -> None:
    library.case("un", legal_form="charter", places="home", period_start=2009, people_total=10)
    library.case("deux", legal_form="trial", places="unknown", period_start=2009, people_total=10)
    soup = ask("un", "deux")
    assert differs(soup) == {"legal_form"}
    assert soup.select_one("[data-row=legal_form] .differs").get_text(strip=True).strip("≠ ")
    only = ask("un", "deux", rows="differing")
    assert [line["data-row"] for line in only.select("[data-row]")] == ["legal_form"]
    assert heads(only) == heads(soup)


def test_a_rhythm_differs_by_the_choice_and_not_by_the_words_beside_it(library: Library, ask: Any) -> None:
    """The page says that texts in free words carry no mark."""
    library.case("un", rhythm="fixed", rhythm_detail="Le mardi.")
    library.case("deux", rhythm="fixed", rhythm_detail="Deux jours.")
    library.case("trois", rhythm="unknown", rhythm_detail="Un jour par semaine, selon la presse.")
    library.case("quatre", rhythm="flexible")
    assert "rhythm" not in differs(ask("un", "deux"))
    assert "rhythm" not in differs(ask("un", "trois"))
    assert cells(ask("un", "trois"), "rhythm")[1] == "Un jour par semaine, selon la presse."
    assert "rhythm" in differs(ask("un", "deux", "quatre"))


def test_what_no_case_tells_is_said_once_but_costs_and_doubts_keep_their_row(library: Library, ask: Any) -> None:
    library.cases("un", "deux")
    soup = ask("un", "deux")
    silent = soup.select_one(".compare-silent").get_text()
    for name, label in (("places", "Lieux"), ("rhythm", "Rythme")):
        assert cells(soup, name) == []
        assert label in silent
    for name in ("costs", "funding", "figures", "difficulties", "sources"):
        assert cells(soup, name) == ["", ""], name


def test_what_several_counted_stands_in_one_row(library: Library, ask: Any) -> None:
    SourceFactory()
    counted = {"label": "Agents en télétravail", "unit": "agents"}
    mine = [figure(value="18", **counted, year="2011"), figure(label="Contrats signés", value="35", unit="contrats")]
    library.case("un", figures=json.dumps([block("figure", each) for each in mine]))
    yours = [figure(label=f"Autre {number}", value=str(number)) for number in range(5)]
    yours.append(figure(value="250", **{**counted, "label": "agents en  télétravail"}, approximate=True, year="2017"))
    library.case("deux", figures=json.dumps([block("figure", each) for each in yours]))
    soup = ask("un", "deux")
    shared = [text.replace("\u00a0", " ") for text in cells(soup, "figures-0")]
    assert shared == ["18 agents (2011)", "environ 250 agents (2017)"]
    assert "figures-0" in differs(soup)
    others = soup.select("[data-row=figures] td")
    assert [len(cell.select("li")) for cell in others] == [0, 3]
    assert "Contrats signés" in others[0].get_text()


@pytest.mark.parametrize(("language", "share"), [("fr", "40\u00a0% (2011)"), ("en", "40% (2011)")])
def test_a_share_is_written_as_its_language_does(library: Library, ask: Any, language: str, share: str) -> None:
    SourceFactory()
    told = json.dumps([block("figure", figure(label="Part", value="40", unit="%", year="2011"))])
    for case in (library.case("un", figures=told), library.case("deux", figures=told)):
        library.hub.english(case, title=case.title, slug=f"{case.slug}-en")
    url = {"fr": library.url, "en": library.english.get_url()}[language]
    assert cells(ask("un", "deux", url=url), "figures-0") == [share, share]


def test_difficulties_and_sources_stand_side_by_side(library: Library, ask: Any) -> None:
    SourceFactory(key="A", title="Bilan", publisher="Dares", date="2011")
    problem = {"problem": "Peu de monde.", "answer": "<p>Une charte.</p><p>Des essais.</p>"}
    library.case(
        "un",
        difficulties=json.dumps([block("difficulty", problem)]),
        sources=json.dumps([block("source", "A")]),
        funding="<p>La Région &amp; l’État.</p>",
        unknowns=json.dumps([block("unknown", "Le coût <b>réel</b>.")]),
    )
    library.case("deux")
    soup = ask("un", "deux")
    difficulty = cells(soup, "difficulties")[0]
    assert difficulty.startswith("Peu de monde.") and difficulty.endswith("Une charte. Des essais.")
    assert cells(soup, "sources") == ["Dares, Bilan, 2011", ""]
    assert cells(soup, "funding")[0] == "La Région & l’État."
    assert cells(soup, "unknowns")[0] == "Le coût <b>réel</b>."


def test_the_table_keeps_its_meaning_when_it_is_stacked(library: Library, ask: Any) -> None:
    library.cases("un", "deux")
    table = ask("un", "deux").select_one("table.compare")
    assert table["role"] == "table"
    assert {each.get("role") for each in table.select("tr")} == {"row"}
    assert {each.get("role") for each in table.select("td")} == {"cell"}
    assert all(each.get("scope") and each.get("role") for each in table.select("th"))
    for line in table.select("[data-row]"):
        labels = [cell.select_one(".cell-label").get_text() for cell in line.select("td")]
        assert labels == ["Organisme un", "Organisme deux"]


# --- The choice lives in the address ---


def test_a_case_is_removed_and_another_added(library: Library, ask: Any) -> None:
    library.cases("un", "deux", "trois")
    soup = ask("un", "deux")
    removing = [link["href"] for link in soup.select(".compare-remove")]
    assert removing == ["?case=deux", "?case=un"]
    form = soup.select_one(".compare-choose form")
    assert form["method"] == "get"
    assert [field["value"] for field in form.select("input[type=hidden][name=case]")] == ["un", "deux"]
    assert [option["value"] for option in form.select("select[name=case] option")] == ["", "trois"]
    assert heads(ask("un", "deux", "trois")) == ["Organisme un", "Organisme deux", "Organisme trois"]
    assert heads(ask("un", "deux", "")) == ["Organisme un", "Organisme deux"]


def test_a_choice_is_titled_kept_from_search_engines_and_goes_on_to_the_dossier(library: Library, ask: Any) -> None:
    library.cases("un", "deux")
    soup = ask("un", "deux")
    assert "Organisme un · Organisme deux" in soup.title.get_text()
    assert soup.select_one("meta[name=robots]")["content"] == "noindex"
    assert soup.select_one(f'a[href="{library.dossier.get_url()}?case=un&case=deux"]')
    assert not ask().select_one("meta[name=robots]")


def test_switching_the_language_keeps_the_choice_both_ways(library: Library, ask: Any, fetch: Fetch) -> None:
    one, other = library.cases("un", "deux")
    in_english(one.organisation, name="Body one")
    library.hub.english(one, title="Case one", slug="one", organisation=in_english(other.organisation, name="Body one"))
    soup = ask("un", "deux")
    english = fetch(switched(soup))
    assert english.html["lang"] == "en"
    assert heads(english) == ["Body one", "Organisme deux"]
    assert [head.find("span").get("lang") for head in english.select(".compare thead th")] == [None, "fr"]
    assert switched(english) == f"{library.url}?case=one&case=deux"
    assert heads(fetch(switched(english))) == heads(soup)


def test_a_slug_of_two_languages_is_read_in_that_of_the_page(library: Library, ask: Any) -> None:
    one, other = library.cases("un", "meme")
    library.hub.english(one, title="Case one", slug="meme")
    library.hub.english(other, title="Case two", slug="two")
    assert heads(ask("meme")) == ["Organisme meme"]
    english = ask("meme", url=library.english.get_url())
    assert "Case one" in english.select_one(".compare tbody").get_text()


# --- Too few, too many, not there ---


def test_nothing_chosen_explains_and_lists_the_cases(library: Library, ask: Any) -> None:
    full = {"legal_form": "charter", "people_total": 10}
    for slug, values in (("vide", {}), ("un", full), ("deux", full)):
        library.case(slug, **values)
    soup = ask()
    assert not soup.select(".compare, .messages")
    boxes = soup.select("form input[type=checkbox][name=case]")
    assert {box["value"] for box in boxes} == {"vide", "un", "deux"}
    assert soup.select_one(".compare-pairs a")["href"] == "?case=un&case=deux"


def test_a_large_library_offers_some_and_leads_to_its_list(
    library: Library, ask: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.cases("un", "deux", "trois", "quatre")
    index = library.hub.section("cases")["fr"].get_url()
    assert not ask().select(f'article.tool a[href="{index}"]')
    monkeypatch.setattr("casestudies.comparing.views._OFFERED", 3)
    soup = ask()
    assert len(soup.select("input[type=checkbox]")) == 3
    assert soup.select_one(f'article.tool a[href="{index}"]')


def test_an_empty_library_says_so(library: Library, ask: Any) -> None:
    soup = ask()
    assert soup.select_one("article.tool > p").get_text(strip=True)
    assert not soup.select("article.tool form")


def test_one_case_is_shown_and_another_asked_for(library: Library, ask: Any) -> None:
    library.cases("un", "deux")
    soup = ask("un")
    assert heads(soup) == ["Organisme un"]
    assert not soup.select(".differs")
    assert soup.select_one("select[name=case] option[value=deux]")
    assert soup.select_one(".compare-remove")["href"] == library.url


def test_five_cases_make_four_and_the_fifth_is_named(library: Library, ask: Any) -> None:
    library.cases("un", "deux", "trois", "quatre", "cinq")
    soup = ask("un", "deux", "trois", "quatre", "cinq")
    assert len(heads(soup)) == 4
    assert "« Cas cinq »" in said(soup).replace("\u00a0", " ")
    assert "Cas un" not in said(soup)
    assert not soup.select("select[name=case]")


def test_a_double_counts_once_in_whatever_language(library: Library, ask: Any) -> None:
    one, _other = library.cases("un", "deux")
    library.hub.english(one, title="Case one", slug="one")
    soup = ask("un", "un", "one", "deux", "un")
    assert heads(soup) == ["Organisme un", "Organisme deux"]
    assert not soup.select(".messages")


@pytest.mark.parametrize("hidden", ["draft", "expired", "restricted", "below a door", "never"])
def test_what_cannot_be_shown_is_not_told_apart(library: Library, ask: Any, hidden: str) -> None:
    library.case("un")
    if hidden != "never":
        secret = library.case("secret", title="Zqcanari", name="Zqcanari")
        if hidden == "draft":
            secret.unpublish()
        elif hidden == "expired":
            CaseStudyPage.objects.filter(pk=secret.pk).update(expire_at=timezone.now() - datetime.timedelta(hours=1))
        elif hidden == "restricted":
            PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
        else:
            door = library.hub.library("likeness", slug="porte")
            secret.move(door, pos="last-child")
            PageViewRestriction.objects.create(page=door, restriction_type=PageViewRestriction.LOGIN)
    soup = ask("un", "secret")
    expected = ask("un", "zzz")
    assert heads(soup) == ["Organisme un"]
    assert "Zqcanari" not in str(soup)
    assert said(soup).replace("secret", "zzz") == said(expected)


def test_long_and_strange_slugs_are_shortened_quoted_and_harmless(library: Library, client: Client) -> None:
    library.case("un")
    hostile = [
        "x" * 10_000,
        "\x00",
        "a\x00b",
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "é" * 300,
        "\u202e",
        "%s %(x)s",
    ]
    for slug in hostile:
        response = client.get(library.url, {"case": ["un", slug]})
        assert response.status_code == 200, slug
        soup = BeautifulSoup(response.content, "html.parser")
        assert heads(soup) == ["Organisme un"]
        assert 0 < len(said(soup)) < 200
        assert "\x00" not in response.content.decode()
        assert b"<script>alert" not in response.content
    many = client.get(library.url, {"case": [f"inconnu-{number}" for number in range(500)]})
    assert many.status_code == 200
    assert len(said(BeautifulSoup(many.content, "html.parser"))) < 300


@limits(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.lists(st.sampled_from(["un", "deux", "trois", "quatre", "cinq", "x", "", " ", "\x00"]), max_size=9))
def test_any_list_of_slugs_gives_what_it_names_once_and_in_order(
    five: Library, client: Client, asked: list[str]
) -> None:
    known = [slug for slug in dict.fromkeys(asked) if slug in ("un", "deux", "trois", "quatre", "cinq")]
    response = client.get(five.url, {"case": asked})
    assert response.status_code == 200
    assert not response.cookies
    soup = BeautifulSoup(response.content, "html.parser")
    assert heads(soup) == [f"Organisme {slug}" for slug in known[:4]]
    unknown = any(slug.strip() and slug not in known for slug in asked)
    assert bool(soup.select(".messages")) == (unknown or len(known) > 4)


@pytest.fixture
def five(library: Library) -> Library:
    library.cases("un", "deux", "trois", "quatre", "cinq")
    return library


def test_a_comparison_takes_no_post(library: Library, client: Client) -> None:
    library.case("un")
    assert client.post(library.url, {"case": "un"}).status_code == 403


# --- Cost ---


def test_a_comparison_costs_the_same_for_two_cases_and_for_four_among_many(library: Library, client: Client) -> None:
    SourceFactory()
    figures = json.dumps([block("figure", figure()) for _ in range(3)])
    for slug in ("un", "deux", "trois", "quatre", "cinq"):
        library.case(slug, figures=figures, territories=["calvados", "orne"])

    def cost(*slugs: str) -> int:
        cache.clear()
        client.get(library.url, {"case": list(slugs)})
        with CaptureQueriesContext(connection) as captured:
            client.get(library.url, {"case": list(slugs)})
        return len(captured)

    two, three = cost("un", "deux"), cost("un", "deux", "trois")
    for number in range(20):
        library.case(f"autre-{number}")
    assert two == three == cost("deux", "trois", "quatre") <= 16
    assert cost("un", "deux", "trois", "quatre") < two
