"""The wording of the letters: clauses by key, their placeholders, and what a clause may not be. Plain Python.

The clauses that ship with the hub stand in ``data/clauses.yaml``, French and English side by side. Editors' rows
replace them one by one (``guides.letters.wording``).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from hub.typesetting.characters import tidy, unprintable

SHIPPED = Path(__file__).parent / "data" / "clauses.yaml"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")

Wording = Mapping[str, str]


@dataclass(frozen=True)
class Clause:
    """``purposes`` tell editors where the clause stands; ``texts`` are by language."""

    key: str
    purposes: Mapping[str, str]
    texts: Mapping[str, str]

    def placeholders(self, language: str) -> frozenset[str]:
        return frozenset(_PLACEHOLDER.findall(self.texts[language]))


@cache
def shipped() -> Mapping[str, Clause]:
    """Every clause that composition knows, in the order of the letter."""
    rows = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    return {
        key: Clause(
            key,
            row["purpose"],
            {language: " ".join(row[language].split()) for language in ("fr", "en")},
        )
        for key, row in rows.items()
    }


def shipped_wording(language: str) -> dict[str, str]:
    return {key: clause.texts[language] for key, clause in shipped().items()}


@dataclass(frozen=True)
class Fault:
    code: str
    what: str = ""


def faults(key: str, language: str, text: str) -> list[Fault]:
    """What keeps a text from standing for the clause of that key. An unknown key knows no placeholders.

    A clause may use what it uses in any language, and must use what it uses in its own.
    """
    clause = shipped().get(key)
    needed = clause.placeholders(language) if clause else frozenset()
    known = frozenset().union(*map(clause.placeholders, clause.texts)) if clause else frozenset()
    used = set(_PLACEHOLDER.findall(text))
    found = [Fault("unknown_placeholder", name) for name in sorted(used - known)]
    found += [Fault("missing_placeholder", name) for name in sorted(needed - used)]
    if re.search(r"[{}]", _PLACEHOLDER.sub("", text)):
        found.append(Fault("brace"))
    if re.search(r"[\[\]]", text):
        found.append(Fault("bracket"))
    if not text.strip():
        found.append(Fault("empty"))
    elif tidy(text) != text:
        found.append(Fault("spaces"))
    if strange := unprintable(tidy(text)):
        found.append(Fault("unprintable", strange))
    return found


def fill(template: str, values: Mapping[str, str]) -> str:
    """The clause with its answers. What visitors typed is inserted as it stands, never read as a template.

    Raises KeyError for a placeholder without a value.
    """
    return _PLACEHOLDER.sub(lambda match: values[match[1]], template)
