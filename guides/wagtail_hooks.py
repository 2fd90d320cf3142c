"""Guide steps, legal explainers, letter clauses and yearly amounts in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from guides.models import GuideStepPage, LegalExplainerPage, LetterClause, YearlyAmount


class LegalExplainerListing(PageListingViewSet):
    model = LegalExplainerPage
    icon = "clipboard-list"
    menu_label = _("Legal explainers")
    menu_order = 151
    add_to_admin_menu = True
    list_display = ["title", "checked_on", "checked_by", "review_by", "locale", "latest_revision_created_at"]
    list_filter = ["checked_on", "review_by", "locale"]


class GuideStepListing(PageListingViewSet):
    model = GuideStepPage
    icon = "list-ol"
    menu_label = _("Steps of the guide")
    menu_order = 152
    add_to_admin_menu = True
    list_display = ["title", "outcome", "review_by", "locale", "latest_revision_created_at"]
    list_filter = ["review_by", "locale"]


@hooks.register("register_admin_viewset")
def listings() -> list[PageListingViewSet]:
    return [LegalExplainerListing("legal_explainers"), GuideStepListing("guide_steps")]


class LetterClauseViewSet(SnippetViewSet):
    model = LetterClause
    icon = "mail"
    list_display = ["key", "text", "purpose"]
    search_fields = ["key", "text", "purpose"]
    list_per_page = 100


class YearlyAmountViewSet(SnippetViewSet):
    model = YearlyAmount
    icon = "calendar-alt"
    list_display = ["key", "value", "starts_on", "source", "verified"]
    list_filter = ["key", "verified"]


register_snippet(LetterClauseViewSet)
register_snippet(YearlyAmountViewSet)
