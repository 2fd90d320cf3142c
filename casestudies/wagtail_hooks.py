"""Organisations, case studies and what visitors sent in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

import casestudies.mentoring.admin  # noqa: F401  (its hooks register themselves)
from casestudies.contributing.admin import ContributionViewSet
from casestudies.models import CaseStudyPage, Organisation


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "home"
    list_display = ["name", "kind", "size_band", "commune"]
    list_filter = ["kind", "size_band", "setting"]
    search_fields = ["name", "commune", "epci"]


register_snippet(OrganisationViewSet)


class CaseStudyListing(PageListingViewSet):
    model = CaseStudyPage
    icon = "doc-full-inverse"
    menu_label = _("Case studies")
    menu_order = 150
    add_to_admin_menu = True
    list_display = ["title", "organisation", "status", "period", "checked_on", "locale", "latest_revision_created_at"]
    list_filter = ["status", "organisation__kind", "legal_form", "checked_on", "locale"]


@hooks.register("register_admin_viewset")
def case_study_listing() -> CaseStudyListing:
    return CaseStudyListing("case_studies")


@hooks.register("register_admin_viewset")
def contributions() -> ContributionViewSet:
    return ContributionViewSet()
