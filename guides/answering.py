"""How the tools answer, and the pages they lead to."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from hub.pages.links import PageLink, page_links
from hub.pages.models import HubPage
from hub.pages.visibility import visible


def answer(request: HttpRequest, page: HubPage, template: str = "", **values: Any) -> HttpResponse:
    """The page in its template, or in another, with what a tool found."""
    context = {**page.get_context(request), **values}
    return TemplateResponse(request, template or page.get_template(request), context)


def only_carried(request: HttpRequest) -> bool:
    """Whether answers came along from another tool, so that nothing was asked of this one yet."""
    return request.method == "POST" and "carry" in request.POST


def ticked(request: HttpRequest, name: str) -> bool:
    return request.POST.get(name, "").lower() not in ("", "false", "0")


def neighbour(model: type[HubPage], language: str) -> PageLink | None:
    """The page of a type that visitors may see in a language: one query."""
    pages = visible(model.objects.filter(locale__language_code=language, alias_of__isnull=True))
    return next(iter(page_links(pages.order_by("path")[:1])), None)
