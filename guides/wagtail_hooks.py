"""Guide steps, legal explainers, letter clauses and yearly amounts in the admin."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter  # type: ignore[import-untyped]  # it publishes no types
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from guides import reports
from guides.models import GuideStepPage, LegalExplainerPage, LetterClause, YearlyAmount
from guides.savings.names import key_choices


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


class YearlyAmountFilterSet(WagtailFilterSet):
    key = ChoiceFilter(label=_("amount"), choices=lambda: key_choices()[1:])

    class Meta:
        model = YearlyAmount
        fields: ClassVar[list[str]] = ["key", "verified"]


class YearlyAmountViewSet(SnippetViewSet):
    model = YearlyAmount
    icon = "calendar-alt"
    list_display = ["name", "value_with_unit", "starts_on", "source", "verified"]
    list_per_page = 100
    filterset_class = YearlyAmountFilterSet


register_snippet(LetterClauseViewSet)
register_snippet(YearlyAmountViewSet)
hooks.register("register_admin_urls", reports.urls)
hooks.register("register_reports_menu_item", reports.menu_item)
