"""How close a case is to a commune: a score of at most 100 points, each of them explained. Knows no Django.

======================== ====== ===============================================================================
what is compared         points how they are given
======================== ====== ===============================================================================
inhabitants                  35 same band 35, next band 20, two bands away 8; a territory is held against the
                                intercommunal authority, and its bands are larger
distance                     25 all of them on the spot, none from 150 km on, in a straight line between
rural or urban               20 the same 20, a place that is both 10
intercommunal authority      12 the same
département                   8 the same
======================== ====== ===============================================================================

What is not known gives no point. A case of which nothing comparable is known stands last, whatever the others score.
Equal scores: the nearer first, then by title.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from hub.geography.communes import Commune, kilometres

SIZE = (35, 20, 8)  # same band, next band, two bands away
DISTANCE = 25
SETTING = 20
SETTING_IN_PART = 10
EPCI = 12
DEPARTEMENT = 8
FAR = 150.0  # km: from here on nothing is near

COMMUNE_BANDS = (500, 2_000, 10_000, 50_000)
# Those from which the law speaks of a community of communes, of agglomeration, and an urban one.
TERRITORY_BANDS = (15_000, 50_000, 250_000)


class Setting(Enum):
    RURAL = "rural"
    URBAN = "urban"
    MIXED = "mixed"


@dataclass(frozen=True)
class Place:
    """Where a case was tried, as far as it is known. ``is_territory``: ``population`` is that of several communes.

    ``departements`` holds slugs; ``is_elsewhere`` says that it lies outside all those that are known here.
    """

    population: int | None = None
    is_territory: bool = False
    setting: Setting = Setting.MIXED
    commune_code: str = ""
    epci_code: str = ""
    departements: frozenset[str] = frozenset()
    is_elsewhere: bool = False
    point: tuple[float, float] | None = None

    @property
    def is_known(self) -> bool:
        """Whether anything can be held against a commune: "rural and urban" is said of whole countries."""
        located = self.point is not None or self.departements or self.epci_code
        return bool(self.population is not None or located or self.setting is not Setting.MIXED)


@dataclass(frozen=True)
class Band:
    """Populations from ``least`` on and below ``below``; either may be open."""

    least: int | None
    below: int | None
    is_territory: bool


@dataclass(frozen=True)
class Case:
    """``key`` is the caller's own."""

    key: int
    title: str
    place: Place


@dataclass(frozen=True)
class Closeness:
    """What a commune and a place have in common. None: not known."""

    score: int
    band: Band | None
    bands_apart: int | None  # of the place above the commune: negative when the place is smaller
    setting: Setting
    is_same_setting: bool | None
    km: float | None
    is_same_commune: bool
    is_same_epci: bool | None
    is_same_departement: bool | None
    is_elsewhere: bool
    is_known: bool


@dataclass(frozen=True)
class Ranked:
    case: Case
    closeness: Closeness


def rank(commune: Commune, cases: Iterable[Case]) -> list[Ranked]:
    """Every case once, the closest first. The order in which they come plays no part."""
    return sorted((Ranked(each, compare(commune, each.place)) for each in cases), key=_order)


def compare(commune: Commune, place: Place) -> Closeness:
    band, apart = _size(commune, place)
    same_setting = _same_setting(commune, place)
    km = kilometres((commune.latitude, commune.longitude), place.point) if place.point else None
    same_epci = place.epci_code == commune.epci.code if place.epci_code and commune.epci else None
    same_departement = commune.departement in place.departements if place.departements else None
    points = [
        SIZE[abs(apart)] if apart is not None and abs(apart) < len(SIZE) else 0,
        DISTANCE * max(0.0, 1 - km / FAR) if km is not None else 0,
        {True: SETTING, None: SETTING_IN_PART, False: 0}[same_setting] if place.is_known else 0,
        EPCI if same_epci else 0,
        DEPARTEMENT if same_departement else 0,
    ]
    return Closeness(
        score=math.floor(sum(points)),
        band=band,
        bands_apart=apart,
        setting=place.setting,
        is_same_setting=same_setting,
        km=km,
        is_same_commune=place.commune_code == commune.code,
        is_same_epci=same_epci,
        is_same_departement=same_departement,
        is_elsewhere=place.is_elsewhere,
        is_known=place.is_known,
    )


def band_of(population: int, is_territory: bool) -> Band:
    bounds = TERRITORY_BANDS if is_territory else COMMUNE_BANDS
    at = _index(population, bounds)
    return Band(bounds[at - 1] if at else None, bounds[at] if at < len(bounds) else None, is_territory)


def _order(ranked: Ranked) -> tuple[bool, int, float, str, int]:
    close, case = ranked.closeness, ranked.case
    return (not close.is_known, -close.score, math.inf if close.km is None else close.km, case.title, case.key)


def _size(commune: Commune, place: Place) -> tuple[Band | None, int | None]:
    """The band of the place, and how many bands it stands above the commune or its intercommunal authority."""
    if place.population is None:
        return None, None
    band = band_of(place.population, place.is_territory)
    if not place.is_territory:
        return band, _index(place.population, COMMUNE_BANDS) - _index(commune.population, COMMUNE_BANDS)
    if commune.epci is None:
        return band, None
    return band, _index(place.population, TERRITORY_BANDS) - _index(commune.epci.population, TERRITORY_BANDS)


def _index(population: int, bounds: tuple[int, ...]) -> int:
    return sum(population >= bound for bound in bounds)


def _same_setting(commune: Commune, place: Place) -> bool | None:
    """None: the place is both."""
    if place.setting is Setting.MIXED:
        return None
    return (place.setting is Setting.RURAL) == commune.is_rural
