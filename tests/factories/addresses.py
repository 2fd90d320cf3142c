"""The addresses of the admin that are ours: found by walking the routes, so that none is forgotten."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

OURS = ("hub.", "guides.", "casestudies.", "campaigns.")
_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """``name``: ``search_synonyms:edit``, or the route where a route has no name. ``model``: ``search.SynonymGroup``
    of an address that a viewset made, empty of a view of its own."""

    route: str
    name: str
    model: str
    is_own_view: bool

    @property
    def action(self) -> str:
        return self.name.rpartition(":")[2]

    @property
    def is_chooser(self) -> bool:
        return "chooser" in self.name.partition(":")[0]

    def path(self, key: Any, **others: Any) -> str:
        """``key`` stands for every argument that ``others`` do not name."""
        return "/" + _ARGUMENT.sub(lambda argument: str(others.get(argument[1], key)), self.route)

    @property
    def has_arguments(self) -> bool:
        return bool(_ARGUMENT.search(self.route))


def admin_addresses() -> list[Address]:
    """Admin routes whose view lives in our packages, or which stand for one of our models."""
    found = {}
    for route, names, callback in _walk(get_resolver().url_patterns):
        view = _unwrapped(callback)
        view_class = getattr(view, "view_class", None) or getattr(callback, "view_class", None)
        arguments = getattr(view, "view_initkwargs", None) or getattr(callback, "view_initkwargs", {})
        model = arguments.get("model") or getattr(view_class, "model", None)
        is_own_view = (view_class or view).__module__.startswith(OURS)
        is_model = isinstance(model, type) and issubclass(model, Model) and model.__module__.startswith(OURS)
        if route.startswith("admin/") and (is_own_view or is_model):
            name = ":".join(names)
            label = model._meta.label if is_model else ""
            found.setdefault(route, Address(route, name if names[-1] else route, label, is_own_view))
    return list(found.values())


def _walk(
    patterns: list[Any], before: str = "", names: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, route, (*names, *filter(None, [each.namespace])))
        elif isinstance(each, URLPattern):
            yield route, (*names, each.name or ""), each.callback


def _unwrapped(view: Any) -> Any:
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return view
