"""Two languages: the bare address, links that follow the reader, pages without a counterpart, addresses, sitemap."""

import ast
import json
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page

from hub.home.models import PlainPage
from hub.translation.loading import Mismatch, translate
from tests.conftest import Fetch
from tests.factories.blocks import block, figure, items, text
from tests.factories.hub import Hub, publish
from tests.factories.vocabulary import AudienceFactory, SourceFactory

pytestmark = pytest.mark.django_db
Commit = Callable[..., Any]


# --- Words ---


def test_no_word_is_under_a_name_that_the_catalogue_does_not_read() -> None:
    """Words under an alias of gettext are not found when the catalogue is made, and stay English everywhere."""
    read = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
    hidden = []
    for path in settings.ROOT.rglob("*.py"):
        if {".venv", "var", "tests"} & set(path.relative_to(settings.ROOT).parts):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
                names = {each.asname or each.name for each in node.names if "gettext" in each.name}
                hidden += [f"{path}: {name}" for name in sorted(names - read)]
    assert not hidden


# --- The bare address ---


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("fr", "fr"),
        ("en", "en"),
        ("en-GB,en;q=0.9,fr;q=0.5", "en"),
        ("fr-CA;q=0.8,en;q=0.3", "fr"),
        ("de,en;q=0.5", "en"),
        ("de", "fr"),
        ("", "fr"),
        ("*", "fr"),
        (";;;,,q=\x00", "fr"),
    ],
)
def test_the_bare_address_leads_to_the_visitor_s_language(
    hub: Hub, client: Client, accepted: str, language: str
) -> None:
    response = client.get("/", headers={"accept-language": accepted})
    assert (response.status_code, response["Location"]) == (302, f"/{language}/")
    assert "Accept-Language" in response["Vary"]
    assert not response.cookies


def test_the_address_has_the_last_word(hub: Hub, fetch: Fetch) -> None:
    assert fetch("/en/", headers={"accept-language": "fr"}).html["lang"] == "en"
    assert fetch("/fr/", headers={"accept-language": "en"}).html["lang"] == "fr"


# --- Links follow the reader ---


def test_links_in_english_lead_to_english_pages(hub: Hub, fetch: Fetch) -> None:
    target = hub.plain(title="Refus", slug="refus")
    english_target = hub.english(target, title="Refusal", slug="refusal")
    body = [text(f'<a linktype="page" id="{target.pk}">mot</a>'), block("action", {"label": "Lire", "page": target.pk})]
    page = hub.plain(body=json.dumps(body), related=json.dumps([block("page", target.pk)]))
    english = hub.english(page, title="About", slug="about")
    for shown, expected in ((page, target), (english, english_target)):
        html = fetch(shown.get_url())
        links = [*html.select(".prose a"), *html.select("p.action a"), *html.select(".related a")]
        assert [link["href"] for link in links] == [expected.get_url()] * 3


def test_a_link_to_a_page_without_counterpart_says_its_language(hub: Hub, fetch: Fetch) -> None:
    target = hub.plain(title="Refus", slug="refus")
    page = hub.plain(
        body=json.dumps([text(f'<a linktype="page" id="{target.pk}">mot</a>')]),
        related=json.dumps([block("page", target.pk)]),
    )
    html = fetch(hub.english(page, title="About", slug="about").get_url())
    [link] = html.select(".prose a")
    assert (link["href"], link["hreflang"]) == (target.get_url(), "fr")
    assert html.select_one(".related .card")["lang"] == "fr"


def test_a_link_to_a_page_that_is_gone_keeps_its_words(hub: Hub, fetch: Fetch) -> None:
    page = hub.plain(body=json.dumps([text('Voir <a linktype="page" id="99999">ces mots</a>.')]))
    html = fetch(page.get_url())
    assert "Voir ces mots." in html.main.get_text()
    assert [link for link in html.select(".prose a") if link.get("href")] == []


def test_the_invitation_speaks_the_other_language(hub: Hub, fetch: Fetch) -> None:
    target = hub.plain(title="Nouveaux arrivants", slug="nouveaux")
    english = hub.english(target, title="Newcomers", slug="newcomers")
    home = hub.home["fr"]
    home.invitation_title, home.invitation_text, home.invitation_page = "New here?", "Start in English.", target
    home.save()
    invitation = fetch(home.get_url()).select_one(".invitation")
    assert invitation["lang"] == "en"
    assert invitation.a["href"] == english.get_url()


# --- A page without a counterpart ---


def test_a_page_without_counterpart(hub: Hub, fetch: Fetch) -> None:
    page = hub.plain(title="Seulement en français", slug="seul")
    html = fetch(page.get_url())
    alternates = {link["hreflang"] for link in html.head.find_all("link", hreflang=True)}
    assert alternates == {"fr", "x-default"}
    [switch] = html.header.find_all("a", attrs={"hreflang": "en"})
    assert switch["href"] == "/en/"
    fetch("/en/seul/", status=404)


def test_a_draft_counterpart_is_no_counterpart(hub: Hub, fetch: Fetch) -> None:
    page = hub.plain(title="En cours", slug="en-cours")
    english = hub.english(page, title="Under way", slug="under-way")
    english.unpublish()
    html = fetch(page.get_url())
    assert html.head.find("link", hreflang="en") is None
    assert html.header.find("a", attrs={"hreflang": "en"})["href"] == "/en/"


def test_an_alias_is_no_counterpart(hub: Hub, fetch: Fetch, client: Client) -> None:
    """It serves the French text at an English address: nobody is sent there."""
    page = hub.plain(title="Miroir", slug="miroir")
    page.create_alias(parent=hub.home["en"], update_locale=hub.en, reset_translation_key=False)
    assert fetch(page.get_url()).head.find("link", hreflang="en") is None
    assert b"/en/miroir/" not in client.get("/sitemap.xml").content


def test_every_home_must_be_live(hub: Hub) -> None:
    call_command("check", deploy=True, tags=["translation"])
    Page.objects.filter(pk=hub.home["en"].pk).update(live=False)
    with pytest.raises(SystemCheckError, match="“en”"):
        call_command("check", deploy=True, tags=["translation"])
    assert "hub.E002" in {error.id for error in run_checks(include_deployment_checks=True)}


# --- Addresses ---


@pytest.mark.parametrize(
    ("name", "args", "french", "english"),
    [
        ("search", [], "/fr/recherche/", "/en/search/"),
        ("search_suggestions", [], "/fr/recherche/suggestions/", "/en/search/suggestions/"),
        ("audience_index", [], "/fr/publics/", "/en/audiences/"),
        ("audience", ["salaries"], "/fr/publics/salaries/", "/en/audiences/salaries/"),
    ],
)
def test_addresses_are_words_of_the_language(
    hub: Hub, client: Client, name: str, args: list[str], french: str, english: str
) -> None:
    AudienceFactory()
    for language, address in (("fr", french), ("en", english)):
        with override(language):
            assert reverse(name, args=args) == address
        assert client.get(address).status_code == 200


def test_english_pages_have_addresses_of_their_own(hub: Hub, client: Client, committed: Commit) -> None:
    page = hub.plain(title="Mentions légales", slug="mentions-legales")
    twin = PlainPage(title="Legal notice", search_description="In short", translation_key=page.translation_key)
    with committed():
        translate(page, twin, hub.en, slug="legal-notice")
    assert client.get("/en/legal-notice/").status_code == 200
    assert client.get("/en/mentions-legales/").status_code != 200
    # The French address changes; the English one stays, and stays tied to it.
    page = PlainPage.objects.get(pk=page.pk)
    page.slug = "informations-legales"
    with committed():
        publish(_saved(page))
        translate(PlainPage.objects.get(pk=page.pk), twin, hub.en, slug="legal-notice")
    assert client.get("/fr/informations-legales/").status_code == 200
    assert client.get("/en/legal-notice/").status_code == 200


def _saved(page: Page) -> Page:
    page.save()
    return page


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Commit) -> Commit:
    return lambda: django_capture_on_commit_callbacks(execute=True)


# --- Loading translations ---


def test_a_twin_becomes_the_live_translation_with_tags_and_figures_of_the_source(
    hub: Hub, client: Client, committed: Commit
) -> None:
    SourceFactory()
    stored = block("figures", {"items": items(figure(label="entreprises"))})
    page = hub.plain(title="Chiffres", slug="chiffres", body=json.dumps([stored]), audiences=["elus"])
    english = json.loads(json.dumps(stored).replace("entreprises", "firms"))
    twin = PlainPage(title="Figures", search_description="In short", body=json.dumps([english]))
    twin.translation_key = page.translation_key
    with committed():
        translate(page, twin, hub.en, slug="figures")
    target = PlainPage.objects.get(slug="figures")
    assert target.live
    assert target.audience_slugs == ["elus"]
    html = client.get("/en/figures/").content.decode()
    assert "firms" in html
    assert "entreprises" not in html
    assert "1,344" in html


@pytest.mark.parametrize(
    "twin",
    [
        {"title": "About", "search_description": ""},
        {"title": "About", "search_description": "In short", "body": [text("One"), text("Two")]},
    ],
)
def test_a_twin_that_does_not_pair_leaves_nothing_behind(hub: Hub, twin: dict[str, Any]) -> None:
    body = [text("Un")]
    page = hub.plain(body=json.dumps(body))
    values = {**twin, "body": json.dumps(twin.get("body", []))}
    with pytest.raises(Mismatch):
        translate(page, PlainPage(translation_key=page.translation_key, **values), hub.en)
    assert not page.has_translation(hub.en)


# --- Sitemap ---


def test_the_sitemap_holds_every_page_of_every_language_with_its_versions(hub: Hub, client: Client) -> None:
    AudienceFactory(slug="elus")
    page = hub.plain(title="Mentions", slug="mentions")
    english = hub.english(page, title="Notice", slug="notice")
    alone = hub.plain(title="Seul", slug="seul")
    response = client.get("/sitemap.xml")
    assert response["Content-Type"].startswith("application/xml")
    site, xhtml = "{http://www.sitemaps.org/schemas/sitemap/0.9}", "{http://www.w3.org/1999/xhtml}"
    entries = {
        entry.findtext(f"{site}loc"): {link.get("hreflang"): link.get("href") for link in entry.findall(f"{xhtml}link")}
        for entry in ElementTree.fromstring(response.content)
    }

    def full(path: str) -> str:
        return settings.BASE_URL + path

    views = ["/fr/publics/", "/en/audiences/", "/fr/publics/elus/", "/en/audiences/elus/"]
    pages = ["/fr/", "/en/", page.get_url(), english.get_url(), alone.get_url()]
    assert set(entries) == {full(path) for path in views + pages}
    versions = {"fr": full(page.get_url()), "en": full(english.get_url()), "x-default": full(page.get_url())}
    assert entries[full(page.get_url())] == entries[full(english.get_url())] == versions
    assert set(entries[full(alone.get_url())]) == {"fr", "x-default"}
    assert set(entries[full("/en/audiences/elus/")]) == {"fr", "en", "x-default"}
