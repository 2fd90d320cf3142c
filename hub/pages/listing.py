"""Filtered lists: what may be asked, what was understood, how many each choice would give.

Two or three queries however many filters, values and pages there are: one for all the counts, one for the page of
results, and one for its total.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import CharField, Count, QuerySet, Value
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Facet:
    """A filter: its name in the address, the look-up behind it, and its labels in the visitor's language."""

    name: str
    heading: str | Promise
    lookup: str
    choices: Callable[[], Sequence[tuple[str, str | Promise]]]


@dataclass(frozen=True)
class Choice:
    value: str
    label: str | Promise
    count: int
    selected: bool


@dataclass(frozen=True)
class FacetState:
    name: str
    heading: str | Promise
    choices: list[Choice]

    @property
    def is_active(self) -> bool:
        return any(choice.selected for choice in self.choices)


@dataclass(frozen=True)
class Chip:
    """A chosen value and the address of the list without it."""

    label: str | Promise
    remove: str


@dataclass
class Listing:
    """The answer to one request for a list. ``messages`` says in words what was not understood."""

    facets: list[FacetState]
    chips: list[Chip]
    total: int
    page: Any
    messages: list[str] = field(default_factory=list)
    query: str = ""

    @property
    def is_filtered(self) -> bool:
        return bool(self.chips)


def page_number(raw: str | None, pages: int, messages: list[str]) -> int:
    """The page asked, or the nearest there is with a word about it."""
    if raw in (None, ""):
        return 1
    try:
        number = int(str(raw)[:9])
    except ValueError:
        number = 0
    if 1 <= number <= pages:
        return number
    messages.append(_("There is no page “%(page)s”: here is the nearest one.") % {"page": str(raw)[:20]})
    return pages if number > pages else 1


def quoted(text: str) -> str:
    """What a visitor wrote, in the quotation marks of the page's language."""
    return _("“%(text)s”") % {"text": text}


def without(params: QueryDict, name: str, value: str) -> str:
    pairs = [
        (key, item)
        for key in params
        if key not in ("page", "format")
        for item in params.getlist(key)
        if not (key == name and item == value)
    ]
    return "?" + urlencode(pairs)


def choose(params: QueryDict, facet: Facet, messages: list[str]) -> list[str]:
    """The known values asked of one facet; unknown ones are named in a message and left aside."""
    known = {value for value, _label in facet.choices()}
    asked = list(dict.fromkeys(params.getlist(facet.name)))
    unknown = [value for value in asked if value and value not in known]
    if unknown:
        messages.append(
            ngettext(
                "The filter “%(heading)s” has no value %(values)s: it was left aside.",
                "The filter “%(heading)s” has no values %(values)s: they were left aside.",
                len(unknown),
            )
            % {"heading": facet.heading, "values": ", ".join(quoted(value[:40]) for value in unknown[:5])}
        )
    return [value for value in asked if value in known]


def build_listing(queryset: QuerySet[Any], facets: Sequence[Facet], params: QueryDict, per_page: int = 12) -> Listing:
    """Filter ``queryset`` by the facets named in ``params``.

    Values of one facet widen the list, facets narrow it together; a facet's counts ignore its own choice, so that
    each number says what choosing that value would give.
    """
    messages: list[str] = []
    chosen = {facet.name: choose(params, facet, messages) for facet in facets}

    def filtered(skip: str | None = None) -> QuerySet[Any]:
        result = queryset
        for facet in facets:
            if chosen[facet.name] and facet.name != skip:
                matching = queryset.model.objects.filter(**{f"{facet.lookup}__in": chosen[facet.name]}).values("pk")
                result = result.filter(pk__in=matching)
        return result

    counts = _counts(facets, filtered)
    states = [
        FacetState(
            facet.name,
            facet.heading,
            [
                Choice(value, label, counts.get((facet.name, value), 0), value in chosen[facet.name])
                for value, label in facet.choices()
                if counts.get((facet.name, value), 0) or value in chosen[facet.name]
            ],
        )
        for facet in facets
    ]
    chips = [
        Chip(choice.label, without(params, state.name, choice.value))
        for state in states
        for choice in state.choices
        if choice.selected
    ]
    paginator = Paginator(filtered(), per_page)
    page = paginator.page(page_number(params.get("page"), paginator.num_pages, messages))
    query = urlencode([(name, value) for name, values in chosen.items() for value in values])
    return Listing([state for state in states if state.choices], chips, paginator.count, page, messages, query)


def _counts(facets: Sequence[Facet], filtered: Callable[[str | None], QuerySet[Any]]) -> dict[tuple[str, str], int]:
    parts = [
        filtered(facet.name)
        .order_by()
        .annotate(facet_name=Value(facet.name, CharField()), facet_value=Cast(facet.lookup, CharField()))
        .values_list("facet_name", "facet_value")
        .annotate(n=Count("pk", distinct=True))
        for facet in facets
    ]
    if not parts:
        return {}
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return {(name, value): n for name, value, n in rows if value is not None}
