"""Pages whose words editors own and whose answers a view works out."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail_localize.fields import TranslatableField

from hub.blocks.body import BodyBlock
from hub.blocks.fields import SlimStreamField
from hub.blocks.text import PROSE
from hub.blocks.values import SourceBlock
from hub.pages.links import PageLink, page_links
from hub.pages.models import HubPage
from hub.pages.visibility import visible


class ToolPage(HubPage):
    """``view`` is the dotted path of what answers: views know models, so models name them instead of importing them."""

    subpage_types: ClassVar[list[str]] = []
    kind_label = _("Tool")
    view: ClassVar[str]

    introduction = RichTextField(_("introduction"), features=PROSE, blank=True)
    body = SlimStreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    sources = SlimStreamField([("source", SourceBlock())], blank=True, verbose_name=_("sources"))

    own_panels: ClassVar[list[Any]] = [FieldPanel("introduction"), FieldPanel("body"), FieldPanel("sources")]
    own_translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("introduction"),
        TranslatableField("body"),
        TranslatableField("sources"),
    ]

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = import_string(self.view)(request, self)
        return response


def answer(request: HttpRequest, page: HubPage, template: str = "", **values: Any) -> HttpResponse:
    """The page in its template, or in another, with what a tool found."""
    context = {**page.get_context(request), **values}
    return TemplateResponse(request, template or page.get_template(request), context)


def neighbour(model: type[HubPage], language: str) -> PageLink | None:
    """The page of a type that visitors may see in a language: one query."""
    pages = visible(model.objects.filter(locale__language_code=language, alias_of__isnull=True))
    return next(iter(page_links(pages.order_by("path")[:1])), None)
