"""Where the pages are. Addresses are read from the starting content: a slug may change and no test breaks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("fr", "en")
CONTENT = Path(__file__).resolve().parents[2] / "hub" / "demo" / "content" / "pages"


@cache
def content() -> dict[str, dict[str, Any]]:
    """Every page of the starting content by its key."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {path.stem: yaml.load(path.read_text("utf-8"), loader) for path in sorted(CONTENT.rglob("*.yaml"))}


def address(key: str, language: str) -> str:
    """``/fr/cadre-legal/refus-du-teletravail/`` for ``legal-refusal``."""
    page = content()[key]
    if "parent" not in page:
        return f"/{language}/"
    return f"{address(page['parent'], language)}{page['slug'][language]}/"


def keys(kind: str) -> list[str]:
    return [key for key, page in content().items() if page["type"] == kind]


@dataclass(frozen=True)
class Place:
    """A page that tests visit: one of the starting content (and what follows its address), or an address of its own."""

    key: str = ""
    query: str = ""
    fr: str = ""
    en: str = ""
    status: int = 200
    after: Mapping[str, str] = field(default_factory=dict)

    def path(self, language: str) -> str:
        page = address(self.key, language) if self.key else getattr(self, language)
        return page + self.after.get(language, "") + self.query


PLACES = {
    "home": Place("home"),
    "case index": Place("case-studies"),
    "case index, filtered": Place("case-studies", query="?territory=orne&territory=nowhere"),
    "case study, the richest": Place("cas-pme-basse-normandie"),
    "case study without figures": Place("cas-coutances"),
    "comparison": Place("comparison"),
    "dossier": Place("dossier"),
    "communes like mine": Place("likeness"),
    "share your experience": Place("contribution"),
    "mentoring": Place("mentoring"),
    "feedback events": Place("feedback-events"),
    "feedback event": Place("event-pme-2016"),
    "guide": Place("negotiation-guide"),
    "step with charts and tables": Place("guide-4"),
    "step with letters": Place("guide-9"),
    "step with the task table": Place("guide-2"),
    "whole guide": Place("negotiation-guide", after={"fr": "imprimer/", "en": "print/"}),
    "letter builder": Place("letter"),
    "refusal check": Place("refusal"),
    "savings calculator": Place("savings"),
    "objection cards": Place("objections"),
    "reply decoder": Place("replies"),
    "employer's page": Place("employer"),
    "legal index": Place("legal-framework"),
    "legal explainer with tables": Place("legal-costs"),
    "campaign index": Place("campaigns"),
    "campaign with a chart": Place("campaign-c3"),
    "glossary": Place("glossary"),
    "glossary, one letter": Place("glossary", query="?letter=T"),
    "plain page": Place("about"),
    "audience index": Place(fr="/fr/publics/", en="/en/audiences/"),
    "audience": Place(fr="/fr/publics/salaries/", en="/en/audiences/salaries/"),
    "search with results": Place(fr="/fr/recherche/?q=refus", en="/en/search/?q=refusal"),
    "search without result": Place(fr="/fr/recherche/?q=xylophone", en="/en/search/?q=xylophone"),
    "search, blank": Place(fr="/fr/recherche/", en="/en/search/"),
    "not found": Place(fr="/fr/rien-ici/", en="/en/nothing-here/", status=404),
    "sign-in": Place(fr="/compte/connexion/", en="/compte/connexion/"),
}
# What readers see; the sign-in page is for those who write, and its form needs a cookie.
PUBLIC_PLACES = [name for name in PLACES if name != "sign-in"]
NOT_FOUND = {place.path(language) for place in PLACES.values() if place.status == 404 for language in LANGUAGES}
