"""Which pages take forms."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page

from hub.pages.origin import READING


@hooks.register("before_serve_page")
def forms_only_where_there_are_some(page: Page, request: HttpRequest, *_args: object) -> None:
    """A page that asks nothing takes no POST, from wherever it comes."""
    if request.method not in READING and not getattr(page, "takes_forms", False):
        raise PermissionDenied
