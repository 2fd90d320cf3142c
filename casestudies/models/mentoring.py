"""The relay between firms or councils and the pioneers who offer advice. No address is ever shown.

After the study's "parrainage" (action T-C1), on the model of Alizé: large employers lend a few days of their skills.
"""

import datetime

from django.conf import settings
from django.db import models
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casestudies.models.case import CaseStudyPage
from hub.geography import communes
from hub.submissions.models import Mail, Submission

KEPT = datetime.timedelta(days=90)


class MentorContact(models.Model):
    """Where requests for a case are passed on to. Kept apart from the page, so that no template, API or revision
    holds it. ``page`` is the French one, or the only one there is."""

    page = models.OneToOneField(
        CaseStudyPage, on_delete=models.CASCADE, related_name="mentor_contact", verbose_name=_("case")
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    agreed_on = models.DateField(_("agreed on"), help_text=_("The day they agreed to receive requests."))

    class Meta:
        verbose_name = _("mentor’s contact")
        verbose_name_plural = _("mentors’ contacts")

    def __str__(self) -> str:
        # The admin writes this into its log, which outlives the row: no name of a person here.
        return str(self.page)


class MentoringRequest(Submission):
    class Status(models.TextChoices):
        RECEIVED = "received", _("to be read")
        FORWARDED = "forwarded", _("passed on")
        REFUSED = "refused", _("not passed on")

    class From(models.TextChoices):
        FIRM = "firm", _("a firm")
        COUNCIL = "council", _("a local authority")
        OTHER = "other", _("another body")

    page = models.ForeignKey(CaseStudyPage, on_delete=models.CASCADE, related_name="+", verbose_name=_("case"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.RECEIVED)
    sender_kind = models.CharField(_("who asks"), max_length=10, choices=From)
    organisation_name = models.CharField(_("organisation"), max_length=120)
    commune_code = models.CharField(_("commune (INSEE code)"), max_length=5, blank=True)
    theme = models.CharField(_("theme"), max_length=120, blank=True)
    message = models.TextField(_("request"), max_length=3000)
    word_to_sender = models.TextField(
        _("word to the sender"), max_length=1000, blank=True, help_text=_("Sent by e-mail to whoever asked.")
    )
    forwarded_at = models.DateTimeField(_("passed on"), null=True, blank=True)
    handled_by = models.CharField(_("handled by"), max_length=150, blank=True)

    class Meta(Submission.Meta):
        verbose_name = _("request for mentoring")
        verbose_name_plural = _("requests for mentoring")

    def __str__(self) -> str:
        # Logged by the admin and kept longer than the row: nothing of the sender's here.
        return f"{self.page} · {self.short_reference}"

    @property
    def short_reference(self) -> str:
        return self.reference.hex[:8].upper()

    @property
    def commune_name(self) -> str:
        found = communes.commune(self.commune_code)
        return found.name if found else ""

    # --- Mail ---

    def mail_to_sender(self) -> Mail:
        """Their own words are not in it: nobody may use the relay to write to others."""
        subject = {
            self.Status.RECEIVED: gettext("Your request for advice has been received"),
            self.Status.FORWARDED: gettext("Your request for advice has been passed on"),
            self.Status.REFUSED: gettext("Your request for advice was not passed on"),
        }[self.Status(self.status)]
        return Mail(subject, render_to_string("casestudies/mentoring/mail_to_sender.txt", {"row": self}))

    def mail_to_team(self) -> Mail | None:
        if self.status != self.Status.RECEIVED:
            return None
        link = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('mentoring_requests:inspect', args=[self.pk])}"
        text = render_to_string("casestudies/mentoring/mail_to_team.txt", {"row": self, "link": link})
        return Mail(gettext("A request for mentoring to read"), text)

    def mail_to_mentor(self, contact: MentorContact) -> Mail:
        subject = gettext("A request for advice, through the Relais")
        values = {"row": self, "contact": contact}
        return Mail(subject, render_to_string("casestudies/mentoring/mail_to_mentor.txt", values))

    def forget(self) -> None:
        """All of it is personal; what remains is the count of the year."""
        self.delete()


class MentoringCount(models.Model):
    """How many requests a case received in a year, and what became of them: what is left after the purge.

    One that moderators did not pass on gives its place back to the next. The count of a case that is deleted stays in
    the totals of its year, without the case.
    """

    page = models.ForeignKey(
        CaseStudyPage, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("case")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    received = models.PositiveIntegerField(_("received"), default=0)
    forwarded = models.PositiveIntegerField(_("passed on"), default=0)
    refused = models.PositiveIntegerField(_("not passed on"), default=0)

    class Meta:
        verbose_name = _("count of mentoring")
        verbose_name_plural = _("counts of mentoring")
        constraints = [models.UniqueConstraint(fields=["page", "year"], name="one_mentoring_count_a_year")]

    def __str__(self) -> str:
        return f"{self.page or '–'} {self.year}"
