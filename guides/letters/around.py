"""The pages around the letter: those whose answers feed it, what follows it, and the sentences of objection cards."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from guides.models import GuideStepPage, ObjectionCardsPage, RefusalPage, ReplyPage, SavingsPage
from hub.pages.links import PageLink, page_links
from hub.pages.visibility import visible, visible_pages

_TOOLS = (SavingsPage, ObjectionCardsPage, RefusalPage, ReplyPage, GuideStepPage)


def tools(language: str) -> dict[str, PageLink]:
    """The first visible page of each kind, by the name of its model; of the guide's steps, the one with the table of
    tasks. One query."""
    with_table = Q(pk__in=GuideStepPage.objects.filter(task_table=True).values("pk"))
    pages = visible_pages(language).type(*_TOOLS).filter(with_table | ~Q(pk__in=GuideStepPage.objects.values("pk")))
    found: dict[str, PageLink] = {}
    for link in page_links(pages.order_by("path")):
        found.setdefault(link.model._meta.model_name or "", link)
    return found


def sentences() -> dict[str, tuple[str, str]]:
    """The sentence of every visible card in French and in English, by the card's id. One query.

    A card that is not yet in both languages is not offered: the letter may be read in either.
    """
    pages = visible(ObjectionCardsPage.objects.filter(alias_of__isnull=True)).select_related("locale").order_by("path")
    by_language: dict[str, dict[str, str]] = {"fr": {}, "en": {}}
    for page in pages:
        by_language.setdefault(page.locale.language_code, {}).update(_sentences_of(page.cards.get_prep_value()))
    english = by_language["en"]
    return {key: (text, english[key]) for key, text in by_language["fr"].items() if key in english}


def _sentences_of(cards: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Read from what is stored: building the blocks would ask for their case studies."""
    stored = ((card["id"], str(card["value"].get("sentence") or "").strip()) for card in cards)
    return {key: sentence for key, sentence in stored if key and sentence}
