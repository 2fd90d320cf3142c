"""What a visitor's words name: one commune, several, or none, and then those whose names are nearest."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from hub.geography import communes
from hub.geography.communes import DEPARTEMENTS, Commune, folded

LONGEST = 100  # characters; the longest name has fewer than fifty
_MOST = 8
_ALIKE = 72  # of 100, by rapidfuzz: one wrong letter in a short name, two or three in a long one
_CODE = re.compile(r"[0-9][0-9AB][0-9]{3}", re.ASCII | re.IGNORECASE)
_SPACED = re.compile(r"([0-9][0-9AB])\s([0-9]{3})", re.ASCII | re.IGNORECASE)
# "Caen (Calvados)" as our own lists write it, "Caen, 14", "14000 Caen".
_BETWEEN = r"[\s,;:()\-–—]+"
_WHERE = rf"[0-9]{{5}}|{'|'.join((*DEPARTEMENTS, *DEPARTEMENTS.values()))}"
_BEFORE = re.compile(rf"(?P<where>[0-9]{{5}}){_BETWEEN}(?P<name>.+)", re.ASCII | re.IGNORECASE)
_AFTER = re.compile(rf"(?P<name>.+?){_BETWEEN}(?P<where>{_WHERE})\s*\)?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Match:
    """A commune, and the name of one since merged into it where the words named that."""

    commune: Commune
    former: str = ""


@dataclass(frozen=True)
class Named:
    """``found``: what the words name. Otherwise ``near``: what was perhaps meant; ``is_elsewhere``: a postal or INSEE
    code of another département."""

    found: list[Match]
    near: list[Match]
    is_elsewhere: bool = False


def named(words: str) -> Named:
    asked = _SPACED.sub(r"\1\2", words.strip()) if _SPACED.fullmatch(words.strip()) else words.strip()
    if _CODE.fullmatch(asked):
        found = [Match(each) for each in communes.find(asked)]
        return Named(found, [], is_elsewhere=asked[:2] not in DEPARTEMENTS.values())
    matches = _matches(asked)
    if not matches and (parts := _AFTER.fullmatch(asked) or _BEFORE.fullmatch(asked)):
        asked, where = parts["name"].rstrip(" (,"), parts["where"]
        matches = [each for each in _matches(asked) if _is_in(each.commune, where)]
    return Named(matches, [] if matches else _near(asked))


def suggestions(words: str) -> list[Match]:
    """While typing: by the beginning of a name, or by a whole code."""
    asked = words.strip()
    if _CODE.fullmatch(asked):
        return [Match(each) for each in communes.find(asked)][:_MOST]
    return [_match(each, asked) for each in communes.suggest(asked[:LONGEST], _MOST)]


def _matches(name: str) -> list[Match]:
    found = sorted(communes.find(name), key=lambda each: (each.name, each.code))
    return [_match(each, name) for each in found]


def _is_in(commune: Commune, where: str) -> bool:
    """``where``: a département's name or number, a postal code or an INSEE code."""
    known = (commune.departement, DEPARTEMENTS[commune.departement], commune.code, *commune.postal_codes)
    return where.casefold() in known


def _near(words: str) -> list[Match]:
    """Communes whose names hold the words, then those spelt nearly so."""
    near = {each.code: _match(each, words) for each in communes.suggest(words, _MOST)}
    spelt = process.extract(folded(words), _names().keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_MOST)
    for name, _score, _at in spelt:
        for match in _names()[name]:
            near.setdefault(match.commune.code, match)
    return list(near.values())[:_MOST]


def _match(commune: Commune, words: str) -> Match:
    asked = folded(words)
    if asked in folded(commune.name):
        return Match(commune)
    exact = (name for name in commune.former if folded(name) == asked)
    return Match(commune, next(exact, "") or next((name for name in commune.former if asked in folded(name)), ""))


@cache
def _names() -> dict[str, list[Match]]:
    names: dict[str, list[Match]] = defaultdict(list)
    for commune in communes.all_communes():
        names[folded(commune.name)].append(Match(commune))
        for former in commune.former:
            names[folded(former)].append(Match(commune, former))
    return dict(names)
