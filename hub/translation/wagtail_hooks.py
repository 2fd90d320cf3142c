"""The guarded views stand before wagtail-localize's own, at the same addresses."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks

from hub.translation.guarded_views import SyncWithoutPublishingView, refuse_alias


@hooks.register("register_admin_urls", order=-1)
def guarded_urls() -> list[URLPattern]:
    return [
        path("localize/update/<int:translation_source_id>/", SyncWithoutPublishingView.as_view()),
        path("localize/page/<int:page_id>/convert_to_alias/", refuse_alias),
    ]


@hooks.register("construct_page_action_menu")
def no_alias_button(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    menu_items[:] = [item for item in menu_items if item.name != "localize-convert-to-alias"]
