"""The abstract base of every page type."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.api import APIField
from wagtail.blocks import StreamBlock, StreamValue
from wagtail.fields import RichTextField
from wagtail.models import Page, PageViewRestriction
from wagtail.rich_text import get_text_for_indexing
from wagtail_localize.fields import SynchronizedField, TranslatableField

from hub.blocks.fields import SlimStreamField
from hub.blocks.links import TargetPageBlock
from hub.pages.bibliography import Bibliography
from hub.pages.directory import PageDirectory, document_ids_in_html, page_ids_in_html
from hub.pages.links import PageLink, page_links
from hub.pages.visibility import current
from hub.vocabulary.catalogue import labels
from hub.vocabulary.models import Audience, AudienceTag

SUMMARY_LENGTH = 300


class RelatedBlock(StreamBlock):
    page = TargetPageBlock(label=_("Page"))


class HubPage(Page):
    """Title, summary, audiences, territories, picture and review date; what search, lists and social networks need.

    The summary is Wagtail's ``search_description``: it stands on the base table, so that lists over several page
    types cost one query.

    Concrete types set ``kind`` (the ``type`` of search and API), say which of their own fields are translated in
    ``own_translatable_fields``, and give their panels in ``own_panels``.
    """

    kind: ClassVar[str] = "page"
    kind_label: ClassVar[Any] = _("Page")
    own_panels: ClassVar[list[Any]] = []
    own_translatable_fields: ClassVar[list[Any]] = []
    # Whether readers send answers to the page (``hub.pages.wagtail_hooks``).
    takes_forms: ClassVar[bool] = False
    # Foreign keys that the page's template shows, fetched with the page itself.
    serve_with: ClassVar[tuple[str, ...]] = ("locale", "picture")

    short_title = models.CharField(
        _("short title"), max_length=40, blank=True, help_text=_("For the menu, where the title is too long.")
    )
    audiences = ClusterTaggableManager(
        through=AudienceTag,
        blank=True,
        verbose_name=_("audiences"),
        help_text=_("The readers this page was written for."),
    )
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    picture_alt = models.CharField(
        _("alternative text"),
        max_length=250,
        blank=True,
        help_text=_("What the picture says to someone who does not see it."),
    )
    related = SlimStreamField(
        RelatedBlock(max_num=4), blank=True, verbose_name=_("read next"), help_text=_("At most four pages.")
    )
    review_by = models.DateField(
        _("review by"), null=True, blank=True, help_text=_("When somebody must check that the page still holds.")
    )

    class Meta:
        abstract = True

    # --- Fields by language ---

    shared_translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("title"),
        TranslatableField("short_title"),
        TranslatableField("seo_title"),
        TranslatableField("search_description"),
        SynchronizedField("slug"),
        SynchronizedField("show_in_menus", overridable=False),
        SynchronizedField("audience_tags", overridable=False),
        SynchronizedField("page_territories", overridable=False),
        SynchronizedField("picture"),
        TranslatableField("picture_alt"),
        TranslatableField("related"),
        SynchronizedField("review_by", overridable=False),
    ]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.translatable_fields = [*HubPage.shared_translatable_fields, *cls.own_translatable_fields]

    # --- Panels: in the order in which one writes ---

    @classmethod
    def get_edit_handler(cls) -> Any:
        handler = TabbedInterface(
            [
                ObjectList(
                    [
                        FieldPanel("title"),
                        FieldPanel(
                            "search_description",
                            heading=_("Summary"),
                            help_text=_(
                                "At most 300 characters, no markup. Shown on cards, in search and when shared."
                            ),
                        ),
                        *cls.own_panels,
                        FieldPanel("related"),
                    ],
                    heading=_("Content"),
                ),
                ObjectList(
                    [
                        FieldPanel("audiences", widget=_audience_checkboxes()),
                        InlinePanel("page_territories", heading=_("Territories"), label=_("Territory")),
                        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Picture")),
                    ],
                    heading=_("For whom and where"),
                ),
                ObjectList(
                    [
                        FieldPanel("slug"),
                        FieldPanel("short_title"),
                        FieldPanel("seo_title"),
                        FieldPanel("show_in_menus"),
                        *([FieldPanel("show_in_footer")] if hasattr(cls, "show_in_footer") else []),
                        FieldPanel("review_by"),
                    ],
                    heading=_("Address and review"),
                ),
                ObjectList(Page.settings_panels, heading=_("Publication")),
            ]
        )
        return handler.bind_to_model(cls)

    api_fields = [
        APIField("search_description"),
        APIField("audience_slugs"),
        APIField("territory_slugs"),
        APIField("review_by"),
    ]

    # --- What cards, search and feeds ask ---

    @property
    def summary(self) -> str:
        return self.search_description

    @cached_property
    def audience_slugs(self) -> list[str]:
        return [tag.slug for tag in self.audiences.all()]

    @cached_property
    def territory_slugs(self) -> list[str]:
        return [row.territory.slug for row in self.page_territories.all().select_related("territory")]

    @property
    def sector_slugs(self) -> list[str]:
        return []

    @property
    def search_keywords(self) -> list[str]:
        """Words that readers type and that stand nowhere in the text, such as article numbers."""
        return []

    @property
    def main_audience(self) -> str:
        """The audience whose accent colours the page."""
        slugs = self.audience_slugs
        return slugs[0] if slugs else ""

    def search_body(self) -> str:
        """All the words of the page, in reading order, without markup."""
        return " ".join(filter(None, map(get_text_for_indexing, self.texts())))

    # --- Reading the page's own data without rendering it ---

    @classmethod
    def _content_fields(cls) -> list[models.Field]:
        return [
            field
            for field in cls._meta.get_fields()
            if isinstance(field, SlimStreamField | RichTextField | models.TextField | models.CharField)
            and not getattr(field, "choices", None)
            and (field.model is cls or field.model is HubPage or field.name == "search_description")
            and field.name != "related"
        ]

    def texts(self) -> Iterator[str]:
        for field in self._content_fields():
            value = getattr(self, field.name)
            if isinstance(value, StreamValue):
                yield from _words(value.get_prep_value())
            elif value:
                yield str(value)

    @cached_property
    def _stored(self) -> list[Any]:
        """Raw stream data and rich text, as stored: enough to find links and sources without building blocks."""
        values = []
        for field in self._meta.get_fields():
            if isinstance(field, SlimStreamField):
                values.append(getattr(self, field.name).get_prep_value())
            elif isinstance(field, RichTextField):
                values.append(getattr(self, field.name) or "")
        return values

    @cached_property
    def _stored_html(self) -> str:
        return json.dumps(self._stored, default=str, ensure_ascii=False).replace('\\"', '"')

    def linked_page_ids(self) -> set[int]:
        """Pages named in rich text, in blocks and in "read next"; types add their own foreign keys."""
        ids = page_ids_in_html(self._stored_html)
        ids.update(value for _key, value in _pairs(self._stored, keys={"page", "case"}) if isinstance(value, int))
        ids.update(self.related_ids)
        return ids

    def linked_document_ids(self) -> set[int]:
        """Documents named in rich text and in blocks."""
        ids = document_ids_in_html(self._stored_html)
        ids.update(value for _key, value in _pairs(self._stored, keys={"document"}) if isinstance(value, int))
        return ids

    @cached_property
    def related_ids(self) -> list[int]:
        return [item["value"] for item in self.related.get_prep_value() if item["value"]]

    def source_keys(self) -> list[str]:
        return [value for _key, value in _pairs(self._stored, keys={"source"}) if isinstance(value, str)]

    # --- Serving ---

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Restrictions on this page and its ancestors: one query where the stock method asks two."""
        if self.alias_of_id:
            return super().get_view_restrictions()
        paths = [self.path[: 4 * depth] for depth in range(1, self.depth + 1)]
        return PageViewRestriction.objects.filter(page__path__in=paths)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        language = self.locale.language_code
        directory = PageDirectory(self.linked_page_ids(), language)
        context.update(
            directory=directory,
            bibliography=Bibliography(self.source_keys()),
            related_pages=directory.pages(self.related_ids),
            audience_labels=labels(Audience, language).pick(self.audience_slugs),
            breadcrumb=self._breadcrumb(),
            show_breadcrumb=self.depth > 2,
        )
        return context

    def _breadcrumb(self) -> list[PageLink]:
        """The pages between the home page and this one that can be read."""
        paths = [self.path[: 4 * depth] for depth in range(3, self.depth)]
        return page_links(current(Page.objects.filter(path__in=paths)).order_by("path")) if paths else []

    def clean(self) -> None:
        super().clean()
        if len(self.search_description) > SUMMARY_LENGTH:
            raise ValidationError(
                {"search_description": _("The summary has more than %(count)s characters.") % {"count": SUMMARY_LENGTH}}
            )


def _audience_checkboxes() -> Any:
    from hub.pages.widgets import AudienceCheckboxes

    return AudienceCheckboxes


def _pairs(value: Any, keys: set[str]) -> Iterator[tuple[str, Any]]:
    """Every (key, value) below stored block data whose key, or block type, is one of ``keys``."""
    if isinstance(value, dict):
        if value.get("type") in keys and "value" in value:
            yield value["type"], value["value"]
        for key, inner in value.items():
            if key in keys:
                yield key, inner
            yield from _pairs(inner, keys)
    elif isinstance(value, list):
        for inner in value:
            yield from _pairs(inner, keys)


# Keys, choices and data beside the texts of a block.
_NOT_WORDS = {
    *("source", "tone", "strength", "id", "type", "year", "when", "page", "image"),
    *("line", "reply", "paper", "references"),
    *("strand", "cost_basis"),
}


def _words(value: Any) -> Iterator[str]:
    """The texts inside stored block data, in reading order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in _NOT_WORDS:
                yield from _words(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _words(inner)


def ids_of(pages: Iterable[int | None]) -> set[int]:
    """Foreign keys that are set, for ``linked_page_ids`` of page types."""
    return {page_id for page_id in pages if page_id}
