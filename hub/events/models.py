"""The abstract bases of event pages and of their lists. Concrete types say what the event belongs to."""

import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from hub.blocks.fields import SlimStreamField
from hub.blocks.text import PROSE
from hub.blocks.values import SourceBlock
from hub.events.calendar import calendar_response, wants_calendar
from hub.events.structured import as_script
from hub.events.words import when_in_words
from hub.pages.index import IndexPage
from hub.pages.models import HubPage

LOCAL = ZoneInfo(settings.TIME_ZONE)


class EventPage(HubPage):
    """Hours are those of Europe/Paris in the editor and on the page, UTC in the database."""

    kind_label = _("Event")

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        CANCELLED = "cancelled", _("cancelled")

    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    all_day = models.BooleanField(
        _("days only"),
        default=False,
        help_text=_("The hours are not known, or do not matter: only the days are shown."),
    )
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
    sources = SlimStreamField([("source", SourceBlock())], blank=True, verbose_name=_("sources"))

    own_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldRowPanel([FieldPanel("all_day"), FieldPanel("state")]),
            ],
            heading=_("When"),
        ),
        MultiFieldPanel([FieldPanel("place"), FieldPanel("address"), FieldPanel("online_url")], heading=_("Where")),
        MultiFieldPanel(
            [FieldPanel("organiser"), FieldPanel("sign_up_url"), FieldPanel("sign_up_email")], heading=_("Signing up")
        ),
        FieldPanel("programme"),
        FieldPanel("report"),
        FieldPanel("sources"),
    ]
    own_translatable_fields: ClassVar[list[Any]] = [
        SynchronizedField("starts_at", overridable=False),
        SynchronizedField("ends_at", overridable=False),
        SynchronizedField("all_day", overridable=False),
        SynchronizedField("state", overridable=False),
        TranslatableField("place"),
        SynchronizedField("address", overridable=False),
        SynchronizedField("online_url"),
        SynchronizedField("sign_up_url"),
        SynchronizedField("sign_up_email"),
        TranslatableField("organiser"),
        TranslatableField("programme"),
        TranslatableField("report"),
        TranslatableField("sources"),
    ]

    class Meta:
        abstract = True

    # --- When ---

    @property
    def starts_locally(self) -> datetime.datetime:
        return timezone.localtime(self.starts_at, LOCAL)

    @property
    def ends_locally(self) -> datetime.datetime | None:
        return timezone.localtime(self.ends_at, LOCAL) if self.ends_at else None

    @property
    def over_at(self) -> datetime.datetime:
        """When it is over. Without an end, or with days only, an event ends with its last day."""
        if self.ends_at and not self.all_day:
            return self.ends_at
        last = self.ends_locally or self.starts_locally
        return last.replace(hour=23, minute=59, second=59, microsecond=0)

    @property
    def is_over(self) -> bool:
        return self.over_at < timezone.now()

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    @property
    def takes_sign_ups(self) -> bool:
        return bool(self.sign_up_url or self.sign_up_email) and not self.is_over and not self.is_cancelled

    @property
    def when(self) -> str:
        """In words, in the language in use."""
        return when_in_words(self.starts_locally, self.ends_locally, self.all_day)

    @property
    def where(self) -> str:
        return ", ".join(filter(None, (self.place, self.address)))

    @property
    def structured_data(self) -> str:
        return as_script(self)

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and not self._ends_after_it_starts():
            raise ValidationError({"ends_at": _("An event ends after it starts.")})
        if not (self.place or self.address or self.online_url):
            raise ValidationError({"place": _("Say where it takes place, or give the address of the online meeting.")})

    def _ends_after_it_starts(self) -> bool:
        if self.all_day and self.ends_locally:
            return self.ends_locally.date() >= self.starts_locally.date()
        return bool(self.ends_at and self.ends_at > self.starts_at)

    # --- Serving ---

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if wants_calendar(request):
            return calendar_response([self], self.slug)
        return super().serve(request, *args, **kwargs)


class EventIndexPage(IndexPage):
    """What is coming first, the next one before the others; then what has been, the latest first."""

    feeds_newest: ClassVar[bool] = False

    class Meta:
        abstract = True

    def entries(self) -> Any:
        # Built of what stands below, in the same words as EventPage.over_at.
        now = timezone.now()
        today = timezone.localtime(now, LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
        days_only = Q(all_day=True) | Q(ends_at__isnull=True)
        coming = Q(days_only, last_at__gte=today) | Q(ends_at__gte=now, all_day=False)
        return (
            super()
            .entries()
            .annotate(last_at=Coalesce(F("ends_at"), F("starts_at")))
            .annotate(past=Case(When(coming, then=Value(0)), default=Value(1)))
            .order_by("past", Case(When(past=0, then=F("starts_at"))), "-starts_at", "path")
        )

    def coming(self) -> Any:
        return self.entries().filter(past=0)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if wants_calendar(request):
            return calendar_response(self.coming(), self.slug, self.title)
        return super().serve(request, *args, **kwargs)
