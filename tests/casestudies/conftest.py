import datetime

import pytest

from tests.casestudies.lists import ALENCON, CAEN
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
