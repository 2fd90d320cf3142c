"""The relay between firms or councils and the pioneers who offer advice. No address is ever shown.

After the study's "parrainage" (action T-C1), on the model of Alizé: large employers lend a few days of their skills.
"""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from casestudies.models.case import CaseStudyPage
from hub.submissions.models import Submission

KEPT = datetime.timedelta(days=90)


class MentorContact(models.Model):
    """Where requests for a case are passed on to. Kept apart from the page, so that no template, API or revision
    holds it. ``page`` is the French one."""

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
        return f"{self.page} – {self.name}"


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
    forwarded_at = models.DateTimeField(_("passed on"), null=True, blank=True)
    handled_by = models.CharField(_("handled by"), max_length=150, blank=True)

    class Meta(Submission.Meta):
        verbose_name = _("request for mentoring")
        verbose_name_plural = _("requests for mentoring")

    def __str__(self) -> str:
        return f"{self.organisation_name} → {self.page}"


class MentoringCount(models.Model):
    """How many requests a case received, and how many were passed on, in a year: what is left after the purge."""

    page = models.ForeignKey(CaseStudyPage, on_delete=models.CASCADE, related_name="+", verbose_name=_("case"))
    year = models.PositiveSmallIntegerField(_("year"))
    received = models.PositiveIntegerField(_("received"), default=0)
    forwarded = models.PositiveIntegerField(_("passed on"), default=0)

    class Meta:
        verbose_name = _("count of mentoring")
        verbose_name_plural = _("counts of mentoring")
        constraints = [models.UniqueConstraint(fields=["page", "year"], name="one_mentoring_count_a_year")]

    def __str__(self) -> str:
        return f"{self.page} {self.year}"
