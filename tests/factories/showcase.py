"""One page of each type with everything it can show, in both languages."""

import datetime
import json
from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from tests.factories.blocks import block, figure, items, text
from tests.factories.hub import Hub
from tests.factories.pages import cites, regimes
from tests.factories.vocabulary import (
    AudienceFactory,
    GlossaryTermFactory,
    LegalReferenceFactory,
    OrganisationFactory,
    SectorFactory,
    SourceFactory,
    in_english,
)

Versions = dict[str, Any]


def whole_body() -> str:
    """One block of each kind but pictures, which need a file."""
    chart = {
        "title": "Emplois télétravaillables",
        "unit": "%",
        "bars": items({"label": "Orne", "value": "28.4"}, {"label": "Manche", "value": "29.3"}),
        "year": "2019",
        "source": "DARES-1",
        "note": "",
    }
    table = {
        "caption": "Refus",
        "columns": items("Cas", "Motif dû"),
        "rows": items({"cells": items("Accord ou charte", "oui")}),
        "source": "DARES-1",
        "note": "",
    }
    argument = {
        "claim": "C’est courant",
        "evidence": "<p>22 % des salariés.</p>",
        "strength": "strong",
        "year": "2024",
        "source": "DARES-1",
    }
    return json.dumps(
        [
            block("heading", "Sources"),  # as the page's own section is called: ids must not collide
            text("Un <b>paragraphe</b>."),
            block("heading", "Deuxième partie"),
            block("callout", {"tone": "unverified", "title": "À vérifier", "text": "<p>Montant de 2026.</p>"}),
            block("heading", "Deuxième partie"),
            block("figures", {"items": items(figure())}),
            block("chart", chart),
            block("chart", chart),
            block("table", table),
            block("timeline", {"items": items({"when": "2016-01-26", "text": "Bilan.", "source": "DARES-1"})}),
            block("questions", {"items": items({"question": "Faut-il un avenant ?", "answer": "<p>Non.</p>"})}),
            block("checklist", {"title": "Avant de demander", "items": items("Lire l’accord", "Lister ses tâches")}),
            block("argument", argument),
            block("objection", {"objection": "Et l’équipe ?", "answer": "<p>Un point par semaine.</p>", "source": ""}),
            block("model_text", {"title": "Objet", "text": "<p>Demande de télétravail</p>"}),
        ]
    )


def home(hub: Hub) -> Versions:
    SourceFactory()
    AudienceFactory()
    case = hub.case(organisation=OrganisationFactory(latitude="48.8380", longitude="-0.8890"))
    hub.english(case, title="The Vire case", slug="the-vire-case")
    target = hub.plain(title="Refus", slug="refus")
    hub.english(target, title="Refusal", slug="refusal")
    campaign = hub.campaign()
    hub.english(campaign, title="Try a day", slug="try-a-day", message="Try one day a week.")
    for language, page in hub.home.items():
        page.introduction = "<p>Ce que fait le relais.</p>"
        page.campaign_id, page.map_page_id = campaign.pk, hub.section("cases")["fr"].pk
        page.invitation_title, page.invitation_text = "In English", "Read this in English."
        page.invitation_page_id = target.pk
        page.doors = json.dumps(
            [block("door", {"label": "Demander", "text": "Dix étapes.", "page": target.pk, "audience": "salaries"})]
        )
        page.search_examples = json.dumps([block("example", "refus")])
        page.case_figures = json.dumps([block("figure", {**figure(), "page": case.pk})])
        page.law_news = json.dumps([block("news", {"when": "2025-10-08", "text": "Du neuf.", "page": target.pk})])
        page.search_description = f"Résumé {language}"
        page.save()
    return dict(hub.home)


def plain(hub: Hub) -> Versions:
    SourceFactory()
    page = hub.plain(body=whole_body(), audiences=["salaries"], sources=json.dumps([block("source", "DARES-1")]))
    return {"fr": page, "en": hub.english(page, title="About", slug="about")}


def glossary(hub: Hub) -> Versions:
    term = GlossaryTermFactory(note="Un faux ami.")
    in_english(term, term="telework", definition="Work done away from the premises.", note="A false friend.")
    page = hub.glossary()
    return {"fr": page, "en": hub.english(page, title="Glossary", slug="glossary")}


def cases(hub: Hub) -> Versions:
    case(hub)
    return hub.section("cases")


def case(hub: Hub) -> Versions:
    SourceFactory()
    place = OrganisationFactory(latitude="48.8380", longitude="-0.8890", size_band="50-249")
    page = hub.case(
        organisation=place,
        sector=SectorFactory(),
        period_start=2015,
        period_end=2016,
        rhythm="fixed",
        rhythm_detail="Un jour par semaine",
        people_total=1000,
        people_eligible=240,
        people_teleworking=133,
        people_note="Fin 2016.",
        figures=json.dumps([block("figure", figure(note="Selon le bilan."))]),
        costs=json.dumps([block("cost", figure(value="2.88", unit="€", label="par jour"))]),
        funding="<p>La région.</p>",
        difficulties=json.dumps(
            [
                block("difficulty", {"problem": "Des débuts lents.", "answer": "<p>Des rencontres.</p>"}),
                block("difficulty", {"problem": "Le réseau.", "answer": ""}),
            ]
        ),
        timeline=json.dumps([block("entry", {"when": "2016-01-26", "text": "Bilan.", "source": "DARES-1"})]),
        advice=json.dumps([block("tip", "Commencer petit.")]),
        discrepancies=json.dumps([block("discrepancy", {"text": "La presse dit 200.", "source": "DARES-1"})]),
        unknowns=json.dumps([block("unknown", "Le coût du matériel.")]),
        sources=json.dumps([block("source", "DARES-1")]),
        body=whole_body(),
        audiences=["employeurs", "elus"],
        territories=["calvados"],
    )
    return {"fr": page, "en": hub.english(page, title="The Vire case", slug="the-vire-case")}


def guide(hub: Hub) -> Versions:
    step(hub)
    return hub.section("guide")


def step(hub: Hub) -> Versions:
    SourceFactory()
    first = hub.step()
    hub.english(first, title="Take stock", slug="take-stock")
    page = hub.step(title="Lire la règle", body=whole_body(), sources=json.dumps([block("source", "DARES-1")]))
    english = hub.english(page, title="Read the rule", slug="read-the-rule")
    last = hub.step(title="Après la réponse")
    hub.english(last, title="After the answer", slug="after-the-answer")
    return {"fr": page, "en": english}


def law(hub: Hub) -> Versions:
    explainer(hub)
    return hub.section("legal")


def explainer(hub: Hub) -> Versions:
    SourceFactory()
    verified = LegalReferenceFactory(in_force_from=datetime.date(2017, 9, 24), url="https://legifrance.example/a")
    unverified = LegalReferenceFactory(number="2016-151", code="decree", verified=False)
    page = hub.explainer(
        regimes=regimes("private", "territorial"),
        references=cites(verified, unverified),
        changes=json.dumps([block("change", {"when": "2023-07-21", "text": "Les aidants entrent."})]),
        body=whole_body(),
        sources=json.dumps([block("source", "DARES-1")]),
        audiences=["salaries"],
    )
    english = hub.english(page, title="Can my employer refuse?", slug="refusal", checked_by="The editors")
    return {"fr": page, "en": english}


def campaigns(hub: Hub) -> Versions:
    campaign(hub)
    return hub.section("campaigns")


def campaign(hub: Hub) -> Versions:
    SourceFactory()
    case_page = hub.case(sector=None)
    hub.english(case_page, title="The Vire case", slug="the-vire-case")
    page = hub.campaign(
        code="C1",
        starts_on=datetime.date(2026, 10, 1),
        ends_on=datetime.date(2027, 3, 31),
        action_page=case_page,
        case=case_page,
        proofs=json.dumps([block("proof", figure())]),
        body=whole_body(),
        events=json.dumps([block("event", {"name": "Petit-déjeuner", "description": "<p>Une heure.</p>", "when": ""})]),
        kit=json.dumps([block("item", {"name": "Affiche", "description": "Pour les gares."})]),
        questions=json.dumps([block("question", {"question": "Combien ?", "answer": "<p>Rien.</p>"})]),
        measures=json.dumps([block("measure", "Dix demandes.")]),
        sources=json.dumps([block("source", "DARES-1")]),
        audiences=["salaries"],
    )
    return {"fr": page, "en": hub.english(page, title="Try a day", slug="try-a-day", message="Try one day a week.")}


SHOWCASE: dict[str, Callable[[Hub], Versions]] = {
    "home": home,
    "plain": plain,
    "glossary": glossary,
    "cases": cases,
    "case": case,
    "guide": guide,
    "step": step,
    "law": law,
    "explainer": explainer,
    "campaigns": campaigns,
    "campaign": campaign,
}
# Pages that no row stands behind.
VIEWS: dict[str, dict[str, Any]] = {
    "audiences": {"viewname": "audience_index"},
    "audience": {"viewname": "audience", "args": ["salaries"]},
    "search": {"viewname": "search"},
}


def addresses(hub: Hub, name: str) -> dict[str, str]:
    """Where the page of that name stands in each language, with everything it shows."""
    if name in SHOWCASE:
        return {language: page.get_url() for language, page in SHOWCASE[name](hub).items()}
    plain(hub)
    found = {}
    for language in hub.home:
        with override(language):
            found[language] = reverse(**VIEWS[name])
    return found
