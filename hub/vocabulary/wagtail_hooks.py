"""The vocabularies in the admin."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from hub.vocabulary.models import Audience, GlossaryTerm, LegalReference, Sector, Source, Territory


class AudienceViewSet(SnippetViewSet):
    model = Audience
    icon = "group"
    list_display = ["__str__", "slug", "position"]
    search_fields = ["name", "slug"]


class TerritoryViewSet(SnippetViewSet):
    model = Territory
    icon = "site"
    list_display = ["__str__", "kind", "code", "slug"]
    list_filter = ["kind"]
    search_fields = ["slug"]


class SectorViewSet(SnippetViewSet):
    model = Sector
    icon = "folder"
    list_display = ["__str__", "slug"]
    search_fields = ["slug"]


class GlossaryTermViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    list_display = ["term", "definition"]
    search_fields = ["term", "definition", "variants"]


class LegalReferenceViewSet(SnippetViewSet):
    model = LegalReference
    icon = "clipboard-list"
    list_display = ["number", "title", "code", "checked_on", "verified"]
    list_filter = ["code", "verified", "checked_on"]
    search_fields = ["number", "title"]


class SourceViewSet(SnippetViewSet):
    model = Source
    icon = "link"
    list_display = ["key", "title", "publisher", "date", "kind"]
    list_filter = ["kind", "language"]
    search_fields = ["key", "title", "publisher"]


for viewset in (
    AudienceViewSet,
    TerritoryViewSet,
    SectorViewSet,
    GlossaryTermViewSet,
    LegalReferenceViewSet,
    SourceViewSet,
):
    register_snippet(viewset)
