"""The abstract base of pages that list their children with filters: counts, pages, messages and a feed."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail_localize.fields import TranslatableField

from hub.blocks.text import INLINE
from hub.pages.cards import add_card_labels
from hub.pages.feed import atom_response, wants_atom
from hub.pages.links import PageLink, links_of
from hub.pages.listing import Facet, Listing, Sort, build_listing
from hub.pages.models import HubPage
from hub.pages.tally import Tally, count, kept
from hub.pages.visibility import visible
from hub.vocabulary.catalogue import Term, labels

_FED = 50  # entries of a feed at most
_PUBLISHED = Sort(
    "published", "", ("first_published_at",), lambda moment: -(moment.timestamp() if moment else float("-inf"))
)


class IndexPage(HubPage):
    """Concrete types name the model they list in ``lists`` and their filters in ``facets``."""

    lists: ClassVar[Any] = None
    lists_with: ClassVar[tuple[str, ...]] = ("locale",)
    per_page: ClassVar[int] = 12
    # Whether feeds tell what was published last: who follows one has read the rest.
    feeds_newest: ClassVar[bool] = True
    # Columns of the entries that the page works with beside its filters and orders.
    counted_columns: ClassVar[tuple[str, ...]] = ()

    introduction = RichTextField(_("introduction"), features=INLINE, blank=True)

    own_panels: ClassVar[list[Any]] = [FieldPanel("introduction")]
    own_translatable_fields: ClassVar[list[Any]] = [TranslatableField("introduction")]

    class Meta:
        abstract = True

    def entries(self) -> Any:
        """What visitors may see of what stands below, in the editors' order."""
        children = self.lists.objects.child_of(self).select_related(*self.lists_with)
        return visible(children).order_by("path")

    def facets(self) -> list[Facet]:
        return []

    def term_facet(self, name: str, heading: Any, lookup: str, model: Term) -> Facet:
        """A filter on one of the controlled vocabularies, labelled in the page's language."""
        language = self.locale.language_code
        return Facet(name, heading, lookup, lambda: [(row.slug, row.label) for row in labels(model, language)])

    def sorts(self) -> list[Sort]:
        """The orders that visitors may choose; none, or the editors' order and others."""
        return []

    def findings(self, columns: dict[str, tuple[Any, ...]]) -> Any:
        """What is worked out once of ``counted_columns`` and kept with the tally."""
        return None

    @cached_property
    def tally(self) -> Tally:
        """The same one from beginning to end of a request."""
        return kept(
            f"{self.pk}",
            lambda: count(
                self.entries(), self.facets(), [*self.sorts(), _PUBLISHED], self.counted_columns, self.findings
            ),
        )

    def carried(self, request: HttpRequest) -> list[tuple[str, str]]:
        """What the visitor keeps from page to page of the list, beside filters and order."""
        return []

    def listing(self, request: HttpRequest) -> Listing:
        listing = build_listing(
            self.entries(),
            self.tally,
            self.facets(),
            request.GET,
            self.per_page,
            self.sorts(),
            self.carried(request),
        )
        add_card_labels(listing.page.object_list, self.locale.language_code)
        return listing

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        listing = context["listing"] = self.listing(request)
        # Filters and orders are codes, the same in every language.
        context["keep_query"] = f"?{listing.query}" if listing.query else ""
        return context

    def fed(self, request: HttpRequest) -> list[Any]:
        """What a feed of the list holds: the newest first, unless its address asks for an order."""
        listing = self.listing(request)
        if not self.feeds_newest:
            return list(listing.page.object_list)
        asked = next((sort.value for sort in listing.sorts[1:] if sort.selected), _PUBLISHED.name)
        keys = [self.tally.keys[place] for place in self.tally.places(listing.found, asked)[:_FED]]
        rows = {row.pk: row for row in self.entries().filter(pk__in=keys)} if keys else {}
        return [rows[key] for key in keys if key in rows]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if wants_atom(request):
            return atom_response(request, PageLink.of(self, request), links_of(self.fed(request), request))
        return super().serve(request, *args, **kwargs)
