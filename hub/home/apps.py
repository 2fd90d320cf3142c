from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "hub.home"
    label = "home"
    verbose_name = _("Home and plain pages")

    def ready(self) -> None:
        from hub.home import frame

        frame.connect()
