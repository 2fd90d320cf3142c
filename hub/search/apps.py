from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "hub.search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from hub.search import checks, events  # noqa: F401  # checks register themselves

        events.connect()
