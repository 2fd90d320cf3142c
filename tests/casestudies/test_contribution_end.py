"""What stays behind of an account that is withdrawn, refused or changed: nothing that its sender took back."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casestudies.models import CaseStudyPage, Contribution, ContributionFile, Organisation
from hub.media.models import HubImage
from tests.casestudies.contributing import AGREED, STEPS, Walk, amended, fields, judge, shared, staff
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


def purge_after(days: int) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        call_command("purge_personal_data")


def with_picture(client: Client, form: str, moderator: Client) -> str:
    """An account whose picture a moderator put on the draft: the contributor's own address."""
    own = shared(
        client, form, {"file_1": files.upload("a.png", files.picture()), "alt_1": "La salle.", "photo_rights": "on"}
    )
    file = ContributionFile.objects.get()
    moderator.post(reverse("contributions:place", args=[file.contribution_id, file.pk]))
    assert HubImage.objects.count() == 1
    return own


# --- Withdrawn ---


@pytest.mark.parametrize("published", [True, False])
def test_a_picture_that_stood_on_the_page_goes_with_the_account(
    client: Client, form: str, moderator: Client, published: bool
) -> None:
    own = with_picture(client, form, moderator)
    other = HubImage.objects.create(title="Autre", file=files.upload("autre.png", files.picture()))
    if published:
        judge(moderator, "approve")
    client.post(f"{own}&do=withdraw")
    assert list(HubImage.objects.all()) == [other]


def test_a_page_that_waits_for_its_hour_does_not_come_back(client: Client, form: str, moderator: Client) -> None:
    own = shared(client, form)
    judge(moderator, "approve")
    page = CaseStudyPage.objects.get()
    page.unpublish()
    page.go_live_at = timezone.now() + timedelta(days=2)
    page.save_revision().publish()
    client.post(f"{own}&do=withdraw")
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        call_command("publish_scheduled")
    assert not CaseStudyPage.objects.get().live


def test_a_translation_that_is_public_leaves_the_site_with_a_draft(
    client: Client, form: str, moderator: Client, hub: Hub
) -> None:
    own = shared(client, form)
    english = hub.english(CaseStudyPage.objects.get(), title="Two days a week")
    assert client.get(english.get_url()).status_code == 200
    client.post(f"{own}&do=withdraw")
    assert not CaseStudyPage.objects.filter(live=True).exists()


def test_the_purge_ends_where_an_editor_published_it_again(client: Client, form: str, moderator: Client) -> None:
    own = shared(client, form)
    judge(moderator, "approve")
    client.post(f"{own}&do=withdraw")
    CaseStudyPage.objects.get().get_latest_revision().publish()
    purge_after(31)
    assert Contribution.objects.get().keep_until is None and CaseStudyPage.objects.get().live


# --- Never published ---


@pytest.mark.parametrize("refused", [True, False])
def test_a_draft_that_nobody_published_goes_with_its_sender(
    client: Client, form: str, moderator: Client, refused: bool
) -> None:
    with_picture(client, form, moderator)
    if refused:
        judge(moderator, "reject", "Cela ne suffit pas.")
    purge_after(366)
    assert not (CaseStudyPage.objects.exists() or Organisation.objects.exists() or HubImage.objects.exists())
    assert not Contribution.objects.get().email


def test_a_page_that_was_public_outlives_its_sender(client: Client, form: str, moderator: Client) -> None:
    with_picture(client, form, moderator)
    judge(moderator, "approve")
    purge_after(181)
    assert CaseStudyPage.objects.get().live and HubImage.objects.exists() and not Contribution.objects.get().email


def test_what_is_said_to_be_erased_by_a_day_is_erased_on_it(client: Client, form: str, moderator: Client) -> None:
    shared(client, form)
    left = (Contribution.objects.get().keep_until - timezone.localdate()).days
    purge_after(left - 1)
    assert Contribution.objects.get().email
    purge_after(left)
    assert not Contribution.objects.get().email


# --- Changed ---


def test_the_address_no_longer_names_who_is_not_to_be_named(client: Client, form: str, moderator: Client) -> None:
    own = shared(client, form)
    judge(moderator, "approve")
    amended(client, own, may_be_named="")
    judge(moderator, "approve")
    page = CaseStudyPage.objects.get()
    assert "atelier" not in page.slug and client.get(page.get_url()).status_code == 200


def test_a_picture_that_is_taken_away_leaves_the_draft(client: Client, form: str, moderator: Client) -> None:
    own = with_picture(client, form, moderator)
    amended(client, own, drop=str(ContributionFile.objects.get().pk))
    draft = CaseStudyPage.objects.get().get_latest_revision_as_object()
    assert draft.picture is None and not draft.picture_alt


def test_the_rights_to_pictures_that_stay_are_asked_for_again(client: Client, form: str, moderator: Client) -> None:
    own = with_picture(client, form, moderator)
    amended(client, own, how="Autre.")
    assert Contribution.objects.get().has_photo_rights
    walk = Walk(client, f"{own}&do=amend")
    for _step in STEPS:
        walk.press()
    page, shown = walk.page, fields(walk.page)
    assert shown["photo_rights"] == "on"
    page.select_one("[name=photo_rights]").decompose()
    assert walk.send().status_code == 200
    assert [tag["href"] for tag in walk.page.select(".error-summary a")] == ["#id_photo_rights"]
    assert AGREED.items() <= fields(walk.page).items()


def test_an_amendment_that_is_sent_twice_counts_once(client: Client, form: str) -> None:
    own = shared(client, form)
    walk = Walk(client, f"{own}&do=amend")
    for _step in STEPS:
        walk.press()
    for _time in range(2):
        assert walk.send(file_1=files.upload("a.pdf", files.PDF)).status_code == 303
    assert ContributionFile.objects.count() == 1
    assert walk.send(tip_2="Et encore.").status_code == 303
    assert CaseStudyPage.objects.get().get_latest_revision_as_object().advice[-1].value == "Et encore."


def test_an_amendment_that_fails_may_be_sent_again(client: Client, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    own = shared(client, form)
    walk = Walk(client, f"{own}&do=amend")
    for _step in STEPS:
        walk.press()
    with monkeypatch.context() as broken:
        broken.setattr("casestudies.contributing.sending._hand_over", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            walk.send(tip_2="Et encore.")
    assert walk.send(tip_2="Et encore.").status_code == 303
    assert Contribution.objects.get().answers["tip_2"] == "Et encore."
