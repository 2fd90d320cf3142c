"""Finding a page by its whole address at once.

Wagtail walks the tree and asks two queries a path segment. The hub's addresses are its ``url_path``s, so one
look-up finds the page however deep it lies; a page type with routes of its own still gets the rest of the path.
"""

from django.http import Http404, HttpRequest
from django.utils import timezone
from wagtail.models import Page
from wagtail.url_routing import RouteResult


def find_descendant(root: Page, request: HttpRequest, components: list[str]) -> RouteResult:
    """The live page at ``components`` below ``root``. Raises Http404 as ``Page.route`` does."""
    url_path = f"{root.url_path}{'/'.join(components)}/"
    if "\x00" in url_path:  # PostgreSQL refuses to look such a string up
        raise Http404
    try:
        page = Page.objects.get(url_path=url_path)
    except (Page.DoesNotExist, Page.MultipleObjectsReturned):
        return Page.route(root, request, components)
    if page.expire_at and page.expire_at <= timezone.now():
        raise Http404
    model = page.specific_class or Page
    specific = model.objects.select_related(*getattr(model, "serve_with", ("locale",))).get(pk=page.pk)
    return specific.route(request, [])
