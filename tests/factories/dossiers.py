"""Cases told in full and the page that makes papers of them."""

import json
from typing import Any

from casestudies.models import CaseStudyPage, DossierPage
from tests.factories.blocks import block, figure, items
from tests.factories.hub import Hub
from tests.factories.vocabulary import SourceFactory

STUDY, PRESS = "STUDY", "PRESS"


def sources() -> None:
    SourceFactory(key=STUDY, title="Télétravail en Basse-Normandie", publisher="Étude régionale", date="2015", url="")
    SourceFactory(
        key=PRESS,
        title="Un an après",
        publisher="Journal",
        date="2016-05",
        kind="secondary",
        url="https://press.example/a",
    )


def full_case(hub: Hub, title: str, language: str = "fr", **values: Any) -> CaseStudyPage:
    """A result, a cost and a difficulty, each of its own; ``values`` replace any field."""
    told = {
        "why": f"<p>Pourquoi {title}. <a linktype='page' id='1'>Un lien</a> &amp; la suite.</p>",
        "approach": "<p>Les étapes :</p><ol><li>un essai</li><li>un bilan</li></ol>",
        "funding": "<p>La commune a payé.</p>",
        "figures": json.dumps(
            [block("figure", figure(value="54", unit="agents", label=f"Agents {title}", source=STUDY))]
        ),
        "costs": json.dumps(
            [block("cost", figure(value="1500", upper="2000", unit="€", label=f"Matériel {title}", source=PRESS))]
        ),
        "difficulties": json.dumps(
            [
                block("difficulty", {"problem": f"Peu de volontaires à {title}.", "answer": "<p>Des rencontres.</p>"}),
                block("difficulty", {"problem": "Un réseau lent.", "answer": ""}),
            ]
        ),
        "advice": json.dumps([block("tip", "Commencez petit.")]),
        "unknowns": json.dumps([block("unknown", f"Le nombre de trajets évités à {title}")]),
        "discrepancies": json.dumps([block("discrepancy", {"text": "La presse dit 60.", "source": PRESS})]),
        "sources": json.dumps([block("source", STUDY)]),
        "people_teleworking": 54,
        "legal_form": "charter",
        "audiences": ["elus"],
        "territories": ["calvados"],
    }
    return hub.case(language, title=title, **{**told, **values})


def stage(**values: Any) -> dict[str, Any]:
    return {
        "title": "Étape 0 : sensibiliser",
        "strand": "both",
        "measures": items("Présenter les enjeux", "Nommer un référent"),
        "lead": "La Région",
        "cost_from": "4",
        "cost_to": "8",
        "cost_basis": "once",
        "cost_note": "",
        "year": "2015",
        "source": STUDY,
        **values,
    }


def dossier_page(hub: Hub, language: str = "fr", **values: Any) -> DossierPage:
    findings = [
        figure(value=value, unit="%", label=f"Emplois possibles : {place}", year="2019", source=STUDY)
        for value, place in (("33.1", "Normandie"), ("28.4", "Orne"))
    ] + [figure(value="20", unit="lieux", label="Lieux ouverts", year="2015", source=STUDY)]
    steps = {"title": "Ce que le conseil décide", "items": items("Compter d’abord.", "Décider d’un essai.")}
    told = {
        "findings": json.dumps([block("figure", each) for each in findings]),
        "stages": json.dumps(
            [
                block("stage", stage()),
                block("stage", stage(title="Étape 2", strand="places", cost_from=None, cost_to=None, cost_note="")),
            ]
        ),
        "body": json.dumps([block("checklist", steps)]),
        "title": "Un dossier" if language == "fr" else "A dossier",
    }
    made = hub.library("dossier", language, **{**told, **values})
    return DossierPage.objects.get(pk=made.pk)
