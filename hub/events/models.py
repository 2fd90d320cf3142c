"""The abstract base of event pages. Concrete types say what the event belongs to."""

import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from hub.blocks.text import PROSE
from hub.pages.models import HubPage


class EventPage(HubPage):
    """Hours are those of Europe/Paris in the editor and on the page, UTC in the database."""

    kind_label = _("Event")

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        CANCELLED = "cancelled", _("cancelled")

    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    place = models.CharField(_("place"), max_length=160, blank=True, help_text=_("The room or building."))
    address = models.CharField(_("street and town"), max_length=200, blank=True)
    online_url = models.URLField(_("address of the online meeting"), blank=True)
    sign_up_url = models.URLField(_("address to sign up at"), blank=True)
    sign_up_email = models.EmailField(_("e-mail address to sign up at"), blank=True)
    organiser = models.CharField(_("organiser"), max_length=160, blank=True)
    programme = RichTextField(_("programme"), features=PROSE, blank=True)
    report = RichTextField(
        _("report"), features=PROSE, blank=True, help_text=_("Once it is over: what was said, and by whom.")
    )

    own_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]), FieldPanel("state")], heading=_("When")
        ),
        MultiFieldPanel([FieldPanel("place"), FieldPanel("address"), FieldPanel("online_url")], heading=_("Where")),
        MultiFieldPanel(
            [FieldPanel("organiser"), FieldPanel("sign_up_url"), FieldPanel("sign_up_email")], heading=_("Signing up")
        ),
        FieldPanel("programme"),
        FieldPanel("report"),
    ]
    own_translatable_fields: ClassVar[list[Any]] = [
        SynchronizedField("starts_at", overridable=False),
        SynchronizedField("ends_at", overridable=False),
        SynchronizedField("state", overridable=False),
        TranslatableField("place"),
        SynchronizedField("address", overridable=False),
        SynchronizedField("online_url"),
        SynchronizedField("sign_up_url"),
        SynchronizedField("sign_up_email"),
        TranslatableField("organiser"),
        TranslatableField("programme"),
        TranslatableField("report"),
    ]

    class Meta:
        abstract = True

    @property
    def over_at(self) -> datetime.datetime:
        """When it is over: an event without an end ends with its day."""
        if self.ends_at:
            return self.ends_at
        local = timezone.localtime(self.starts_at)
        return local.replace(hour=23, minute=59, second=59, microsecond=0)

    @property
    def is_over(self) -> bool:
        return self.over_at < timezone.now()

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("An event ends after it starts.")})
        if not (self.place or self.address or self.online_url):
            raise ValidationError({"place": _("Say where it takes place, or give the address of the online meeting.")})
