""" "Communes like mine": the ranking with its reasons, and whatever people type."""

import gzip
import json
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from casestudies.models import CaseStudyPage, Organisation
from hub.geography import communes
from hub.vocabulary.models import PageTerritory
from tests.factories.hostile import queries as hostile
from tests.factories.hub import Hub
from tests.factories.vocabulary import OrganisationFactory, TerritoryFactory

VIRE, CAEN, COUTANCES, ALENCON, ESSAY = "14762", "14118", "50147", "61001", "61156"


@pytest.fixture
def library(hub: Hub) -> Callable[..., CaseStudyPage]:
    """``library("Vire en essai", VIRE, setting="urban")``: a case with its organisation's place."""

    def adding(title: str, code: str = "", *, territories: tuple[str, ...] = (), **place: Any) -> CaseStudyPage:
        language = place.pop("language", "en")
        organisation = OrganisationFactory.build(
            locale=getattr(hub, language), commune_code=code, **{"setting": "mixed", **place}
        )
        organisation.clean()
        organisation.save()
        page = hub.case(language, title=title, organisation=organisation)
        for slug in territories:
            PageTerritory.objects.create(page=page, territory=TerritoryFactory(slug=slug))
        return page

    return adding


@pytest.fixture
def url(hub: Hub) -> str:
    hub.library("likeness", slug="communes-fr")
    return hub.library("likeness", "en", slug="communes-en", title="Communes like mine").url


def titles(soup: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in soup.select(".likeness-cards .card-title a, .likeness-others > li > a")]


def reasons(soup: BeautifulSoup, title: str) -> str:
    link = soup.find("a", string=title)
    return " ".join(each.get_text() for each in link.find_parent("li").select("p:not(.kicker)")).replace("\u202f", " ")


@pytest.mark.django_db
def test_cases_are_ranked_with_their_reasons(library: Any, url: str, fetch: Any) -> None:
    library("No place", kind="programme")
    library("A far town", ALENCON, setting="urban", territories=("orne",))
    library("A far country", setting="rural", population=6_000, kind="territory", territories=("hors-normandie",))
    library("At home", VIRE, setting="urban", territories=("calvados",))
    library("A city in the département", CAEN, setting="urban", territories=("calvados",))
    soup = fetch(url, data={"commune": "vire normandie"})
    assert titles(soup) == ["At home", "A far town", "A city in the département", "A far country", "No place"]
    assert "Like Vire Normandie: same commune, a commune of 10,000 to 50,000 inhabitants, in an urban area." in reasons(
        soup, "At home"
    )
    assert "Closeness: 100 out of 100" in reasons(soup, "At home")
    city = reasons(soup, "A city in the département")
    assert "Like Vire Normandie: in an urban area, same département." in city
    assert "larger (a commune of 50,000 inhabitants or more), 54 km away, another intercommunal authority." in city
    town = reasons(soup, "A far town")
    assert "10,000 to 50,000 inhabitants" in town and "another département" in town
    country = reasons(soup, "A far country")
    assert "What differs: smaller (a territory of under 15,000 inhabitants), in a rural area" in country
    assert "outside Calvados, Manche and Orne" in country and "Not known: distance." in country
    assert reasons(soup, "No place") == "This case belongs to no place that can be compared."


@pytest.mark.django_db
def test_a_neighbour_in_the_same_authority_is_close(library: Any, url: str, fetch: Any) -> None:
    library("Next door", VIRE, setting="rural")
    neighbour = next(
        each
        for each in communes.all_communes()
        if each.epci == communes.commune(VIRE).epci and each.is_rural and each.code != VIRE
    )
    told = reasons(fetch(url, data={"insee": neighbour.code}), "Next door")
    assert f"Like {neighbour.name}: in a rural area," in told
    assert "km away, same intercommunal authority." in told


@pytest.mark.django_db
def test_facts_of_the_commune_stand_beside_with_year_and_licence(url: str, fetch: Any) -> None:
    for code, kind in ((VIRE, "urban"), (ESSAY, "rural")):
        commune = communes.commune(code)
        soup = fetch(url, data={"insee": code})
        facts = soup.select_one(".glance").get_text(" ", strip=True)
        for said in (
            commune.name,
            f"{commune.population:,}",
            f"legal population in force in {communes.year()}",
            commune.epci.name,
            f"{commune.epci.population:,} inhabitants",
            kind,
            "rural below 2,000 inhabitants",
            "Insee, DGCL, IGN",
            "Licence Ouverte 2.0",
        ):
            assert said in facts, said
        assert soup.select_one("title").get_text().startswith(f"Communes like {commune.name}")
        assert soup.select_one("#closest").has_attr("autofocus")
        assert soup.select_one("#id_commune")["value"] == commune.name


@pytest.mark.django_db
def test_what_an_organisation_leaves_open_is_taken_from_its_codes(hub: Hub, url: str, fetch: Any) -> None:
    """Rows that no editor's form has filled in: a commune's code alone, or an authority's alone."""
    epci = communes.commune(COUTANCES).epci
    town = OrganisationFactory(locale=hub.en, commune_code=COUTANCES, setting="urban")
    hub.case("en", title="By commune", organisation=town)
    hub.case(
        "en",
        title="By authority",
        organisation=OrganisationFactory(locale=hub.en, epci_code=epci.code, kind=Organisation.Kind.TERRITORY),
    )
    soup = fetch(url, data={"insee": COUTANCES})
    assert "same commune, a commune of 2,000 to 10,000 inhabitants" in reasons(soup, "By commune")
    assert "a territory of 15,000 to 50,000 inhabitants" in reasons(soup, "By authority")
    assert "same intercommunal authority" in reasons(soup, "By authority")


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "setting"), [("public", "mixed"), ("programme", "mixed"), ("territory", "rural")])
def test_the_seat_of_what_is_wider_says_nothing_of_its_size(
    library: Any, url: str, fetch: Any, kind: str, setting: str
) -> None:
    """A département's council in Caen is no commune of so many inhabitants."""
    library("A council", CAEN, kind=kind, setting=setting, territories=("calvados",))
    told = reasons(fetch(url, data={"insee": CAEN}), "A council")
    assert "same commune" in told
    assert "inhabitants or more" not in told
    assert "Not known: number of inhabitants." in told


@pytest.mark.django_db
def test_only_what_visitors_may_see_is_ranked(hub: Hub, library: Any, url: str, fetch: Any) -> None:
    library("Seen", VIRE)
    hub.case("en", title="Draft", live=False)
    locked = hub.case("en", title="Locked")
    PageViewRestriction.objects.create(page=locked, restriction_type=PageViewRestriction.LOGIN)
    library("En français", VIRE, language="fr")
    assert titles(fetch(url, data={"insee": VIRE})) == ["Seen"]


@pytest.mark.django_db
def test_an_empty_library_says_so(url: str, fetch: Any) -> None:
    soup = fetch(url, data={"insee": VIRE})
    assert "holds no case yet" in soup.select_one(".likeness").get_text()
    assert not soup.select(".likeness-ways a")


@pytest.mark.django_db
def test_the_closest_go_on_to_comparison_and_dossier(hub: Hub, library: Any, url: str, fetch: Any) -> None:
    for number, code in enumerate((VIRE, CAEN, COUTANCES, ALENCON)):
        library(f"Case {number}", code)
    assert not fetch(url, data={"insee": VIRE}).select(".likeness-ways a"), "no such pages yet"
    compare_url, dossier_url = (hub.library(name, "en", slug=name).url for name in ("comparison", "dossier"))
    soup = fetch(url, data={"insee": VIRE})
    first = [link["href"].rstrip("/").rsplit("/", 1)[1] for link in soup.select(".likeness-cards .card-title a")][:3]
    query = "&".join(f"case={slug}" for slug in first)
    assert [link["href"] for link in soup.select(".likeness-ways a")] == [
        f"{compare_url}?{query}",
        f"{dossier_url}?{query}",
    ]


@pytest.mark.django_db
def test_one_case_alone_is_not_compared(hub: Hub, library: Any, url: str, fetch: Any) -> None:
    library("Alone", VIRE)
    hub.library("comparison", "en")
    dossier = hub.library("dossier", "en", slug="dossier")
    assert [link["href"].split("?")[0] for link in fetch(url, data={"insee": VIRE}).select(".likeness-ways a")] == [
        dossier.url
    ]


@pytest.mark.django_db
def test_the_rest_stands_shorter_on_further_pages(library: Any, url: str, fetch: Any, client: Client) -> None:
    for number in range(40):
        library(f"Case {number:02}", VIRE)
    first = fetch(url, data={"insee": VIRE})
    assert len(first.select(".likeness-cards li")) == 6
    assert titles(first) == [f"Case {number:02}" for number in range(30)]
    assert len(gzip.compress(client.get(url, {"insee": VIRE}).content)) <= 10_000
    onward = first.select_one(".pagination a[rel=next]")["href"]
    second = fetch(url + onward)
    assert titles(second) == [f"Case {number:02}" for number in range(30, 40)]
    assert second.select_one(".likeness-others")["start"] == "31"
    assert not second.select(".likeness-cards")
    for wrong in ("99", "none", "-1"):
        answered = fetch(url, data={"insee": VIRE, "page": wrong})
        assert wrong in answered.select_one(".messages").get_text()
        assert titles(answered)


# --- Which commune? ---


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Vire", "Vire Normandie"),
        ("  vire   NORMANDIE ", "Vire Normandie"),
        (VIRE, "Vire Normandie"),
        ("14000", "Caen"),
        ("l'aigle", "L’Aigle"),
        ("St Lo", "Saint-Lô"),
        ("Le Tourneur", "Souleuvre en Bocage"),
    ],
)
def test_a_commune_is_found_by_any_of_its_names_and_codes(url: str, fetch: Any, words: str, name: str) -> None:
    soup = fetch(url, data={"commune": words})
    assert soup.select_one(".glance h2").get_text() == name
    assert soup.select_one("#id_commune")["value"] == words
    assert (f"is now part of {name}" in soup.select_one(".glance").get_text()) is (words == "Le Tourneur")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Argentan", "Le Mêle-sur-Sarthe", "Les Moutiers-en-Cinglais"])
def test_french_contracts_no_name_of_a_commune_wrongly(hub: Hub, library: Any, url: str, fetch: Any, name: str) -> None:
    """ "de Argentan", "à Le Mêle": no sentence puts a name where French would contract it."""
    library("Ailleurs", language="fr", territories=("hors-normandie",))
    text = fetch("/fr/etudes-de-cas/communes-fr/", data={"commune": name}).main.get_text(" ")
    assert name in text
    for word in ("de", "à"):
        assert f" {word} {name}" not in text


@pytest.mark.django_db
def test_several_communes_are_offered_with_what_tells_them_apart(url: str, fetch: Any) -> None:
    """61300 is the postal code of nine communes and the INSEE code of a tenth."""
    soup = fetch(url, data={"commune": "61300"})
    choices = soup.select(".likeness-choices a")
    shared = [each for each in communes.all_communes() if "61300" in each.postal_codes or each.code == "61300"]
    assert len(choices) == len(shared) > 2
    assert choices[0].get_text() == "L’Aigle (Orne)"
    assert "CC des Pays de L’Aigle" in soup.select_one(".likeness-choices small").get_text()
    assert not soup.select(".error-summary") and not soup.select(".likeness-cards")
    for choice in choices:
        answered = fetch(url + choice["href"])
        assert choice.get_text().startswith(answered.select_one(".glance h2").get_text())


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["Alancon", "Alenson", "alen"])
def test_nearest_spellings_are_offered_and_nothing_typed_is_lost(url: str, fetch: Any, words: str) -> None:
    soup = fetch(url, data={"commune": words})
    field = soup.select_one("#id_commune")
    assert field["value"] == words and field["aria-invalid"] == "true"
    told = soup.select_one(f"#{field['aria-describedby'].split()[-1]}").get_text()
    assert "Calvados, Manche and Orne" in told
    assert soup.select_one(".error-summary a")["href"] == "#id_commune"
    assert soup.select_one(".error-summary").has_attr("autofocus")
    near = soup.select_one(".likeness-choices a")
    assert near.get_text() == "Alençon (Orne)"
    assert fetch(url + near["href"]).select_one(".glance h2").get_text() == "Alençon"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("75001", "lies outside Calvados, Manche and Orne"),
        ("2A004", "lies outside Calvados, Manche and Orne"),
        ("14999", "only those of Calvados, Manche and Orne"),
        ("Marseille", "only those of Calvados, Manche and Orne"),
        ("", "Write the name or the code"),
        ("   ", "Write the name or the code"),
    ],
)
def test_a_commune_that_is_not_ours_is_said_and_the_library_offered(
    hub: Hub, url: str, fetch: Any, words: str, told: str
) -> None:
    soup = fetch(url, data={"commune": words})
    assert told in soup.select_one(".likeness-form .errorlist").get_text()
    assert soup.select_one(".likeness-library a")["href"] == hub.section("cases")["en"].url
    assert not soup.select(".likeness-cards")


@pytest.mark.django_db
def test_an_unknown_code_in_the_address_is_a_mistake_like_any_other(url: str, fetch: Any) -> None:
    soup = fetch(url, data={"insee": "99999"})
    assert soup.select_one("#id_commune")["value"] == "99999"
    assert soup.select_one(".error-summary")


@pytest.mark.django_db
def test_whatever_is_typed_is_answered(url: str, client: Client) -> None:
    texts = [*hostile(32), "x" * 10_000, "Vire\x00", "<script>alert(1)</script>", "' OR 1=1 --", "%s{}", "٣٤٥٦٧"]
    for text in texts:
        for name in ("commune", "insee", "suggest", "page"):
            words = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
            asked = {"insee": VIRE, name: words}
            response = client.get(url, asked if name == "page" else {name: words})
            assert response.status_code == 200, (name, text)
            assert b"<script>alert" not in response.content


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=130))
def test_what_was_typed_stays_in_the_field(url: str, client: Client, words: str) -> None:
    words = words.encode("utf-8", "replace").decode()
    soup = BeautifulSoup(client.get(url, {"commune": words}).content.decode(), "html.parser")
    kept = soup.select_one("#id_commune")["value"]
    assert kept.split() == words.split() or "\r" in words or "\x00" in words


# --- Suggestions, weight, manners ---


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("vire", "Vire Normandie (Calvados)"),
        ("coutan", "Coutances (Manche)"),
        ("saint-sever-c", "Noues de Sienne, formerly Saint-Sever-Calvados (Calvados)"),
        ("61000", "Alençon (Orne)"),
    ],
)
def test_suggestions_while_typing_lead_to_the_ranking(url: str, client: Client, words: str, text: str) -> None:
    response = client.get(url, {"suggest": words})
    assert response["Content-Type"] == "application/json"
    first = json.loads(response.content)["suggestions"][0]
    assert first["text"] == text
    soup = BeautifulSoup(client.get(first["url"]).content, "html.parser")
    assert text.startswith(soup.select_one(".glance h2").get_text())


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["", "v", "xylophone", "99999", "\x00"])
def test_no_suggestion_for_what_names_nothing(url: str, client: Client, words: str) -> None:
    assert client.get(url, {"suggest": words}).json() == {"suggestions": []}


@pytest.mark.django_db
def test_the_field_names_where_its_suggestions_come_from(url: str, fetch: Any) -> None:
    assert fetch(url).select_one("#id_commune")["data-suggestions"] == f"{url}?suggest="


@pytest.mark.django_db
def test_the_explanation_says_the_points_as_they_are_given(url: str, fetch: Any) -> None:
    told = fetch(url).select_one(".likeness-method").get_text().replace("\u202f", " ")
    for said in ("35 points", "25 points", "20 points", "12 points", "8 for", "150 km", "2,000", "15,000", "250,000"):
        assert said in told, said


@pytest.mark.django_db
def test_a_fixed_number_of_queries_however_many_cases(hub: Hub, library: Any, url: str, client: Client) -> None:
    hub.library("comparison", "en")
    hub.library("dossier", "en")

    def count() -> int:
        cache.clear()
        client.get(url, {"insee": VIRE})
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url, {"insee": VIRE}).status_code == 200
        return len(captured)

    for number in range(7):
        library(f"Case {number}", VIRE, territories=("calvados",))
    few = count()
    for number in range(7, 20):
        library(f"Case {number}", CAEN, territories=("calvados", "orne"))
    assert count() == few <= 12


@pytest.mark.django_db
def test_it_keeps_nothing_of_who_asks(url: str, client: Client) -> None:
    response = client.get(url, {"commune": "Vire"})
    assert not response.cookies
    assert client.post(url, {"commune": "Vire"}).status_code == 403
    canonical = BeautifulSoup(response.content, "html.parser").select_one("link[rel=canonical]")["href"]
    assert canonical.endswith(url)
