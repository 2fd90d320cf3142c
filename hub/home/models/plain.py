"""Plain pages (about, legal notice, privacy, accessibility) and the glossary."""

from itertools import groupby
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from hub.blocks.body import BodyBlock
from hub.blocks.fields import SlimStreamField
from hub.blocks.text import INLINE
from hub.blocks.values import SourceBlock
from hub.pages.models import HubPage
from hub.vocabulary.models import GlossaryTerm


class PlainPage(HubPage):
    parent_page_types = ["home.HomePage", "home.PlainPage"]
    subpage_types = ["home.PlainPage"]
    kind: ClassVar[str] = "page"
    kind_label = _("Page")

    body = SlimStreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    sources = SlimStreamField([("source", SourceBlock())], blank=True, verbose_name=_("sources"))
    show_in_footer = models.BooleanField(_("show in the footer"), default=False)

    own_panels: ClassVar[list[Any]] = [FieldPanel("body"), FieldPanel("sources")]
    own_translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("body"),
        TranslatableField("sources"),
        SynchronizedField("show_in_footer", overridable=False),
    ]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")


class GlossaryPage(HubPage):
    """Every term by name; the definitions of one letter at a time (``?letter=T``), to stay light on a weak signal."""

    parent_page_types = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    kind: ClassVar[str] = "page"
    kind_label = _("Glossary")
    lists = GlossaryTerm

    introduction = RichTextField(_("introduction"), features=INLINE, blank=True)
    show_in_footer = models.BooleanField(_("show in the footer"), default=True)

    own_panels: ClassVar[list[Any]] = [FieldPanel("introduction")]
    own_translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("introduction"),
        SynchronizedField("show_in_footer", overridable=False),
    ]

    class Meta:
        verbose_name = _("glossary")
        verbose_name_plural = _("glossaries")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        terms = list(GlossaryTerm.objects.filter(locale=self.locale))
        counterparts = dict(GlossaryTerm.objects.exclude(locale=self.locale).values_list("translation_key", "term"))
        for term in terms:
            term.counterpart = counterparts.get(term.translation_key, "")
        terms.sort(key=lambda term: slugify(term.term))
        letters = {letter: list(group) for letter, group in groupby(terms, key=lambda term: term.initial)}
        asked = request.GET.get("letter", "").upper()
        context["letters"] = letters.items()
        context["letter"] = asked if asked in letters else ""
        context["terms"] = letters.get(asked, [])
        context["unknown_letter"] = asked[:20] if asked and asked not in letters else ""
        context["other_language"] = "en" if self.locale.language_code == "fr" else "fr"
        return context
