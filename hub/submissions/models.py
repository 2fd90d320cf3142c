"""The abstract base of what a visitor sends to be kept."""

import uuid
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Mail:
    """Plain words. The address is the sender's own, or the team's (``hub.submissions.mail``)."""

    subject: str
    text: str


class Submission(models.Model):
    """Concrete types add what was sent, and say in ``forget`` what the purge takes away.

    ``once`` is the serial number of the form that was opened: sent twice, it makes one row. ``keep_until`` is the day
    by which personal data are erased, as the form said. Mail is a courtesy: ``receipt_sent_at`` and
    ``team_told_at`` stay empty until a server took it, and it is tried again. ``mail_to_sender`` and ``mail_to_team``
    say how things stand now; whoever changes that empties the field, and the next mail says it
    (``hub.submissions.mail.tell``).
    """

    reference = models.UUIDField(_("reference"), default=uuid.uuid4, unique=True, editable=False)
    once = models.CharField(_("serial number of the form"), max_length=64, unique=True, editable=False)
    language = models.CharField(_("language"), max_length=10)
    created_at = models.DateTimeField(_("received"), auto_now_add=True)
    keep_until = models.DateField(_("personal data kept until"), null=True, blank=True, db_index=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    receipt_sent_at = models.DateTimeField(_("receipt sent"), null=True, blank=True, editable=False)
    team_told_at = models.DateTimeField(_("team told"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["-created_at"]

    def mail_to_sender(self) -> Mail | None:
        """What they are to know now, in the language that is active. None: nothing."""
        return None

    def mail_to_team(self) -> Mail | None:
        """What moderators are to know now, without personal data: mailboxes are not purged."""
        return None

    def forget(self) -> None:
        """Take away everything personal, files included, and save; or delete the row.

        Called by ``purge_personal_data`` in a transaction on the day of ``keep_until``, which it empties.
        """
        raise NotImplementedError
