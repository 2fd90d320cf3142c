"""Objection cards: an answer to each, and sentences that the reader ticks for the letter."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify

from guides.carrying import carried
from guides.letters.questions import MOST_SENTENCES
from guides.models import LetterPage, ObjectionCardsPage
from hub.pages.tools import answer, neighbour

_LONGEST_ANCHOR = 50


def anchors(objections: list[str]) -> list[str]:
    """An id of its own for each card, from its words, numbered where two say the same."""
    seen: Counter[str] = Counter()
    found = []
    for words in objections:
        slug = slugify(words)[:_LONGEST_ANCHOR].strip("-") or "card"
        seen[slug] += 1
        found.append(f"card-{slug}--{seen[slug]}" if seen[slug] > 1 else f"card-{slug}")
    return found


def objections(request: HttpRequest, page: ObjectionCardsPage) -> HttpResponse:
    """The form posts straight to the letter; a visitor who comes back from there finds the ticks again."""
    chosen = set(request.POST.getlist("card"))
    blocks = list(page.cards)
    cards = [
        {"id": block.id, "anchor": anchor, "value": block.value, "ticked": block.id in chosen}
        for block, anchor in zip(blocks, anchors([block.value["objection"] for block in blocks]), strict=True)
    ]
    return answer(
        request,
        page,
        cards=cards,
        most=MOST_SENTENCES,
        carried=carried(request, own=("card",)),
        letter=neighbour(LetterPage, page.locale.language_code),
    )
