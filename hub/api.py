"""The public, read-only API: Wagtail's API v2 with filters by audience and locale."""

from typing import Any

from django.db.models import QuerySet
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet

from hub.pages.visibility import visible
from hub.vocabulary.catalogue import labels
from hub.vocabulary.models import Audience


class HubPagesAPIViewSet(PagesAPIViewSet):
    http_method_names = ["get", "head", "options"]
    known_query_parameters = PagesAPIViewSet.known_query_parameters.union(["audience"])

    def get_queryset(self) -> QuerySet[Any]:
        pages = visible(super().get_queryset())
        asked = self.request.GET.getlist("audience")
        unknown = [slug for slug in asked if slug not in labels(Audience, "fr")]
        if unknown:
            raise BadRequestError(f"unknown audience: {unknown[0][:60]}")
        if asked:
            pages = pages.filter(audience_tags__tag__slug__in=asked).distinct()
        return pages


api = WagtailAPIRouter("api")
api.register_endpoint("pages", HubPagesAPIViewSet)
