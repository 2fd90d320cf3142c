"""The form of "Share your experience": steps, mistakes, files, and what one sending makes."""

import pytest
from django.test import Client

from casestudies.models import Contribution
from tests.casestudies.contributing import shared
from tests.factories.hub import Hub

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(hub: Hub) -> str:
    return hub.library("contribution").get_url()


def test_an_account_becomes_a_draft_that_nobody_can_read_yet(client: Client, form: str) -> None:
    own = shared(client, form)
    row = Contribution.objects.get()
    page = row.page
    assert row.status == "received" and row.language == "fr" and row.email == "camille@atelier.example"
    assert not page.live and "Atelier du Bocage" in page.title and page.title.endswith("Deux jours par semaine")
    assert page.status == "testimony" and page.organisation.commune == "Vire Normandie"
    assert page.workflow_in_progress
    draft = page.get_latest_revision_as_object()
    assert "<p>Un essai de six mois.</p>" in draft.approach and "tous\u202f?" in draft.approach
    assert draft.figures[0].value["value"] == 1200 and draft.costs[0].value["unit"] == "€"
    assert draft.difficulties[0].value["problem"] == "Les débuts ont été lents."
    assert client.get(f"/fr/etudes-de-cas/{page.slug}/").status_code == 404
    assert "Camille" not in str(draft.serializable_data())
    assert client.get(own).status_code == 200
