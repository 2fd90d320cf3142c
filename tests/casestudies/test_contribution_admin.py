"""What moderators see of contributions, and what nobody else does."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from casestudies.models import CaseStudyPage, Contribution, ContributionFile
from hub.media.models import HubImage
from tests.casestudies.contributing import judge, shared, staff
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


def listed(row: Contribution) -> str:
    return reverse("contributions:inspect", args=[row.pk])


def test_moderators_read_answers_save_files_and_place_a_picture(client: Client, form: str, moderator: Client) -> None:
    last = {"file_1": files.upload("été.png", files.picture()), "alt_1": "La salle.", "photo_rights": "on"}
    shared(client, form, last)
    row, file = Contribution.objects.get(), ContributionFile.objects.get()
    assert "Atelier du Bocage" in moderator.get(reverse("contributions:index")).content.decode()
    shown = moderator.get(listed(row)).content.decode()
    assert "camille@atelier.example" in shown and "Carnet de bord de chacun." in shown
    response = moderator.get(reverse("contributions:file", args=[row.pk, file.pk]))
    assert response["Content-Disposition"].startswith("attachment") and response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")
    assert moderator.post(reverse("contributions:place", args=[row.pk, file.pk])).status_code == 302
    draft = row.page.get_latest_revision_as_object()
    assert draft.picture == HubImage.objects.get() and draft.picture_alt == "La salle."
    assert HubImage.objects.get().credit == "Atelier du Bocage" and not CaseStudyPage.objects.get().live
    judge(moderator, "approve")
    assert "La salle." in client.get(CaseStudyPage.objects.get().get_url()).content.decode()


@pytest.mark.parametrize("role", ["editor", "legal", "campaigns", "translator"])
def test_other_roles_see_none_of_it(client: Client, form: str, role: str) -> None:
    last = {"file_1": files.upload("a.png", files.picture()), "alt_1": "La salle.", "photo_rights": "on"}
    shared(client, form, last)
    row, file = Contribution.objects.get(), ContributionFile.objects.get()
    other = staff(role)
    for name, args in (("index", []), ("index_results", []), ("inspect", [row.pk]), ("file", [row.pk, file.pk])):
        response = other.get(reverse(f"contributions:{name}", args=args))
        assert response.status_code == 302 and "Atelier" not in response.content.decode(), name
    assert other.post(reverse("contributions:place", args=[row.pk, file.pk])).status_code == 302
    assert not HubImage.objects.exists()
    assert reverse("contributions:index") not in other.get(reverse("wagtailadmin_home")).content.decode()


def test_nobody_reaches_the_files_without_signing_in(client: Client, form: str) -> None:
    shared(client, form, {"file_1": files.upload("a.pdf", files.PDF)})
    row, file = Contribution.objects.get(), ContributionFile.objects.get()
    response = client.get(reverse("contributions:file", args=[row.pk, file.pk]))
    assert response.status_code == 302 and "connexion" in response["Location"]


def test_markup_in_an_account_is_words_to_moderators_too(client: Client, form: str, moderator: Client) -> None:
    hostile = "<script>alert(1)</script>"
    shared(client, form, organisation=hostile, how=hostile, name=hostile)
    row = Contribution.objects.get()
    for url in (reverse("contributions:index"), listed(row), reverse("wagtailadmin_pages:edit", args=[row.page.pk])):
        assert hostile not in moderator.get(url).content.decode()


def test_nobody_but_its_own_form_knows_the_account(client: Client, form: str) -> None:
    """No page, feed, map of the site or API tells of what waits to be read."""
    shared(client, form)
    slug = Page.objects.get(pk=Contribution.objects.get().page_id).slug
    for url in ("/fr/etudes-de-cas/", "/fr/etudes-de-cas/?format=atom", "/sitemap.xml", "/fr/recherche/?q=Bocage"):
        assert slug not in client.get(url).content.decode(), url
