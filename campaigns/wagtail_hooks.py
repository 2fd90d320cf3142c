"""Campaigns in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.pages import PageListingViewSet

from campaigns.models import CampaignPage


class CampaignListing(PageListingViewSet):
    model = CampaignPage
    icon = "comment"
    menu_label = _("Campaigns")
    menu_order = 153
    add_to_admin_menu = True
    list_display = ["code", "title", "audience", "starts_on", "ends_on", "locale", "latest_revision_created_at"]
    list_filter = ["audience", "starts_on", "locale"]


@hooks.register("register_admin_viewset")
def campaign_listing() -> CampaignListing:
    return CampaignListing("campaigns")
