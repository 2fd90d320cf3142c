import datetime
from typing import Any

import pytest
from django.test import Client

from casestudies.models import CaseStudyPage
from tests.casestudies.lists import ALENCON, CAEN
from tests.casestudies.papers import Take
from tests.factories.dossiers import dossier_page, sources
from tests.factories.hub import Hub
from tests.factories.vocabulary import OrganisationFactory


@pytest.fixture
def index(hub: Hub) -> str:
    return hub.section("cases")["fr"].get_url()


@pytest.fixture
def cases(hub: Hub) -> Hub:
    """Four cases that differ in everything one may filter by."""
    hub.case(
        title="Alençon",
        organisation=OrganisationFactory(kind="public", size_band="under-50", setting="rural", **ALENCON),
        legal_form="charter",
        rhythm="fixed",
        places="home",
        status="sheet",
        period_start=2009,
        period_end=2011,
        people_teleworking=35,
        checked_on=datetime.date(2026, 3, 1),
    )
    hub.case(
        title="Écouché",
        organisation=OrganisationFactory(kind="sme", size_band="50-249", setting="urban", **CAEN),
        legal_form="agreement",
        rhythm="mixed",
        places="both",
        status="testimony",
        period_start=2011,
        people_teleworking=5,
        checked_on=datetime.date(2026, 5, 1),
    )
    hub.case(
        title="Domfront",
        organisation=OrganisationFactory(kind="sme", size_band="50-249", setting="mixed", **CAEN),
        places="shared",
        status="illustration",
        period_end=2020,
        checked_on=datetime.date(2026, 4, 1),
    )
    hub.case(title="Bayeux", organisation=OrganisationFactory(), checked_on=datetime.date(2026, 2, 1))
    return hub


@pytest.fixture
def take(hub: Hub, client: Client) -> Take:
    """The bytes of a paper of some cases."""

    def taking(cases: list[CaseStudyPage], page: Any = None, language: str = "fr", **asked: str) -> bytes:
        sources()
        url = (page or dossier_page(hub, language)).url
        response = client.get(url, {"case": [case.slug for case in cases], **asked})
        assert response.status_code == 200 and "attachment" in response.get("Content-Disposition", "")
        return response.content

    return taking
