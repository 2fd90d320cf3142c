"""Who may open and use each address of the admin that is ours.

The addresses are found by walking the routes. A new viewset or view without a line below fails
``test_every_address_of_ours_has_a_line``: whoever adds one says here whose it is. Rights over the page tree stand in
``test_roles.py`` and ``test_page_rights.py``.
"""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from casestudies.models import Contribution, ContributionFile, MentorContact, MentoringCount, MentoringRequest
from guides.models import LetterClause, YearlyAmount
from hub.accounts.roles import ROLES
from hub.media.models import HubDocument, HubImage
from hub.search.models import Evaluation, JudgedQuery, PromotedResult, SynonymGroup
from tests.factories import files, vocabulary
from tests.factories.addresses import Address, admin_addresses
from tests.factories.hub import Hub
from tests.factories.people import PASSWORD
from tests.factories.translating import submit

pytestmark = pytest.mark.django_db

EVERYBODY = ("admin", *ROLES)

# --- The matrix. v: sees the list, a: adds, c: changes, d: deletes. The administrator may do everything. ---

RIGHTS: dict[str, dict[str, str]] = {
    "vocabulary.Audience": {"moderator": "acd"},
    "vocabulary.Territory": {"moderator": "acd"},
    "vocabulary.Sector": {"moderator": "acd"},
    "vocabulary.GlossaryTerm": {"moderator": "acd", "translator": "c"},
    "vocabulary.LegalReference": {"moderator": "acd", "legal": "ac"},
    "vocabulary.Source": {"moderator": "acd", "editor": "ac"},
    "casestudies.Organisation": {"moderator": "ac", "editor": "ac"},
    "casestudies.Contribution": {"moderator": "vc"},
    "casestudies.MentoringRequest": {"moderator": "vcd"},
    "casestudies.MentorContact": {"moderator": "vacd"},
    "casestudies.MentoringCount": {"moderator": "v"},
    "guides.LetterClause": {"moderator": "c", "legal": "c", "translator": "c"},
    "guides.YearlyAmount": {"moderator": "acd", "editor": "acd"},
    "search.SynonymGroup": {"moderator": "acd", "editor": "acd"},
    "search.PromotedResult": {"moderator": "acd", "editor": "acd"},
    "search.JudgedQuery": {"moderator": "acd", "editor": "acd"},
    # Everybody may add files, and choose among all; those of others are changed by editor and moderator.
    "media.HubImage": {**dict.fromkeys(ROLES, "va"), "editor": "vacd", "moderator": "vacd"},
    "media.HubDocument": {**dict.fromkeys(ROLES, "va"), "editor": "vacd", "moderator": "vacd"},
}
# What people sent: no chooser may show it to those who may not read it.
PERSONAL = {"casestudies.Contribution", "casestudies.MentoringRequest", "casestudies.MentorContact"}
# Which of the rights opens an address that a viewset made; one of them is enough.
ACTIONS = {
    **dict.fromkeys(("list", "list_results", "index", "index_results", "inspect"), "vacd"),
    **dict.fromkeys(("add", "copy", "create"), "a"),
    **dict.fromkeys(("edit", "usage", "image_usage", "document_usage"), "c"),
    **dict.fromkeys(("history", "history_results"), "acd"),
    "delete": "d",
    # What is done with what people sent.
    **dict.fromkeys(("pass_on", "refuse", "place"), "c"),
    "file": "v",
}
CHOOSING = {"choose", "choose_results", "chosen", "chosen_multiple", "select_format"}
WRITING = {"add", "copy", "edit", "delete"}
# Wagtail routes these, and answers that there is nothing: the hub makes no addresses for pictures on request.
ABSENT = {"wagtailimages:url_generator", "wagtailimages:url_generator_output"}
# Lists of pages show what anybody in the admin may look at; what may be done there is a right over the page tree.
PAGE_LISTS = {"case_studies", "legal_explainers", "guide_steps", "campaigns"}
# Addresses with views of their own, by name, or by route where they have none.
LINES: dict[str, tuple[str, ...]] = {
    "papers_written": ROLES,
    "papers_written_results": ROLES,
    "admin/localize/update/<int:translation_source_id>/": ("translator", "moderator"),
    "admin/localize/page/<int:page_id>/convert_to_alias/": ROLES,  # refuses everybody, in words
    **{
        f"search_workbench:{name}": ("editor", "moderator")
        for name in ("index", "try", "draft", "evaluate", "evaluation")
    },
}
# The way to signing in: for everybody, signed in or not.
DOORS = {"admin/login/", "admin/password_reset/", "admin/password_reset/<path:rest>"}


def may(role: str, address: Address) -> bool:
    """Raises KeyError where nothing is said of an address."""
    namespace = address.name.partition(":")[0]
    if address.name in LINES:
        allowed = role in LINES[address.name]
    elif namespace in PAGE_LISTS:
        allowed = True
    elif address.action in CHOOSING:
        allowed = address.model not in PERSONAL or bool(RIGHTS[address.model].get(role))
    else:
        needed = ACTIONS[address.action]
        allowed = bool(set(RIGHTS[address.model].get(role, "")) & set(needed))
    return allowed or role == "admin"


def addresses() -> list[Address]:
    return [each for each in admin_addresses() if each.name not in DOORS | ABSENT]


# --- One thing of each kind ---


@pytest.fixture
def things(hub: Hub) -> dict[str, Any]:
    """By model, or by the name of an address that takes something else."""
    case = hub.case(title="Alençon")
    translation = submit(case, hub.en)
    translation.save_target(publish=True)
    hub.explainer(title="Refus")
    # What is deleted below must be in nobody's use.
    hub.campaign(title="Essayez", audience=vocabulary.AudienceFactory(slug="elus"))
    hub.step(title="Faire le point")
    source = vocabulary.SourceFactory()
    sent = {"language": "fr", "organisation_name": "Ferme du Bocage", "email": "ferme@example.org"}
    contribution = Contribution.objects.create(once="1", page=case, **sent)
    made = [
        *(
            factory()
            for factory in (
                vocabulary.AudienceFactory,
                vocabulary.TerritoryFactory,
                vocabulary.GlossaryTermFactory,
                vocabulary.LegalReferenceFactory,
                vocabulary.OrganisationFactory,
            )
        ),
        vocabulary.SectorFactory(slug="banque"),
        vocabulary.SourceFactory(key="AUTRE-1"),
        LetterClause.objects.create(locale=hub.fr, key="request.regular", text="Je souhaite {rhythm} dès le {start}."),
        YearlyAmount.objects.create(key="x", starts_on="2027-01-01", value=1, source=source),
        SynonymGroup.objects.create(language="fr", terms="tiers-lieu\ncoworking"),
        PromotedResult.objects.create(language="fr", queries="refus", page=case),
        JudgedQuery.objects.create(language="fr", text="refus", expected="refus"),
        HubImage.objects.create(title="Vue", file=ContentFile(files.picture(), "vue.png")),
        HubDocument.objects.create(title="Note", file=ContentFile(b"a,b\n1,2\n", "note.csv")),
        contribution,
        ContributionFile.objects.create(
            contribution=contribution,
            file=ContentFile(files.picture(), "atelier.png"),
            name="atelier.png",
            media_type="image/png",
            size=100,
        ),
        MentoringRequest.objects.create(once="2", page=case, message="Un conseil ?", sender_kind="firm", **sent),
        MentorContact.objects.create(
            page=case, name="Alix Meunier", email="alix@example.org", agreed_on=datetime.date(2026, 11, 2)
        ),
        MentoringCount.objects.create(page=case, year=2026, received=1),
    ]
    named = {
        "search_workbench:evaluation": Evaluation.objects.create(engine="x", hits=1, total=1, reciprocal_rank=1.0),
        "admin/localize/update/<int:translation_source_id>/": translation.source,
        "admin/localize/page/<int:page_id>/convert_to_alias/": case,
    }
    call_command("create_demo_users", password=PASSWORD, verbosity=0)
    return {**{each._meta.label: each for each in made}, **named}


@pytest.fixture
def path_of(things: dict[str, Any]) -> Callable[[Address], str]:
    def pathing(address: Address) -> str:
        thing = things.get(address.name) or things.get(address.model)
        assert thing is not None or not address.has_arguments, f"nothing to open {address.route} with"
        attached = things["casestudies.ContributionFile"]
        return address.path(thing.pk if thing is not None else "", file_pk=attached.pk)

    return pathing


def signed_in(role: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.get(username=role), "django.contrib.auth.backends.ModelBackend")
    return client


def outcome(response: Any) -> str:
    """``open``, ``shut`` or ``door`` (sign in first). Anything else is none of them."""
    where = response.get("Location", "")
    if response.status_code == 403 or (response.status_code == 302 and where == reverse("wagtailadmin_home")):
        return "shut"
    if response.status_code == 302 and where.startswith(reverse("account_login")):
        return "door"
    # 405: whoever came so far may send a form, but there is nothing to read.
    return "open" if response.status_code in (200, 302, 405) else str(response.status_code)


def state_of(things: dict[str, Any]) -> dict[str, list[Any]]:
    return {label: list(apps.get_model(label).objects.order_by("pk").values()) for label in things if "." in label}


# --- The tests ---


def test_every_address_of_ours_has_a_line() -> None:
    found = addresses()
    assert len(found) > 150, "the walk through the routes finds too little to mean anything"
    missing = []
    for address in found:
        try:
            may("editor", address)
        except KeyError:
            missing.append(f"{address.route} ({address.name}, {address.model or 'no model'})")
    assert not missing, missing


def test_no_line_speaks_of_an_address_that_is_gone() -> None:
    found = {address.name for address in admin_addresses()}
    assert LINES.keys() | DOORS | ABSENT <= found
    assert {name.partition(":")[0] for name in found} >= PAGE_LISTS


def test_who_has_not_signed_in_is_shown_the_door(path_of: Any) -> None:
    visitor = Client(raise_request_exception=False)
    wrong = {}
    for address in addresses():
        for response in (visitor.get(path_of(address)), visitor.post(path_of(address))):
            if outcome(response) != "door":
                wrong[address.route] = (response.status_code, response.get("Location"))
    assert not wrong


def test_the_doors_lead_in_for_everybody(things: dict[str, Any]) -> None:
    for client in (Client(), *map(signed_in, EVERYBODY)):
        for route in DOORS:
            response = client.get("/" + route.replace("<path:rest>", "reset/MQ/x/"))
            assert response.status_code == 302 and response["Location"].startswith("/compte/"), route


def test_what_the_hub_does_not_offer_is_there_for_nobody(path_of: Any) -> None:
    client = signed_in("admin")
    assert {client.get(path_of(each)).status_code for each in admin_addresses() if each.name in ABSENT} == {404}


@pytest.mark.parametrize("role", EVERYBODY)
def test_each_role_opens_what_is_its_own_and_nothing_else(path_of: Any, role: str) -> None:
    client, wrong = signed_in(role), {}
    for address in addresses():
        expected = "open" if may(role, address) else "shut"
        found = outcome(client.get(path_of(address)))
        if found != expected:
            wrong[address.route] = f"{found}, not {expected}"
    assert not wrong


@pytest.mark.parametrize("role", ROLES)
def test_what_is_shut_takes_nothing(things: dict[str, Any], path_of: Any, role: str) -> None:
    client, wrong = signed_in(role), {}
    before = state_of(things)
    for address in addresses():
        if may(role, address) or address.action in CHOOSING:
            continue
        found = outcome(client.post(path_of(address), {"title": "Autre", "name": "Autre", "text": "Autre"}))
        if found != "shut":
            wrong[address.route] = found
    assert not wrong
    assert state_of(things) == before


@pytest.mark.parametrize("role", EVERYBODY)
def test_what_is_open_takes_a_form(path_of: Any, role: str) -> None:
    """Sent empty, a form comes back; a deletion is done. Deletions last: what is gone cannot be changed."""
    client, wrong = signed_in(role), {}
    writing = [each for each in addresses() if each.action in WRITING and each.name not in LINES and may(role, each)]
    for address in sorted(writing, key=lambda each: each.action == "delete"):
        found = outcome(client.post(path_of(address)))
        if found != "open":
            wrong[address.route] = found
    assert not wrong


@pytest.mark.parametrize("role", EVERYBODY)
def test_files_of_ones_own_are_added_and_changed_by_whoever_adds_them(things: dict[str, Any], role: str) -> None:
    client = signed_in(role)
    data = {"title": "Affiche", "file": files.upload("affiche.png", files.picture()), "tags": ""}
    data["collection"] = things["media.HubImage"].collection_id
    client.post(reverse("wagtailimages:add"), data)
    image = HubImage.objects.get(title="Affiche")
    assert outcome(client.get(reverse("wagtailimages:edit", args=[image.pk]))) == "open"
    others = reverse("wagtailimages:edit", args=[things["media.HubImage"].pk])
    assert outcome(client.get(others)) == ("open" if role in ("admin", "editor", "moderator") else "shut")


def test_roles_are_brought_up_to_date_without_a_user(hub: Hub) -> None:
    call_command("ensure_roles", verbosity=0)
    assert not get_user_model().objects.exists()
    moderator = get_user_model().objects.create_user("m", password=PASSWORD)
    moderator.groups.add(*moderator.groups.model.objects.filter(name="moderator"))
    may_do = {name for name in moderator.get_all_permissions() if name.startswith("casestudies.")}
    assert may_do == {
        *(f"casestudies.{verb}_organisation" for verb in ("add", "change")),
        *(f"casestudies.{verb}_contribution" for verb in ("view", "change")),
        *(f"casestudies.{verb}_mentoringrequest" for verb in ("view", "change", "delete")),
        *(f"casestudies.{verb}_mentorcontact" for verb in ("view", "add", "change", "delete")),
        "casestudies.view_mentoringcount",
    }
    for role in set(ROLES) - {"moderator"}:
        group = moderator.groups.model.objects.get(name=role)
        sent = group.permissions.filter(content_type__model__in=["contribution", "mentoringrequest", "mentorcontact"])
        assert not sent.exists(), role
