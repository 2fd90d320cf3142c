"""A language is offered only once its home page is live.

Without it Wagtail serves the whole French tree under the language's prefix, with 200 (Wagtail issue 12775).
Run by `manage.py check --deploy`: not with the database checks, for these also run before every migration.
"""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register
from django.db import connection
from wagtail.models import Page, Site


@register("translation", deploy=True)
def every_home_is_live(app_configs: Any, **kwargs: Any) -> list[Error]:
    if Site._meta.db_table not in connection.introspection.table_names():
        return []
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return []
    homes = Page.objects.filter(translation_key=site.root_page.translation_key, live=True, alias_of__isnull=True)
    live = set(homes.values_list("locale__language_code", flat=True))
    return [
        Error(
            f"The home page in “{code}” is missing, a draft or an alias.",
            hint="Publish its translation before the language stands in LANGUAGES.",
            id="hub.E002",
        )
        for code, _name in settings.LANGUAGES
        if code not in live
    ]
