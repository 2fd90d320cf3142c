"""The cases of the library as places to hold against a commune."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from casestudies.likeness.closeness import Case, Place, Setting
from casestudies.models import CaseStudyPage, Organisation
from hub.geography import communes
from hub.geography.communes import DEPARTEMENTS
from hub.pages.links import public_path, root_paths
from hub.pages.visibility import visible
from hub.vocabulary.models import PageTerritory

_ELSEWHERE = "hors-normandie"  # the slug of a territory


@dataclass(frozen=True)
class Row:
    """What a link to a case needs."""

    title: str
    slug: str
    url: str


def cases(language: str) -> tuple[list[Case], dict[int, Row]]:
    """Every case that visitors may see in a language, and its link by its key: two queries however many there are."""
    rows = list(
        visible(CaseStudyPage.objects.filter(locale__language_code=language, alias_of__isnull=True))
        .order_by()
        .values(
            "pk",
            "title",
            "slug",
            "url_path",
            *(f"organisation__{name}" for name in ("kind", "setting", "population", "commune_code", "epci_code")),
            "organisation__latitude",
            "organisation__longitude",
        )
    )
    territories: dict[int, set[str]] = defaultdict(set)
    pairs = PageTerritory.objects.filter(page__in=[row["pk"] for row in rows]).values_list("page", "territory__slug")
    for pk, slug in pairs:
        territories[pk].add(slug)
    roots = root_paths()
    links = {row["pk"]: Row(row["title"], row["slug"], public_path(row["url_path"], language, roots)) for row in rows}
    found = [Case(row["pk"], row["title"], _place(row, territories[row["pk"]])) for row in rows if links[row["pk"]].url]
    return found, links


def _place(row: dict[str, Any], territories: set[str]) -> Place:
    """What an organisation leaves empty is taken from its commune, or from its intercommunal authority."""
    commune = communes.commune(row["organisation__commune_code"])
    epci = communes.epci(row["organisation__epci_code"]) or (commune.epci if commune else None)
    population = row["organisation__population"]
    own = commune is not None and population in (None, commune.population)
    is_territory = row["organisation__kind"] == Organisation.Kind.TERRITORY and not own
    if population is None and is_territory:
        population = epci.population if epci else None
    elif population is None:
        population = commune.population if commune else None
    departements = territories & DEPARTEMENTS.keys() | ({commune.departement} if commune else set())
    latitude, longitude = row["organisation__latitude"], row["organisation__longitude"]
    point = (latitude, longitude) if None not in (latitude, longitude) else None
    if point is None and commune:
        point = (commune.latitude, commune.longitude)
    return Place(
        population=population,
        is_territory=is_territory,
        setting=Setting(row["organisation__setting"]),
        commune_code=row["organisation__commune_code"],
        epci_code=epci.code if epci else row["organisation__epci_code"],
        departements=frozenset(departements),
        is_elsewhere=_ELSEWHERE in territories and not departements,
        point=_degrees(point),
    )


def _degrees(point: tuple[Decimal | float, Decimal | float] | None) -> tuple[float, float] | None:
    return (float(point[0]), float(point[1])) if point else None
