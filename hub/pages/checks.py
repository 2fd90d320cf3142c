"""System checks on page types."""

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.fields import GenericRelation
from django.core.checks import Error, register
from wagtail.models import Page

from hub.pages.models import HubPage

_WAGTAIL_OWN = {field.name for field in Page._meta.get_fields()} | {"page_ptr"}
# The tag manager is a view on the child relation ``audience_tags``, which is declared.
_WAGTAIL_OWN.add("audiences")


def unclassified_fields(model: type[HubPage]) -> set[str]:
    """Fields of a page type that are neither translatable nor synchronised."""
    declared = {field.field_name for field in model.translatable_fields}
    own = {
        field.name
        for field in model._meta.get_fields()
        if (not field.auto_created or field.one_to_many) and not isinstance(field, GenericRelation)
    }
    return own - declared - (_WAGTAIL_OWN - {"title", "slug", "seo_title", "search_description", "show_in_menus"})


@register()
def every_field_is_classified(app_configs: Any, **kwargs: Any) -> list[Error]:
    return [
        Error(
            f"{model.__name__}.{name} is neither translatable nor synchronised.",
            hint="Name it in own_translatable_fields as TranslatableField or SynchronizedField.",
            id="hub.E001",
        )
        for model in apps.get_models()
        if issubclass(model, HubPage)
        for name in sorted(unclassified_fields(model))
    ]
