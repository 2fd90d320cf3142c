"""Cases for the papers of a council: told in full, as hostile as editors can make them, and bare."""

import json
from collections.abc import Callable
from typing import Any

from casestudies.models import CaseStudyPage
from tests.factories.blocks import block, figure
from tests.factories.dossiers import full_case, sources
from tests.factories.hub import Hub

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmütze" * 4
EMOJI = "Rire 😀 et 👩‍👩‍👧‍👦 puis 日本語 fin"
MARKUP = '#import "x"; $ *gras* _it_ <script>alert(1)</script> [lien](x) \\n @ref'

Take = Callable[..., bytes]


def some(hub: Hub, number: int, language: str = "fr", **values: Any) -> list[CaseStudyPage]:
    sources()
    return [
        full_case(hub, f"Commune {name}", language, people_teleworking=place, **values)
        for place, name in enumerate("ABCDEF"[:number], start=1)
    ]


def hostile(hub: Hub, language: str) -> CaseStudyPage:
    """Every text as long, as strange and as much like markup as editors can make it."""
    strange = [LONG, EMOJI, MARKUP]
    figures = [figure(value="-1234567.89", unit=each[:60], label=each[:200], note=each) for each in strange * 2]
    return full_case(
        hub,
        f"{MARKUP} 😀 {LONG}"[:250],
        language,
        slug=f"hostile-{language}",
        search_description=f"{LONG} {EMOJI} {MARKUP}"[:300],
        why=f"<p>{LONG}</p><p>{EMOJI}</p><h3>Titre</h3><ul><li>{LONG}</li></ul>" * 5,
        approach="<p></p><ul><li></li></ul>" + f"<p>{MARKUP.replace('<', '&lt;')}</p>" * 20,
        funding="",
        rhythm_detail=EMOJI,
        people_note=LONG[:300],
        figures=json.dumps([block("figure", each) for each in figures]),
        costs="[]",
        difficulties=json.dumps([block("difficulty", {"problem": each[:300], "answer": ""}) for each in strange * 2]),
        unknowns=json.dumps([block("unknown", each[:300]) for each in strange * 3]),
        discrepancies="[]",
        advice=json.dumps([block("tip", each[:300]) for each in strange]),
    )


def bare(hub: Hub, language: str) -> CaseStudyPage:
    """Nothing told but what must be."""
    return hub.case(language, title="Vide", search_description="", why="", approach="", sector=None)
