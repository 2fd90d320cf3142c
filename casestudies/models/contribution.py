"""What pioneers send through the public form, and what became of it."""

import datetime
from typing import Any

from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from casestudies.models.case import CaseStudyPage
from hub.submissions.models import Submission

# Personal data go when the case has been published or refused this long, and at the latest this long after it was sent.
KEPT_AFTER_DECISION = datetime.timedelta(days=180)
KEPT_WITHOUT_DECISION = datetime.timedelta(days=365)


def private_storage() -> Any:
    """Files that no public address serves."""
    return storages["private"]


class Contribution(Submission):
    """An account sent by a pioneer. Its case is an unpublished page in moderation, written from ``answers``."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("received, to be read")
        PUBLISHED = "published", _("published")
        REFUSED = "refused", _("not published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    page = models.ForeignKey(
        CaseStudyPage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("case")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.RECEIVED)
    organisation_name = models.CharField(_("organisation"), max_length=120)
    role = models.CharField(_("function"), max_length=120, blank=True)
    answers = models.JSONField(_("answers"), default=dict)
    agreed_to_publish_at = models.DateTimeField(_("agreed to publication"), null=True, blank=True)
    has_photo_rights = models.BooleanField(_("holds the rights to the pictures"), default=False)
    may_be_named = models.BooleanField(_("may be named"), default=False)
    amended_at = models.DateTimeField(_("amended"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    word_to_contributor = models.TextField(
        _("word to the contributor"), max_length=1000, blank=True, help_text=_("Shown on their page and in the mail.")
    )

    class Meta(Submission.Meta):
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")

    def __str__(self) -> str:
        return self.organisation_name


class ContributionFile(models.Model):
    """A picture or document that came with a contribution. Moderators alone see it, until they put it on the page."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="files", verbose_name=_("contribution")
    )
    file = models.FileField(_("file"), storage=private_storage, upload_to="contributions/%Y/")
    name = models.CharField(_("name"), max_length=120)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    alternative = models.CharField(_("alternative text"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("file of a contribution")
        verbose_name_plural = _("files of contributions")

    def __str__(self) -> str:
        return self.name
