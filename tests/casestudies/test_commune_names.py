"""A commune named with what lists and letters write beside its name."""

from collections import defaultdict
from typing import Any

import pytest

from hub.geography import communes
from tests.factories.hub import Hub

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(hub: Hub) -> str:
    return hub.library("likeness", "en", slug="communes-en").url


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Caen (Calvados)", "Caen"),
        ("Caen (14)", "Caen"),
        ("caen, calvados", "Caen"),
        ("14000 Caen", "Caen"),
        ("Caen 14000", "Caen"),
        ("14 118", "Caen"),
        ("Vire Normandie (14762)", "Vire Normandie"),
        ("Argentan – Orne", "Argentan"),
        ("Saint-Sever-Calvados", "Noues de Sienne"),
        ("Marseille (Orne)", None),
        ("Caen (Orne)", None),
        ("Orne", None),
    ],
)
def test_a_commune_is_found_by_its_name_with_its_departement_or_code(
    url: str, fetch: Any, words: str, name: str | None
) -> None:
    """As our own lists write it, and as addresses do."""
    found = fetch(url, data={"commune": words}).select_one(".glance h2")
    assert (found and found.get_text()) == name


def test_a_name_that_several_bear_is_told_apart_by_its_departement(url: str, fetch: Any) -> None:
    """As the suggestion says it, so as one types it next time."""
    by_name: dict[str, list[communes.Commune]] = defaultdict(list)
    for each in communes.all_communes():
        by_name[each.name].append(each)
    one, *others = next(
        found for found in by_name.values() if len({each.departement for each in found}) == len(found) > 1
    )
    soup = fetch(url, data={"commune": f"{one.name} ({one.departement.title()})"})
    facts = soup.select_one(".glance").get_text()
    assert one.departement.title() in facts
    assert all(each.departement.title() not in facts for each in others)
