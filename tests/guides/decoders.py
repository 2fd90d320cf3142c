"""Pages of the refusal check, the reply decoder and the objection cards, with a letter page beside them."""

import json
import uuid
from typing import Any

from guides.blocks import LINE_NAMES, REPLY_NAMES
from tests.factories.blocks import block, items
from tests.factories.hub import Hub
from tests.factories.pages import LetterPageFactory, ObjectionCardsFactory, RefusalFactory, ReplyFactory

LINES = [name for name, _label in LINE_NAMES]
REPLIES = [name for name, _label in REPLY_NAMES]
PAPERS = {
    "yes": "thanks",
    "yes_but": "thanks",
    "no_reasons": "after_refusal",
    "no_silent": "after_refusal",
    "nothing": "reminder",
}

Versions = dict[str, Any]


def letter(hub: Hub) -> Versions:
    page = LetterPageFactory(parent=hub.guide())
    return {"fr": page, "en": hub.english(page, title="My letter", slug="my-letter")}


def line(name: str, **values: Any) -> dict[str, Any]:
    return block(
        "line",
        {
            "line": name,
            "title": f"Titre {name}.",
            "may_refuse": f"Peut {name}.",
            "reasons": f"Raisons {name}.",
            "owed": f"<p>Dû {name}.</p>",
            "not_owed": f"<p>Pas dû {name}.</p>",
            "references": items("l1222-9"),
            "explainer": None,
            **values,
        },
    )


def refusal(hub: Hub, names: list[str] | None = None, **values: Any) -> Versions:
    lines = [line(name) for name in (LINES if names is None else names)]
    page = RefusalFactory(parent=hub.guide(), **{"lines": json.dumps(lines), **values})
    return {"fr": page, "en": hub.english(page, title="Can they refuse?", slug=f"{page.slug}-en")}


def reply(name: str, **values: Any) -> dict[str, Any]:
    return block(
        "reply",
        {
            "reply": name,
            "title": f"« Mots {name} »",
            "meaning": f"<p>Sens {name}.</p>",
            "private": f"<p>Privé {name}.</p>",
            "public": f"<p>Public {name}.</p>",
            "next": f"<p>Suite {name}.</p>",
            "whom": f"<p>Qui {name}.</p>",
            "paper": PAPERS[name],
            **values,
        },
    )


def replies(hub: Hub, names: list[str] | None = None) -> Versions:
    blocks = [reply(name) for name in (REPLIES if names is None else names)]
    page = ReplyFactory(parent=hub.guide(), replies=json.dumps(blocks))
    return {"fr": page, "en": hub.english(page, title="I was told", slug="i-was-told")}


def card(number: int, **values: Any) -> dict[str, Any]:
    value = {
        "objection": f"« Objection {number} ? »",
        "answer": f"<p>Réponse {number}.</p>",
        "value": "59",
        "unit": "%",
        "label": f"de la mesure {number}",
        "year": "2016",
        "source": "DARES-1",
        "case": None,
        "sentence": f"Phrase courtoise {number}.",
        **values,
    }
    return {"type": "card", "value": value, "id": str(uuid.uuid5(uuid.NAMESPACE_OID, str(number)))}


def objections(hub: Hub, *cards: dict[str, Any], **values: Any) -> Versions:
    page = ObjectionCardsFactory(parent=hub.guide(), cards=json.dumps(list(cards)), **values)
    return {"fr": page, "en": hub.english(page, title="Objection cards", slug=f"{page.slug}-en")}
