"""What each role may do in the admin, as `create_demo_users` makes them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page
from wagtail_localize.models import TranslationSource

from guides.models import LetterClause
from hub.accounts.roles import ROLES
from tests.factories.forms import editor_form
from tests.factories.hub import Hub
from tests.factories.pages import PlainPageFactory
from tests.factories.people import PASSWORD
from tests.factories.translating import submit
from tests.factories.vocabulary import LegalReferenceFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

Enter = Callable[[str], Client]


@pytest.fixture
def house(hub: Hub) -> Hub:
    """A hub with a page in each section and a user in each role."""
    hub.case(title="Alençon")
    hub.explainer(title="Refus")
    hub.campaign(title="Essayez")
    hub.step(title="Faire le point")
    hub.plain(title="À propos")
    call_command("create_demo_users", password=PASSWORD, verbosity=0)
    return hub


@pytest.fixture
def enter(house: Hub) -> Enter:
    def entering(role: str) -> Client:
        client = Client()
        client.force_login(get_user_model().objects.get(username=role), "django.contrib.auth.backends.ModelBackend")
        return client

    return entering


def pages(title: str) -> Page:
    return Page.objects.get(title=title).specific


def publish(client: Client, page: Page, title: str = "Titre nouveau") -> None:
    """Open the editor, change the title, press Publish. Who may not write sends the form all the same."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    opened = client.get(url)
    if opened.status_code == 200:
        data = editor_form(opened.content, page, title=title)
    else:
        data = {"title": title, "slug": page.slug}
    client.post(url, {**data, "action-publish": "action-publish"})


def is_published(page: Page, title: str = "Titre nouveau") -> bool:
    return Page.objects.get(pk=page.pk).title == title


# --- The command ---


def test_every_role_gets_a_user_that_signs_in_at_the_door(house: Hub) -> None:
    for name in ("admin", *ROLES):
        client = Client(REMOTE_ADDR=f"192.0.2.{len(name)}")
        client.post("/compte/connexion/", {"login": name, "password": PASSWORD})
        assert client.get("/admin/").status_code == 200, name


def test_only_admin_is_a_superuser(house: Hub) -> None:
    assert list(get_user_model().objects.filter(is_superuser=True).values_list("username", flat=True)) == ["admin"]


def test_running_it_again_adds_nothing(house: Hub) -> None:
    def rights() -> set[Any]:
        found = set(GroupPagePermission.objects.values_list("group__name", "page", "permission__codename"))
        users = get_user_model().objects
        return found | set(users.values_list("username", "groups__name", "groups__permissions__codename"))

    before = rights()
    call_command("create_demo_users", password=PASSWORD, verbosity=0)
    assert rights() == before


def test_it_wants_a_password(hub: Hub) -> None:
    with pytest.raises(CommandError, match="password"):
        call_command("create_demo_users")
    assert not get_user_model().objects.exists()


# --- Listings ---

CASES, LAW, TOLD, STEPS = "/admin/case_studies/", "/admin/legal_explainers/", "/admin/campaigns/", "/admin/guide_steps/"
SNIPPETS = "/admin/snippets/"


@pytest.mark.parametrize(
    ("role", "path", "shown"),
    [
        ("editor", CASES, "Alençon"),
        ("editor", STEPS, "Faire le point"),
        ("editor", f"{SNIPPETS}casestudies/organisation/", "Commune de Vire"),
        ("legal", LAW, "Refus"),
        ("legal", f"{SNIPPETS}vocabulary/legalreference/", "L1222-9"),
        ("campaigns", TOLD, "Essayez"),
        ("translator", "/admin/pages/", "Accueil"),
        ("translator", CASES, "Alençon"),
        ("translator", f"{SNIPPETS}vocabulary/glossaryterm/", ""),
        ("translator", "/admin/localize/reports/translations/", ""),
        ("moderator", LAW, "Refus"),
        ("moderator", TOLD, "Essayez"),
        ("moderator", f"{SNIPPETS}vocabulary/audience/", "salaries"),
        ("moderator", f"{SNIPPETS}vocabulary/source/", ""),
        ("admin", CASES, "Alençon"),
    ],
)
def test_each_role_reaches_its_listing(house: Hub, enter: Enter, role: str, path: str, shown: str) -> None:
    LegalReferenceFactory()
    OrganisationFactory()
    response = enter(role).get(path)
    assert response.status_code == 200
    assert shown in response.content.decode()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("path", ["/admin/users/", "/admin/groups/", "/admin/sites/", "/admin/locales/"])
def test_no_role_manages_people_or_languages(enter: Enter, role: str, path: str) -> None:
    assert enter(role).get(path).status_code in (302, 403)


@pytest.mark.parametrize("role", ["editor", "campaigns", "translator"])
def test_who_may_not_change_the_law_s_references(enter: Enter, role: str) -> None:
    reference = LegalReferenceFactory(title="Avant")
    url = reverse("wagtailsnippets_vocabulary_legalreference:edit", args=[reference.pk])
    client = enter(role)
    assert client.get(url).status_code in (302, 403)
    client.post(url, {"title": "Après", "code": "law", "number": "1", "slug": "x"})
    reference.refresh_from_db()
    assert reference.title == "Avant"


# --- The letter's clauses ---


def _clause(hub: Hub) -> tuple[LetterClause, str]:
    clause = LetterClause.objects.create(
        locale=hub.fr, key="request.regular", text="Je souhaite {rhythm} dès le {start}."
    )
    return clause, reverse("wagtailsnippets_guides_letterclause:edit", args=[clause.pk])


@pytest.mark.parametrize("role", ["legal", "moderator"])
def test_who_may_change_a_clause_of_the_letter(house: Hub, enter: Enter, role: str) -> None:
    clause, url = _clause(house)
    client = enter(role)
    assert "{rhythm}" in client.get(url).content.decode()
    client.post(url, {"text": "Je demande {rhythm} à partir du {start}."})
    clause.refresh_from_db()
    assert clause.text == "Je demande {rhythm} à partir du {start}."


@pytest.mark.parametrize("role", ["editor", "campaigns"])
def test_who_may_not_change_a_clause_of_the_letter(house: Hub, enter: Enter, role: str) -> None:
    clause, url = _clause(house)
    client = enter(role)
    assert client.get(url).status_code in (302, 403)
    client.post(url, {"text": "Je demande {rhythm} à partir du {start}."})
    clause.refresh_from_db()
    assert clause.text.startswith("Je souhaite")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Je demande {rhythm} à partir du {start} et de {year}.", "{year}"),
        ("Je demande à partir du {start}.", "{rhythm}"),
        ("Je demande [rhythm] {rhythm} à partir du {start}.", "crochets"),
    ],
)
def test_a_clause_that_would_spoil_letters_is_not_saved(house: Hub, enter: Enter, text: str, told: str) -> None:
    clause, url = _clause(house)
    answer = enter("legal").post(url, {"text": text}).content.decode()
    assert text in answer and told in answer
    clause.refresh_from_db()
    assert clause.text.startswith("Je souhaite")


def test_no_role_takes_a_clause_away(house: Hub, enter: Enter) -> None:
    clause, url = _clause(house)
    for role in ROLES:
        enter(role).post(url.replace("/edit/", "/delete/"))
    assert LetterClause.objects.filter(pk=clause.pk).exists()


# --- Publishing ---

MAY_PUBLISH = {
    "editor": {"Alençon", "Faire le point", "À propos"},
    "legal": {"Refus"},
    "campaigns": {"Essayez"},
    "translator": set(),
    "moderator": {"Alençon", "Faire le point", "À propos", "Refus", "Essayez"},
    "admin": {"Alençon", "Faire le point", "À propos", "Refus", "Essayez"},
}


@pytest.mark.parametrize("title", ["Alençon", "Refus", "Essayez", "Faire le point", "À propos"])
@pytest.mark.parametrize("role", MAY_PUBLISH)
def test_each_role_publishes_what_is_its_own_and_nothing_else(enter: Enter, role: str, title: str) -> None:
    page = pages(title)
    publish(enter(role), page)
    assert is_published(page) is (title in MAY_PUBLISH[role])


@pytest.mark.parametrize("role", ["editor", "campaigns", "translator"])
def test_who_may_not_add_an_explainer(house: Hub, enter: Enter, role: str) -> None:
    section = house.section("legal")["fr"]
    url = reverse("wagtailadmin_pages:add", args=["guides", "legalexplainerpage", section.pk])
    assert enter(role).get(url).status_code in (302, 403)
    assert enter("legal").get(url).status_code == 200


@pytest.mark.parametrize("role", ["editor", "legal", "campaigns", "translator"])
def test_who_may_not_unpublish_or_delete_what_is_not_their_own(house: Hub, enter: Enter, role: str) -> None:
    client = enter(role)
    for title in ({"Alençon", "Refus", "Essayez", "À propos"}) - MAY_PUBLISH[role]:
        page = pages(title)
        client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
        client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
        assert Page.objects.get(pk=page.pk).live, title


def test_a_moderator_publishes_in_english_too(house: Hub, enter: Enter) -> None:
    page = PlainPageFactory(parent=house.home["en"], title="About us", slug="about-us")
    publish(enter("moderator"), page)
    assert is_published(page)


# --- Translating ---


def translated(house: Hub, commit: Callable[..., Any]) -> Any:
    """An English page under translation, live, its strings changed since."""
    page = pages("À propos")
    translation = submit(page, house.en)
    with commit(execute=True):
        translation.save_target(publish=True)
    page.title = "Titre nouveau"
    page.save()
    TranslationSource.objects.get(pk=translation.source.pk).update_from_db()
    return translation


@pytest.mark.parametrize(("role", "published"), [("translator", False), ("moderator", True)])
def test_the_translation_editor_publishes_for_who_may(
    house: Hub, enter: Enter, django_capture_on_commit_callbacks: Callable[..., Any], role: str, published: bool
) -> None:
    target = translated(house, django_capture_on_commit_callbacks).get_target_instance()
    with django_capture_on_commit_callbacks(execute=True):
        enter(role).post(reverse("wagtailadmin_pages:edit", args=[target.pk]), {"action": "publish"})
    assert is_published(target) is published


def test_a_translator_cannot_publish_by_updating_translations(
    house: Hub, enter: Enter, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    translation = translated(house, django_capture_on_commit_callbacks)
    url = reverse("wagtail_localize:update_translations", args=[translation.source.pk])
    with django_capture_on_commit_callbacks(execute=True):
        enter("translator").post(url, {"publish_translations": "on"})
    assert not is_published(translation.get_target_instance())


def test_nobody_is_offered_to_put_french_under_an_english_address(
    house: Hub, enter: Enter, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    translation = translated(house, django_capture_on_commit_callbacks)
    moderator = enter("moderator")
    form = moderator.get(reverse("wagtail_localize:update_translations", args=[translation.source.pk]))
    assert form.status_code == 200
    assert b'type="checkbox" name="publish_translations"' not in form.content
    translation.enabled = False
    translation.save()
    editor = moderator.get(reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk]))
    assert b"localize-restart-translation" in editor.content
    assert b"localize-convert-to-alias" not in editor.content


def test_a_translator_cannot_publish_by_making_an_alias(
    house: Hub, enter: Enter, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    target = translated(house, django_capture_on_commit_callbacks).get_target_instance()
    with django_capture_on_commit_callbacks(execute=True):
        enter("translator").post(reverse("wagtail_localize:convert_to_alias", args=[target.pk]))
    target.refresh_from_db()
    assert target.alias_of_id is None
    assert not is_published(target)


def test_a_translator_submits_a_page_and_its_english_stays_a_draft(
    house: Hub, enter: Enter, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    page = pages("À propos")
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    with django_capture_on_commit_callbacks(execute=True):
        enter("translator").post(url, {"locales": [house.en.pk]})
    english = page.get_translation(house.en)
    assert not english.live
    assert Client().get("/en/a-propos/").status_code == 404
