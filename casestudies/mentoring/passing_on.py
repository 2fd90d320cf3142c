"""What a moderator decides about a request: to pass it on to the mentor, or not to."""

import logging
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone, translation

from casestudies.mentoring.openings import count
from casestudies.models import MentorContact, MentoringRequest
from hub.submissions.mail import SENDER, tell

_logger = logging.getLogger(__name__)
_PATIENCE = 10  # seconds for a mail server
_Status = MentoringRequest.Status


class CannotPassOn(Exception):
    """The mail server did not take it, or there is nobody to pass it on to. Nothing was noted."""


def contact_of(row: MentoringRequest) -> MentorContact | None:
    return MentorContact.objects.filter(page__translation_key=row.page.translation_key).order_by("pk").first()


def pass_on(pk: int, by: Any) -> MentoringRequest | None:
    """Send a request to its mentor, once. None: somebody else has dealt with it meanwhile.

    The row is held while the mail goes out, so that two moderators cannot send it twice. Dying between the mail and
    the note sends it again rather than never.
    """
    with transaction.atomic():
        row = _open(pk)
        if row is None:
            return None
        contact = contact_of(row)
        if contact is None:
            raise CannotPassOn
        _send(row, contact)
        row.status, row.forwarded_at, row.handled_by = _Status.FORWARDED, timezone.now(), by.get_username()
        row.save(update_fields=["status", "forwarded_at", "handled_by"])
        count(row.page_id, _year(row), "forwarded")
        tell(row, SENDER)
    return row


def refuse(pk: int, by: Any, word: str) -> MentoringRequest | None:
    """Close a request without passing it on; its place goes to the next. None: it was dealt with meanwhile."""
    with transaction.atomic():
        row = _open(pk)
        if row is None:
            return None
        row.status, row.word_to_sender, row.handled_by = _Status.REFUSED, word, by.get_username()
        row.save(update_fields=["status", "word_to_sender", "handled_by"])
        count(row.page_id, _year(row), "refused")
        tell(row, SENDER)
    return row


def _open(pk: int) -> MentoringRequest | None:
    return MentoringRequest.objects.select_for_update().filter(pk=pk, status=_Status.RECEIVED).first()


def _year(row: MentoringRequest) -> int:
    """The year whose place it took."""
    return timezone.localdate(row.created_at).year


def _send(row: MentoringRequest, contact: MentorContact) -> None:
    with translation.override(contact.page.locale.language_code):
        mail = row.mail_to_mentor(contact)
    message = EmailMessage(
        mail.subject,
        mail.text,
        settings.DEFAULT_FROM_EMAIL,
        [contact.email],
        reply_to=[row.email],
        connection=get_connection(timeout=_PATIENCE),
    )
    try:
        message.send()
    except OSError as error:  # smtplib's errors are among them, and their words may quote an address
        _logger.error("not passed on: request %s (%s)", row.pk, type(error).__name__)
        raise CannotPassOn from None
