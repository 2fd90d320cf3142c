"""The cases of the library as places to hold against a commune."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from casestudies.likeness.closeness import Case, Place, Setting
from casestudies.models import CaseStudyPage, Organisation
from casestudies.models.organisation import is_of_its_commune
from hub.geography import communes
from hub.geography.communes import DEPARTEMENTS
from hub.pages.links import public_path, root_paths
from hub.pages.visibility import visible

_ELSEWHERE = "hors-normandie"  # the slug of a territory
_COLUMNS = (
    *("title", "slug", "url_path", "status", "period_start", "period_end", "page_territories__territory__slug"),
    *(f"organisation__{name}" for name in ("kind", "setting", "population", "commune_code", "epci_code")),
    *("organisation__latitude", "organisation__longitude"),
)


@dataclass(frozen=True)
class Row:
    """What the ranking shows of a case."""

    title: str
    slug: str
    url: str
    kind: str
    status: str
    period: str


def cases(language: str) -> tuple[list[Case], dict[int, Row]]:
    """Every case that visitors may see in a language, and its row by its key: one query however many there are."""
    asked = visible(CaseStudyPage.objects.filter(locale__language_code=language, alias_of__isnull=True)).order_by()
    roots = root_paths()
    places: dict[int, dict[str, Any]] = {}
    shown: dict[int, Row] = {}
    territories: dict[int, set[str]] = defaultdict(set)
    for row in asked.values("pk", *_COLUMNS):  # one row for each territory of a case
        places[row["pk"]] = row
        territories[row["pk"]].add(row["page_territories__territory__slug"] or "")
        if url := public_path(row["url_path"], language, roots):
            shown[row["pk"]] = _row(row, url)
    return [Case(key, row.title, _place(places[key], territories[key])) for key, row in shown.items()], shown


def _row(row: dict[str, Any], url: str) -> Row:
    years = (str(year) for year in (row["period_start"], row["period_end"]) if year)
    return Row(
        title=row["title"],
        slug=row["slug"],
        url=url,
        kind=str(Organisation.Kind(row["organisation__kind"]).label),
        status=str(CaseStudyPage.Status(row["status"]).label),
        period="–".join(dict.fromkeys(years)),
    )


def _place(row: dict[str, Any], territories: set[str]) -> Place:
    """What an organisation leaves empty is taken from its commune, or from its intercommunal authority. Of what only
    has its seat in a commune, or is a territory around it, the number of inhabitants stays unknown."""
    commune = communes.commune(row["organisation__commune_code"])
    epci = communes.epci(row["organisation__epci_code"]) or (commune.epci if commune else None)
    population = row["organisation__population"]
    own = commune is not None and population == commune.population
    is_territory = row["organisation__kind"] == Organisation.Kind.TERRITORY and not own
    if population is None and commune is None:
        population = epci.population if epci and is_territory else None
    elif population is None and commune and is_of_its_commune(row["organisation__kind"], row["organisation__setting"]):
        population = commune.population
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
