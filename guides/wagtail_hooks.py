"""Guide steps and legal explainers in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.pages import PageListingViewSet

from guides.models import GuideStepPage, LegalExplainerPage


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
