"""What answers a query at once, above its results: the article of law, or the term of the glossary, that it is."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from wagtail.models import ReferenceIndex

from hub.pages.models import HubPage
from hub.pages.visibility import visible_pages
from hub.search.lexicon import Synonyms, fold, stop_words, words
from hub.search.plan import plan
from hub.vocabulary.models import GlossaryTerm, LegalReference

_NUMBER = re.compile(r"[LRD]\d{3,4}(?:-\d{1,3}){1,2}")
# Whoever cites an article also names its code: that asks for nothing more.
_CODES = frozenset(
    [
        "code",
        "travail",
        "trav",
        "labour",
        "labor",
        "french",
        "general",
        "fonction",
        "publique",
        "securite",
        "sociale",
        "social",
        "security",
        "civil",
        "service",
        "cgfp",
        "c",
    ]
)
_ASIDE = re.compile(r"\([^)]*\)")
_LONGEST_TERM = 10  # words; nobody looks up a longer one


# --- Articles of law ---


@dataclass(frozen=True)
class Article:
    """An article that was asked by its number. ``texts`` is empty when the hub does not know it.

    ``explained_by`` are the ids of explainers that rest on it, in any language; who may see them is not checked here.
    """

    number: str
    texts: Sequence[LegalReference]
    explained_by: Sequence[int]


def article_number(text: str, locale: str) -> str | None:
    """The article that the whole text names, in one writing: « article L. 1222-9 du code du travail » is L1222-9."""
    clauses = plan(text, locale, Synonyms([], locale))
    exact = [clause.alternatives[0].upper() for clause in clauses if clause.exact]
    others = [word.key for clause in clauses if not clause.exact for word in words(clause.alternatives[0], locale)]
    if len(exact) != 1 or not _NUMBER.fullmatch(exact[0]) or not _CODES.issuperset(others):
        return None
    return exact[0]


def article(text: str, locale: str) -> Article | None:
    """Two queries when the text is the number of an article, none otherwise."""
    number = article_number(text, locale)
    if number is None:
        return None
    ending = LegalReference.objects.filter(number__iendswith=number[1:]).select_related("locale")
    known = [row for row in ending if article_number(row.number, locale) == number]
    own = [row for row in known if row.locale.language_code == locale]
    citing = ReferenceIndex.objects.filter(
        content_type__in=_page_types(lambda model: model.kind == "legal"),
        to_content_type=ContentType.objects.get_for_model(LegalReference),
        to_object_id__in=[str(row.pk) for row in known],
    )
    ids = {int(pk) for pk in citing.values_list("object_id", flat=True)} if known else set()
    return Article(number, own or known, sorted(ids))


# --- Terms of the glossary ---


@dataclass(frozen=True)
class Definition:
    """A term in the visitor's language. ``counterparts`` are the agreed words of the others, by language."""

    term: str
    definition: str
    note: str
    url: str
    counterparts: Sequence[tuple[str, str]]


def definition(text: str, locale: str, request: HttpRequest | None = None) -> Definition | None:
    """The term that the whole text is, by its name or another spelling of it: one query, three when there is one."""
    asked = _keys(text, locale)
    if not asked or len(asked) > _LONGEST_TERM:
        return None
    rows = GlossaryTerm.objects.filter(locale__language_code=locale).values_list("translation_key", "term", "variants")
    by_variant = None
    for key, term, variants in rows:
        names, others = _wordings(term, variants, locale)
        if asked in names:
            return _definition(key, locale, request)
        if by_variant is None and asked in others:
            by_variant = key
    return _definition(by_variant, locale, request) if by_variant else None


def _definition(translation_key: UUID, locale: str, request: HttpRequest | None) -> Definition:
    versions = {
        row.locale.language_code: row
        for row in GlossaryTerm.objects.filter(translation_key=translation_key).select_related("locale")
    }
    term = versions.pop(locale)
    glossary = (
        visible_pages(locale)
        .filter(content_type__in=_page_types(lambda model: getattr(model, "lists", None) is GlossaryTerm))
        .select_related("locale")
        .first()
    )
    address = glossary.get_url(request) if glossary else None
    return Definition(
        term.term,
        term.definition,
        term.note,
        address + term.place if address else "",
        [(code, row.term) for code, row in versions.items()],
    )


@lru_cache(maxsize=2048)
def _wordings(term: str, variants: str, locale: str) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """A term's names, with and without what stands between brackets, and its other spellings."""
    names = {_keys(term, locale), _keys(_ASIDE.sub(" ", term), locale)}
    return names, {_keys(variant, locale) for variant in variants.split(",")}


def _keys(wording: str, locale: str) -> tuple[str, ...]:
    """What two spellings of a term have in common: case, accents, plurals and articles are left out."""
    stop = stop_words(locale)
    return tuple(word.key for word in words(wording, locale) if fold(word.text) not in stop)


def _page_types(wanted: Callable[[type[HubPage]], bool]) -> list[ContentType]:
    models = [model for model in apps.get_models() if issubclass(model, HubPage) and wanted(model)]
    return list(ContentType.objects.get_for_models(*models).values())
