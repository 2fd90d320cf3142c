"""Filtered lists: what may be asked, what was understood, how many each choice would give.

One query for the page of results, however many filters, values and pages there are: the rest is counted beforehand
(``hub.pages.tally``).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from hub.pages.tally import Tally

SHORT = 7  # choices of a filter that stand open; a longer list folds what comes after


def _itself(value: Any, *_also: Any) -> Iterable[Any]:
    return (value,)


@dataclass(frozen=True)
class Facet:
    """A filter: its name in the address, the look-up behind it, and its labels in the visitor's language.

    ``values`` says which choices an entry counts under, from the look-up and those in ``also``.
    """

    name: str
    heading: str | Promise
    lookup: str
    choices: Callable[[], Sequence[tuple[str, str | Promise]]]
    also: tuple[str, ...] = ()
    values: Callable[..., Iterable[Any]] = _itself


@dataclass(frozen=True)
class Sort:
    """An order of a list: its name in the address, and what the entries' columns are compared by."""

    name: str
    label: str | Promise
    columns: tuple[str, ...] = ()
    key: Callable[..., Any] = _itself


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

    @property
    def first(self) -> list[Choice]:
        return self.choices if len(self.choices) <= SHORT + 1 else self.choices[:SHORT]

    @property
    def others(self) -> list[Choice]:
        return self.choices[len(self.first) :]

    @property
    def others_are_active(self) -> bool:
        return any(choice.selected for choice in self.others)


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
    # What the addresses of its pages say: filters, order, and what the visitor keeps beside them.
    query: str = ""
    filters: list[tuple[str, str]] = field(default_factory=list)
    sorts: list[Choice] = field(default_factory=list)
    # What the visitor keeps when every filter goes: the order, unless it is the editors', and what the page carries.
    kept: list[tuple[str, str]] = field(default_factory=list)
    # The bits of the entries found (``hub.pages.tally``).
    found: int = 0

    @property
    def is_filtered(self) -> bool:
        return bool(self.chips)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [*self.filters, *self.kept]

    @property
    def feed(self) -> str:
        """The query of its feed: a feed is of filters and nothing else."""
        return "?" + urlencode([*self.filters, ("format", "atom")])

    @property
    def cleared(self) -> str:
        """The address's query without filters."""
        return f"?{urlencode(self.kept)}" if self.kept else ""


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


def choose_sort(params: QueryDict, sorts: Sequence[Sort], messages: list[str]) -> str:
    """The name of the order asked, or of the first one with a word about it."""
    asked = params.get("sort", "")
    if not sorts or any(sort.name == asked for sort in sorts):
        return asked if sorts else ""
    if asked:
        messages.append(_("There is no order %(order)s: it was left aside.") % {"order": quoted(asked[:40])})
    return sorts[0].name


def build_listing(
    queryset: QuerySet[Any],
    tally: "Tally",
    facets: Sequence[Facet],
    params: QueryDict,
    per_page: int = 12,
    sorts: Sequence[Sort] = (),
    keep: Sequence[tuple[str, str]] = (),
) -> Listing:
    """Filter ``queryset``, counted in ``tally``, by the facets named in ``params``.

    Values of one facet widen the list, facets narrow it together; a facet's counts ignore its own choice, so that
    each number says what choosing that value would give. The first of ``sorts`` is the editors' order and needs no
    word in addresses; ``keep`` goes through every address of the list.
    """
    messages: list[str] = []
    chosen = {facet.name: choose(params, facet, messages) for facet in facets}
    order = choose_sort(params, sorts, messages)
    counts = tally.counts(chosen)
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
    filters = [(name, value) for name, values in chosen.items() for value in values]
    kept = [*([("sort", order)] if sorts and order != sorts[0].name else []), *keep]
    chips = [
        Chip(choice.label, "?" + urlencode([pair for pair in [*filters, *kept] if pair != (state.name, choice.value)]))
        for state in states
        for choice in state.choices
        if choice.selected
    ]
    found = tally.matching(chosen)
    places = tally.places(found, order)
    paginator = Paginator(places, per_page)
    page = paginator.page(page_number(params.get("page"), paginator.num_pages, messages))
    keys = [tally.keys[place] for place in page.object_list]
    rows = {row.pk: row for row in queryset.filter(pk__in=keys)} if keys else {}
    page.object_list = [rows[key] for key in keys if key in rows]
    return Listing(
        [state for state in states if state.choices],
        chips,
        paginator.count,
        page,
        messages,
        urlencode([*filters, *kept]),
        filters,
        [Choice(sort.name, sort.label, 0, sort.name == order) for sort in sorts],
        kept,
        found,
    )
