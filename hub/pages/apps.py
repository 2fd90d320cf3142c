from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "hub.pages"
    label = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from hub.pages import checks  # noqa: F401  (registers the system checks)
