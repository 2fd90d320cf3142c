"""The entries of a list counted once, and kept until a page changes.

A value of a filter is a whole number whose bits are the entries that have it: to filter is to ``and`` such numbers and
to count is to count bits, which costs microseconds where a query for every filter would cost milliseconds. Kept in
the process; a word in the shared cache, changed with every change of a page, says when to count again.
"""

import datetime
import functools
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.db import models, transaction
from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from hub.pages.listing import Facet, Sort

_WORD = "tallies"
# What changes rows without a signal, such as a command of an operator's own, shows after that at the latest.
_KEEP_FOR = datetime.timedelta(minutes=10)
_kept: dict[str, tuple[str, "Tally"]] = {}


@dataclass(frozen=True)
class Tally:
    """``keys`` are the entries in the editors' order; an entry's place among them is its bit."""

    keys: tuple[int, ...]
    bits: dict[str, dict[str, int]]
    orders: dict[str, tuple[int, ...]] = field(default_factory=dict)
    columns: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    # Until when it may be kept: the first of its pages goes offline by itself.
    until: datetime.datetime = datetime.datetime.max.replace(tzinfo=datetime.UTC)
    # What a list works out of its own columns, such as its map.
    findings: Any = None

    def matching(self, chosen: Mapping[str, Sequence[str]], skip: str = "") -> int:
        """Values of one filter widen, filters narrow together."""
        found = (1 << len(self.keys)) - 1
        for name, values in chosen.items():
            if values and name != skip:
                known = self.bits.get(name, {})
                found &= functools.reduce(int.__or__, (known.get(value, 0) for value in values))
        return found

    def counts(self, chosen: Mapping[str, Sequence[str]]) -> dict[tuple[str, str], int]:
        """How many entries each value would give beside the choices made in the other filters."""
        return {
            (name, value): (bits & found).bit_count()
            for name, values in self.bits.items()
            for found in [self.matching(chosen, skip=name)]
            for value, bits in values.items()
        }

    def places(self, found: int, order: str = "") -> list[int]:
        """The places of the entries found, in the editors' order or in another."""
        return [place for place in self.orders.get(order) or range(len(self.keys)) if found >> place & 1]


def count(
    entries: QuerySet[Any],
    facets: Sequence[Facet],
    sorts: Sequence[Sort] = (),
    columns: Iterable[str] = (),
    findings: Callable[[dict[str, tuple[Any, ...]]], Any] = lambda _columns: None,
) -> Tally:
    """One query, and one more for each filter of which an entry may have several rows."""
    single = [facet for facet in facets if not _has_many(entries.model, facet.lookup)]
    wanted = [name for facet in single for name in (facet.lookup, *facet.also)]
    names = list(dict.fromkeys(["pk", "expire_at", *wanted, *(n for sort in sorts for n in sort.columns), *columns]))
    rows = list(entries.values_list(*names))
    table = dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(names, ())
    keys: tuple[int, ...] = table["pk"]
    bits: dict[str, dict[str, int]] = {}
    for facet in facets:
        if facet in single:
            pairs = _own(facet, table)
        else:
            place_of = {key: place for place, key in enumerate(keys)}
            related = entries.order_by().values_list("pk", facet.lookup)
            pairs = ((place_of[key], value) for key, value in related if key in place_of)
        bits[facet.name] = _gather(pairs)
    orders = {
        sort.name: tuple(
            sorted(range(len(keys)), key=lambda place: sort.key(*(table[name][place] for name in sort.columns)))
        )
        for sort in sorts
        if sort.columns
    }
    shown = {name: table[name] for name in columns}
    until = min(moment for moment in (*table["expire_at"], timezone.now() + _KEEP_FOR) if moment)
    return Tally(keys, bits, orders, shown, until, findings(shown))


def _own(facet: Facet, table: Mapping[str, tuple[Any, ...]]) -> Iterator[tuple[int, str]]:
    for place, row in enumerate(zip(*(table[name] for name in (facet.lookup, *facet.also)), strict=True)):
        for value in facet.values(*row):
            yield place, value


def _gather(pairs: Iterable[tuple[int, Any]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, value in pairs:
        if value not in (None, ""):
            found[str(value)] = found.get(str(value), 0) | 1 << place
    return found


def _has_many(model: type[models.Model], lookup: str) -> bool:
    step: Any = model
    for name in lookup.split("__"):
        relation = step._meta.get_field(name)
        if relation.one_to_many or relation.many_to_many:
            return True
        step = relation.related_model
    return False


# --- Keeping ---


def kept(name: str, make: Callable[[], Tally]) -> Tally:
    """The tally of that name, made again when a page has changed since, or one of its own has gone offline."""
    # Read before anything is counted: what changes meanwhile changes the word, and the tally is not used again.
    word = cache.get(_WORD) or _change()
    known = _kept.get(name)
    if known and known[0] == word and timezone.now() < known[1].until:
        return known[1]
    made = make()
    _kept[name] = (word, made)
    return made


def _change() -> str:
    word = uuid.uuid4().hex
    cache.set(_WORD, word, None)
    return word


@functools.cache
def _is_of_pages(model: type[models.Model]) -> bool:
    """A page, or rows that belong to one, such as its audiences."""
    keys = [each.related_model for each in model._meta.local_fields if isinstance(each, ParentalKey)]
    return any(isinstance(each, type) and issubclass(each, Page) for each in [model, *keys])


@functools.cache
def _matters(model: type[models.Model]) -> bool:
    """Whether lists may change with a row: it is of a page, shuts one off, or is named by what is of a page."""
    if _is_of_pages(model) or model is PageViewRestriction:
        return True
    fields = model._meta.get_fields(include_hidden=True)
    naming = [each.related_model for each in fields if each.one_to_many and isinstance(each.related_model, type)]
    return any(map(_is_of_pages, naming))


def _forget(sender: Any, **_kwargs: Any) -> None:
    if _matters(sender):
        forget()


def forget(**_kwargs: Any) -> None:
    """Count again. At once for whoever made the change, and for everybody once it is committed."""
    _change()
    transaction.on_commit(_change)


post_save.connect(_forget, dispatch_uid="tallies")
post_delete.connect(_forget, dispatch_uid="tallies")
post_page_move.connect(forget, dispatch_uid="tallies")
