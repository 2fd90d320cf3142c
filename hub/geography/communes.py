"""Communes and the intercommunal authorities (EPCI) they belong to, found by name, INSEE code or postal code."""

import json
import math
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data" / "communes.json"
_EARTH_KM = 6371.0
# A plain line, drawn by the hub and said wherever it is used: INSEE's own grid of density is not in the data shipped.
RURAL_BELOW = 2_000  # inhabitants

DEPARTEMENTS = {"calvados": "14", "manche": "50", "orne": "61"}


@dataclass(frozen=True)
class Epci:
    """An intercommunal authority. ``code`` is its SIREN number; ``population`` its legal population."""

    code: str
    name: str
    population: int


@dataclass(frozen=True)
class Commune:
    """``departement`` is a slug of ``DEPARTEMENTS``. ``former`` are the names of the communes that it took in."""

    code: str
    name: str
    former: tuple[str, ...]
    postal_codes: tuple[str, ...]
    departement: str
    epci: Epci | None
    population: int
    km2: float
    latitude: float
    longitude: float

    @property
    def is_rural(self) -> bool:
        return self.population < RURAL_BELOW


@dataclass(frozen=True)
class _Country:
    year: int
    epcis: dict[str, Epci]
    communes: dict[str, Commune]
    by_name: dict[str, list[Commune]]
    by_postal_code: dict[str, list[Commune]]


def year() -> int:
    """The year of the codes and legal populations."""
    return _country().year


def all_communes() -> list[Commune]:
    return list(_country().communes.values())


def all_epcis() -> list[Epci]:
    return list(_country().epcis.values())


def epci(code: str) -> Epci | None:
    return _country().epcis.get(code)


def commune(code: str) -> Commune | None:
    """The commune with this INSEE code."""
    return _country().communes.get(code)


def find(text: str) -> list[Commune]:
    """Communes that the words name: an INSEE code, a postal code, or a name, former ones included.

    Some codes are one commune's INSEE code and another's postal code: who types one may mean either. A present name
    goes before a former one; several communes may share either. Empty when nothing is so named.
    """
    country = _country()
    words = text.strip()
    if len(words) == 5 and words[0].isdigit():
        coded = {each.code: each for each in country.by_postal_code.get(words, [])}
        if own := country.communes.get(words.upper()):
            coded[own.code] = own
        return _by_size(coded)
    return country.by_name.get(folded(words), [])


def suggest(text: str, most: int = 8) -> list[Commune]:
    """Communes whose name, or former name, begins with the words or holds them, the largest first."""
    words = folded(text)
    if len(words) < 2:
        return []
    beginning, holding = {}, {}
    for name, communes in _country().by_name.items():
        if name.startswith(words):
            beginning.update({each.code: each for each in communes})
        elif words in name:
            holding.update({each.code: each for each in communes})
    ranked = [*_by_size(beginning), *(each for each in _by_size(holding) if each.code not in beginning)]
    return ranked[:most]


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """As the crow flies, between two points in degrees (latitude, longitude)."""
    (lat1, lon1), (lat2, lon2) = (map(math.radians, point) for point in (one, other))
    across = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(across))


def folded(name: str) -> str:
    """A name without what people leave out: accents, case, hyphens, apostrophes, the short form of Saint."""
    plain = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "oe"))
    letters = "".join(each.lower() if each.isalnum() else " " for each in plain if not unicodedata.combining(each))
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in letters.split())


def _by_size(communes: dict[str, Commune]) -> list[Commune]:
    return sorted(communes.values(), key=lambda each: (-each.population, each.name))


@cache
def _country() -> _Country:
    data = json.loads(_DATA.read_text(encoding="utf-8"))
    epcis = {row["code"]: Epci(**row) for row in data["epcis"]}
    communes = {}
    names: dict[str, list[Commune]] = defaultdict(list)
    former: dict[str, list[Commune]] = defaultdict(list)
    postal_codes: dict[str, list[Commune]] = defaultdict(list)
    for row in data["communes"]:
        each = Commune(
            **{
                **row,
                "former": tuple(row["former"]),
                "postal_codes": tuple(row["postal_codes"]),
                "epci": epcis.get(row["epci"]),
            }
        )
        communes[each.code] = each
        names[folded(each.name)].append(each)
        for name in each.former:
            former[folded(name)].append(each)
        for code in each.postal_codes:
            postal_codes[code].append(each)
    for name, found in former.items():
        names[name] += [each for each in found if each not in names[name]]
    return _Country(data["year"], epcis, communes, dict(names), dict(postal_codes))
