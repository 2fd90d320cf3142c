"""From the moderators' workflow to the published case, its amendment, its withdrawal and its end."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.files.storage import storages
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Workflow

from casestudies.models import CaseStudyPage, Contribution, ContributionFile, Organisation
from tests.casestudies.contributing import AGREED, Walk, amended, fields, judge, shared, soup, staff
from tests.factories import files
from tests.factories.hub import Hub

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(hub: Hub) -> str:
    return str(hub.library("contribution").get_url())


@pytest.fixture
def moderator(hub: Hub) -> Client:
    hub.section("cases")
    return staff("moderator")


# --- Reading ---


def test_a_moderator_approves_and_the_case_is_public(
    client: Client, form: str, moderator: Client, django_capture_on_commit_callbacks: Any
) -> None:
    own = shared(client, form)
    with django_capture_on_commit_callbacks(execute=True):
        judge(moderator, "approve")
    row = Contribution.objects.get()
    assert row.status == "published" and row.decided_at
    assert row.keep_until == timezone.localdate() + timedelta(days=180)
    case = row.page.get_url()
    assert client.get(case).status_code == 200
    assert any(case in each.body for each in mail.outbox if each.to == [row.email])
    assert soup(client.get(own)).select_one(f"a[href='{case}']")
    history = moderator.get(reverse("wagtailadmin_pages:history", args=[row.page.pk])).content.decode()
    assert "moderator" in history and "Camille" not in history


def test_the_editor_accepts_the_draft_as_it_is(client: Client, form: str, moderator: Client) -> None:
    """The page that a form made passes the page editor's own checks."""
    from tests.factories.forms import editor_form

    shared(client, form)
    page = Contribution.objects.get().page
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    opened = moderator.get(url)
    assert opened.status_code == 200
    data = editor_form(opened.content, page, **{"action-publish": "1"})
    assert moderator.post(url, data).status_code == 302
    assert Contribution.objects.get().status == "published"


def test_a_word_goes_to_the_contributor_when_changes_are_asked_for(
    client: Client, form: str, moderator: Client, django_capture_on_commit_callbacks: Any
) -> None:
    own = shared(client, form)
    with django_capture_on_commit_callbacks(execute=True):
        judge(moderator, "reject", "Dites-nous <b>combien</b> de jours.")
    row = Contribution.objects.get()
    assert row.status == "refused" and not row.page.live
    assert "Dites-nous <b>combien</b> de jours." in next(each.body for each in mail.outbox if each.to == [row.email])
    shown = client.get(own).content.decode()
    assert "&lt;b&gt;combien&lt;/b&gt;" in shown
    assert amended(client, own, how="Deux jours.").status_code == 303
    row.refresh_from_db()
    assert row.status == "received" and row.page.workflow_in_progress
    judge(moderator, "approve")
    assert "Deux jours." in client.get(CaseStudyPage.objects.get().get_url()).content.decode()


def test_roles_that_do_not_moderate_cannot_approve(client: Client, form: str) -> None:
    shared(client, form)
    for role in ("translator", "legal", "campaigns", "editor"):
        judge_client = staff(role)
        page = Contribution.objects.get().page
        url = reverse(
            "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", page.current_workflow_task_state.pk]
        )
        judge_client.post(url, {"comment": ""})
        assert not CaseStudyPage.objects.get().live, role


@pytest.mark.parametrize("below", [False, True])
def test_who_does_not_moderate_publishes_none_with_others_at_once(
    client: Client, form: str, moderator: Client, below: bool
) -> None:
    shared(client, form)
    page = Contribution.objects.get().page
    chosen = page.get_parent() if below else page
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={chosen.pk}&next=/admin/"
    data = {"include_descendants": "on"} if below else {}
    editor = staff("editor")
    assert editor.post(url, data).status_code == 302
    assert not CaseStudyPage.objects.get().live and page.title in editor.get("/admin/").content.decode()
    moderator.post(url, data)
    assert CaseStudyPage.objects.get().live


def test_the_workflow_is_made_once(client: Client, form: str) -> None:
    shared(client, form)
    shared(client, form)
    assert Workflow.objects.filter(workflow_tasks__task__groupapprovaltask__groups__name="moderator").count() == 1


def test_an_editor_who_mends_a_comma_sends_no_mail(
    client: Client, form: str, moderator: Client, django_capture_on_commit_callbacks: Any
) -> None:
    shared(client, form)
    judge(moderator, "approve")
    page = CaseStudyPage.objects.get()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert not [each for each in mail.outbox if each.to == ["camille@atelier.example"]]


def test_a_draft_that_an_editor_deletes_tells_its_sender(
    client: Client, form: str, moderator: Client, django_capture_on_commit_callbacks: Any
) -> None:
    own = shared(client, form)
    page = Contribution.objects.get().page
    with django_capture_on_commit_callbacks(execute=True):
        moderator.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    row = Contribution.objects.get()
    assert row.status == "refused" and row.page is None
    assert any(each.to == [row.email] for each in mail.outbox)
    assert amended(client, own).status_code == 303
    assert Contribution.objects.get().page.workflow_in_progress


# --- The contributor's own page ---


def test_the_own_page_is_for_nobody_else(client: Client, form: str) -> None:
    own = shared(client, form)
    response = client.get(own)
    assert response["Cache-Control"] == "no-store" and response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
    assert "camille@atelier.example" in response.content.decode() and not client.cookies


@pytest.mark.parametrize("key", ["", "x", "0" * 32, "0" * 32 + ":abc", "é\x00", "a" * 5000])
@pytest.mark.parametrize("do", ["", "amend", "withdraw"])
def test_a_forged_key_opens_nothing(client: Client, form: str, key: str, do: str) -> None:
    shared(client, form)
    for method in (client.get, client.post):
        response = method(f"{form}suivi/", query_params={"key": key, "do": do})
        assert response.status_code == 404 and soup(response).select_one("h1")
    assert Contribution.objects.get().status == "received"


def test_the_key_of_one_account_does_not_open_another(client: Client, form: str) -> None:
    own, _other = shared(client, form), shared(client, form)
    first, second = Contribution.objects.order_by("pk")
    signature = own.rpartition(":")[2]
    assert client.get(f"{form}suivi/?key={second.reference.hex}:{signature}").status_code == 404
    assert client.get(own).status_code == 200


def test_an_amendment_of_a_published_case_waits_to_be_read(client: Client, form: str, moderator: Client) -> None:
    own = shared(client, form)
    judge(moderator, "approve")
    response = amended(client, own, how="Trois jours maintenant.", organisation="Atelier du Bocage et fils")
    assert response.status_code == 303
    row = Contribution.objects.get()
    case = row.page.get_url()
    shown = client.get(case).content.decode()
    assert "Trois jours" not in shown and "et fils" not in shown
    assert row.status == "published" and row.is_to_be_read and row.page.workflow_in_progress
    judge(moderator, "approve")
    shown = client.get(case).content.decode()
    assert "Trois jours" in shown and "et fils" in shown
    row.refresh_from_db()
    assert not row.is_to_be_read


def test_an_amendment_that_is_refused_leaves_the_published_case(client: Client, form: str, moderator: Client) -> None:
    own = shared(client, form)
    judge(moderator, "approve")
    amended(client, own, how="N’importe quoi.")
    judge(moderator, "reject", "Cela ne suffit pas.")
    row = Contribution.objects.get()
    assert row.status == "published" and row.page.live and not row.is_to_be_read
    assert "N’importe quoi" not in client.get(row.page.get_url()).content.decode()


def test_an_amendment_leaves_the_organisation_that_moderators_chose(
    client: Client, form: str, moderator: Client, hub: Hub
) -> None:
    from tests.factories.vocabulary import OrganisationFactory

    own = shared(client, form)
    known = OrganisationFactory(name="Commune de Vire", locale=hub.fr)
    draft = Contribution.objects.get().page.get_latest_revision_as_object()
    draft.organisation = known
    draft.save_revision()
    amended(client, own, organisation="Autre nom")
    known.refresh_from_db()
    assert known.name == "Commune de Vire"
    assert Contribution.objects.get().page.get_latest_revision_as_object().organisation == known


def test_files_are_added_and_taken_away_by_an_amendment(client: Client, form: str) -> None:
    own = shared(
        client, form, {"file_1": files.upload("un.pdf", files.PDF), "file_2": files.upload("deux.pdf", files.PDF)}
    )
    first, second = ContributionFile.objects.order_by("pk")
    amended(client, own, drop=[str(first.pk)], file_1=files.upload("trois.pdf", files.PDF))
    assert [row.name for row in ContributionFile.objects.order_by("pk")] == ["deux.pdf", "trois.pdf"]
    assert not storages["private"].exists(first.file.name) and storages["private"].exists(second.file.name)


# --- Withdrawing ---


def test_a_draft_that_is_withdrawn_leaves_nothing(
    client: Client, form: str, django_capture_on_commit_callbacks: Any
) -> None:
    own = shared(client, form, {"file_1": files.upload("a.pdf", files.PDF)})
    kept = ContributionFile.objects.get().file.name
    assert soup(client.get(f"{own}&do=withdraw")).select_one("form button")
    assert Contribution.objects.get().status == "received"
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{own}&do=withdraw").status_code == 303
    row = Contribution.objects.get()
    assert row.status == "withdrawn" and row.withdrawn_at
    assert not (row.name or row.email or row.role or row.answers or row.organisation_name or row.keep_until)
    assert not CaseStudyPage.objects.exists() and not Organisation.objects.exists()
    assert not ContributionFile.objects.exists() and not storages["private"].exists(kept)
    assert len(mail.outbox) == 1 and "camille" not in mail.outbox[0].body.lower()
    assert client.get(own).status_code == 200
    assert client.get(f"{own}&do=amend").status_code == 200 and not CaseStudyPage.objects.exists()


def test_a_published_case_that_is_withdrawn_is_off_the_site_in_both_languages(
    client: Client, form: str, moderator: Client, hub: Hub
) -> None:
    own = shared(client, form)
    judge(moderator, "approve")
    french = CaseStudyPage.objects.get()
    english = hub.english(french, title="Two days a week")
    assert client.get(english.get_url()).status_code == 200
    client.post(f"{own}&do=withdraw")
    assert client.get(french.get_url()).status_code == client.get(english.get_url()).status_code == 404
    assert not CaseStudyPage.objects.filter(live=True).exists()
    row = Contribution.objects.get()
    assert row.status == "withdrawn" and not (row.email or row.name or row.answers or row.organisation_name)
    call_command("purge_personal_data")
    assert CaseStudyPage.objects.count() == 2
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        call_command("purge_personal_data")
    assert not CaseStudyPage.objects.exists() and not Organisation.objects.exists()
    assert client.get(own).status_code == 200


def test_what_an_open_form_holds_survives_the_amended_link(client: Client, form: str) -> None:
    own = shared(client, form)
    walk = Walk(client, f"{own}&do=amend")
    assert fields(walk.page)["organisation"] == "Atelier du Bocage" and not walk.errors
    assert fields(walk.page).get("agree", "") != AGREED["agree"]
