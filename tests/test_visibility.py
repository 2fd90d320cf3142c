"""Words planted in what visitors may not see stand on no public surface.

Each hidden page was visible, indexed and linked from everywhere first, unless it never was published: what must go is
then really there to be forgotten.
"""

import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page, PageViewRestriction

from hub.search import outbox
from tests.conftest import LANGUAGES
from tests.factories.blocks import block, figure, text
from tests.factories.hub import Hub
from tests.factories.vocabulary import OrganisationFactory, SourceFactory

pytestmark = pytest.mark.django_db

CANARY = "zqcanari"
WORD = "cormoran"  # by which to look for the page
TYPES = ("case", "explainer", "campaign", "step", "plain")
Commit = Callable[..., Any]


class Aviary:
    """One canary of each page type, tagged and linked from every place that can show a page."""

    def __init__(self, hub: Hub, client: Client, **values: Any) -> None:
        self.hub, self.client = hub, client
        SourceFactory()
        self.pages = {kind: self._page(kind, **values) for kind in TYPES}
        self._link_from_everywhere()
        outbox.rebuild()

    def _page(self, kind: str, **values: Any) -> Any:
        own: dict[str, Any] = {
            "title": f"{CANARY} {kind} {WORD}",
            "slug": f"{CANARY}-{kind}",
            "search_description": f"Résumé {CANARY} {WORD}",
            "body": json.dumps([text(f"Corps {CANARY} {WORD}")]),
            "audiences": ["elus"],
            "territories": ["calvados"],
            "show_in_menus": True,
        }
        if kind == "case":
            place = OrganisationFactory(latitude="48.8380", longitude="-0.8890")
            own |= {"organisation": place, "figures": json.dumps([block("figure", figure(label=CANARY))])}
        return getattr(self.hub, kind)(**{**own, **values})

    def _link_from_everywhere(self) -> None:
        ids = [page.pk for page in self.pages.values()]
        links = " ".join(f'<a linktype="page" id="{pk}">lien</a>' for pk in ids)
        body = [text(links), *(block("action", {"label": "Lire", "page": pk}) for pk in ids)]
        related = json.dumps([block("page", pk) for pk in ids[:4]])
        self.witness = self.hub.plain(title="Témoin", body=json.dumps(body), related=related, audiences=["elus"])
        self.hub.english(self.witness, title="Witness", slug="witness")
        self.campaign = self.hub.campaign(
            title="Autre campagne",
            action_page=self.pages["case"],
            second_action_page=self.pages["plain"],
            case=self.pages["case"],
        )
        self.neighbour = self.hub.step(title="Étape voisine")
        door = {"label": "Porte", "text": "Derrière.", "audience": "elus"}
        for home in self.hub.home.values():
            home.refresh_from_db()
            home.campaign, home.map_page = self.pages["campaign"], self.hub.section("cases")["fr"]
            home.invitation_text, home.invitation_page = "Invitation", self.pages["plain"]
            home.doors = json.dumps([block("door", {**door, "page": pk}) for pk in ids[:3]])
            home.case_figures = json.dumps([block("figure", {**figure(), "page": self.pages["case"].pk})])
            home.law_news = json.dumps(
                [block("news", {"when": "2025", "text": "Du neuf", "page": self.pages["explainer"].pk})]
            )
            home.save()

    def surfaces(self) -> list[str]:
        """Every public address that may show, name or count a page."""
        hub = self.hub
        found = ["/sitemap.xml", "/robots.txt", "/fr/rien/", "/en/nothing/"]
        found += [self.witness.get_url(), "/en/witness/", self.campaign.get_url(), self.neighbour.get_url()]
        for language in LANGUAGES:
            found.append(hub.home[language].get_url())
            for section in ("cases", "legal", "campaigns", "guide"):
                url = hub.section(section)[language].get_url()
                found += [url, f"{url}?audience=elus", f"{url}?format=atom"]
            with override(language):
                readers, search = reverse("audience", args=["elus"]), reverse("search")
                found += [readers, f"{readers}?format=atom", reverse("audience_index")]
                found += [f"{search}?q={WORD}", f"{search}?q={WORD}&format=json", f"{search}?q={WORD}&format=atom"]
                # Without its last letter: what was forgotten must not come back as "did you mean".
                found += [f"{search}?audience=elus", f"{search}?q={CANARY[:-1]}&format=json"]
                found.append(f"{reverse('search_suggestions')}?q={WORD[:4]}")
        api = "/api/v2/pages/"
        found += [f"{api}?limit=50", f"{api}?audience=elus", f"{api}?search={WORD}"]
        for page in [*self.pages.values(), self.witness]:
            model = f"{page._meta.app_label}.{type(page).__name__}"
            found += [f"{api}{page.pk}/?fields=*", f"{api}?type={model}&fields=*&limit=50"]
            found += [f"{api}?{name}={page.pk}" for name in ("translation_of", "child_of", "ancestor_of")]
        return found

    def singing(self, urls: list[str] | None = None) -> list[str]:
        """The surfaces that show a canary."""
        cache.clear()
        seen = []
        for url in self.surfaces() if urls is None else urls:
            response = self.client.get(url)
            assert response.status_code < 500, url
            if CANARY.encode() in b"".join(response).lower():
                seen.append(url)
        return seen

    def addresses(self) -> list[str]:
        return [page.get_url() for page in self.pages.values()]


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Commit) -> Commit:
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def aviary(hub: Hub, client: Client, committed: Commit) -> Aviary:
    with committed():
        return Aviary(hub, client)


def test_a_visible_page_stands_on_every_surface(aviary: Aviary) -> None:
    """What makes the other tests mean something."""
    silent = set(aviary.surfaces()) - set(aviary.singing())
    no_place_for_pages = {"/robots.txt"}
    assert {url for url in silent if not url.startswith(("/en/", "/api/"))} <= no_place_for_pages
    assert {f"/api/v2/pages/?{query}" for query in ("limit=50", "audience=elus")} & silent == set()
    assert {"/en/", "/en/witness/"} & silent == set()
    assert aviary.singing(aviary.addresses()) == aviary.addresses()


def test_a_draft(hub: Hub, client: Client, committed: Commit) -> None:
    with committed():
        aviary = Aviary(hub, client, live=False, first_published_at=None)
    assert aviary.singing() == []
    assert aviary.singing(aviary.addresses()) == []
    assert {client.get(url).status_code for url in aviary.addresses()} == {404}


def test_the_draft_of_a_live_page(hub: Hub, client: Client, committed: Commit) -> None:
    plain = {"title": WORD, "search_description": "Rien", "body": "[]"}
    aviary = Aviary(hub, client, **plain)
    for kind, page in aviary.pages.items():
        fresh = type(page).objects.get(pk=page.pk)
        fresh.slug = f"perchoir-{kind}"
        fresh.save()
        if kind == "case":
            fresh.figures = "[]"
        fresh.save_revision().publish()
    outbox.rebuild()
    assert aviary.singing() == []
    with committed():
        for page in aviary.pages.values():
            draft = type(page).objects.get(pk=page.pk)
            draft.title, draft.search_description, draft.slug = f"{CANARY} {WORD}", CANARY, CANARY
            draft.body = json.dumps([text(CANARY)])
            draft.save_revision()
    assert all(Page.objects.get(pk=page.pk).has_unpublished_changes for page in aviary.pages.values())
    assert aviary.singing() == []
    assert aviary.singing([Page.objects.get(pk=page.pk).get_url() for page in aviary.pages.values()]) == []


@pytest.mark.parametrize(
    "restriction", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD, PageViewRestriction.GROUPS]
)
def test_a_restricted_page(aviary: Aviary, committed: Commit, restriction: str) -> None:
    with committed():
        for page in aviary.pages.values():
            PageViewRestriction.objects.create(page=page, restriction_type=restriction, password="sésame")
    assert aviary.singing() == []
    for page in aviary.pages.values():
        body = aviary.client.get(page.get_url(), follow=True).content.decode()
        assert f"Résumé {CANARY}" not in body
        assert page.title not in body


def test_the_children_of_a_restricted_section(aviary: Aviary, committed: Commit) -> None:
    with committed():
        for name in ("cases", "legal", "campaigns", "guide"):
            section = aviary.hub.section(name)["fr"]
            PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
        aviary.pages["plain"].unpublish()
    assert aviary.singing() == []
    assert {aviary.client.get(url).status_code for url in aviary.addresses()} == {302, 404}


def test_an_expired_page_that_nobody_has_unpublished_yet(aviary: Aviary) -> None:
    """No event tells of the passing of time: the date alone must hide the page."""
    ids = [page.pk for page in aviary.pages.values()]
    Page.objects.filter(pk__in=ids).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))
    assert aviary.singing() == []
    assert aviary.singing(aviary.addresses()) == []
    assert {aviary.client.get(url).status_code for url in aviary.addresses()} == {404}


def test_an_unpublished_page(aviary: Aviary, committed: Commit) -> None:
    with committed():
        for page in aviary.pages.values():
            page.unpublish()
    assert aviary.singing() == []
    assert aviary.singing(aviary.addresses()) == []


def test_a_deleted_page(aviary: Aviary, committed: Commit) -> None:
    addresses = aviary.addresses()
    with committed():
        for page in aviary.pages.values():
            Page.objects.get(pk=page.pk).delete()
    assert aviary.singing() == []
    assert aviary.singing(addresses) == []


@pytest.mark.parametrize("how", ["unpublished", "expired"])
@pytest.mark.parametrize("section", ["cases", "legal", "campaigns", "guide"])
def test_a_hidden_section_is_not_named_by_its_children(hub: Hub, client: Client, how: str, section: str) -> None:
    """The children stay readable: unpublishing a section leaves them live."""
    make = {"cases": hub.case, "legal": hub.explainer, "campaigns": hub.campaign, "guide": hub.step}[section]
    child = make(title="Enfant")
    parent = hub.section(section)["fr"]
    parent.title = parent.short_title = CANARY
    parent.save()
    if section == "guide":
        type(parent).objects.filter(pk=parent.pk).update(reminder=CANARY)
    changes = {"live": False} if how == "unpublished" else {"expire_at": timezone.now() - datetime.timedelta(minutes=1)}
    Page.objects.filter(pk=parent.pk).update(**changes)
    response = client.get(child.get_url())
    assert response.status_code == 200
    assert CANARY not in response.content.decode()


def test_what_is_hidden_in_french_does_not_show_through_english_links(aviary: Aviary, committed: Commit) -> None:
    english = aviary.hub.home["en"]
    assert english.get_url() in aviary.singing([english.get_url()])
    with committed():
        for page in aviary.pages.values():
            page.unpublish()
    assert aviary.singing([english.get_url(), "/en/witness/"]) == []
