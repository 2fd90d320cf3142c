"""What a commune's code says of an organisation, and what it does not."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories.vocabulary import OrganisationFactory

pytestmark = pytest.mark.django_db


def cleaned(**values):
    organisation = OrganisationFactory.build(locale=OrganisationFactory().locale, commune_code="50147", **values)
    organisation.clean()
    return organisation


def test_the_code_fills_what_is_empty_and_nothing_else() -> None:
    found = cleaned(kind="place", commune="Coutances-la-Belle")
    assert (found.commune, found.epci_code) == ("Coutances-la-Belle", "200067023")
    assert (found.population, found.population_year) == (8321, 2026)
    assert (str(found.latitude), str(found.longitude)) == ("49.0564", "-1.447")


@pytest.mark.parametrize(
    ("kind", "setting", "filled"),
    [
        ("sme", "mixed", True),
        ("large", "mixed", True),
        ("place", "mixed", True),
        ("public", "rural", True),
        ("public", "urban", True),
        ("public", "mixed", False),
        ("programme", "mixed", False),
        ("programme", "rural", True),
        ("territory", "rural", False),
    ],
)
def test_the_population_of_a_seat_says_nothing_of_what_reaches_beyond_it(kind: str, setting: str, filled: bool) -> None:
    found = cleaned(kind=kind, setting=setting)
    assert (found.population is not None) is filled
    assert (found.population_year is not None) is filled
    assert found.epci_code == "200067023"


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(ValidationError):
        OrganisationFactory.build(locale=OrganisationFactory().locale, commune_code="75056").clean()
