"""Mail about what visitors sent: after the commit, tried again, never in the way, and never in the log."""

import logging
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation

from hub.submissions.models import Mail, Submission

_logger = logging.getLogger(__name__)
_PATIENCE = 10  # seconds for a mail server: somebody waits for their receipt's page
TEAM_LANGUAGE = "fr"
TEAM_GROUP = "moderator"
SENDER, TEAM = "receipt_sent_at", "team_told_at"


def submission_types() -> list[type[Submission]]:
    return [model for model in apps.get_models() if issubclass(model, Submission)]


def tell(row: Submission, *whom: str) -> None:
    """Tell sender and team (or one of them: ``SENDER``, ``TEAM``) how things stand, once the transaction is over."""
    fields = whom or (SENDER, TEAM)
    type(row)._default_manager.filter(pk=row.pk).update(**dict.fromkeys(fields))
    for field in fields:
        setattr(row, field, None)
    transaction.on_commit(lambda: deliver(type(row), row.pk), robust=True)


def waiting(model: type[Submission]) -> Any:
    """Rows of which somebody still has to be told."""
    return model._default_manager.filter(Q(team_told_at=None) | Q(receipt_sent_at=None) & ~Q(email="")).order_by("pk")


def deliver(model: type[Submission], pk: int) -> bool:
    """Send what a row still owes: whether nothing waits any more. Sending comes before noting it, so a process that
    is killed in between sends twice rather than never."""
    done = True
    for field in (TEAM, SENDER):
        row = model._default_manager.filter(pk=pk, **{field: None}).first()
        if row is not None:
            done = _deliver(row, field) and done
    return done


def _deliver(row: Submission, field: str) -> bool:
    try:
        mail, addresses = _written(row, field)
        if mail is not None and addresses:
            _send(mail, addresses)
    except Exception as error:  # a server fails in many ways, and its words may quote the address
        _logger.error(
            "mail waits: %s of %s %s (%s)", field.partition("_")[0], type(row).__name__, row.pk, type(error).__name__
        )
        return False
    fresh = type(row)._default_manager.filter(pk=row.pk).first()
    if fresh is None:
        return True
    if _written(fresh, field)[0] != mail:  # it changed meanwhile: the new word is still owed
        return False
    type(row)._default_manager.filter(pk=row.pk, **{field: None}).update(**{field: timezone.now()})
    return True


def _written(row: Submission, field: str) -> tuple[Mail | None, list[str]]:
    if field == SENDER:
        with translation.override(row.language):
            return row.mail_to_sender(), [row.email] if row.email else []
    with translation.override(TEAM_LANGUAGE):
        return row.mail_to_team(), team_addresses()


def team_addresses() -> list[str]:
    """Active moderators and the hub's own mailbox, each once."""
    users = get_user_model()._default_manager.filter(is_active=True, groups__name=TEAM_GROUP).exclude(email="")
    return list(dict.fromkeys([settings.DEFAULT_FROM_EMAIL, *users.order_by("pk").values_list("email", flat=True)]))


def _send(mail: Mail, addresses: list[str]) -> None:
    """The first address is written on the mail, the others are not shown to each other."""
    first, *others = addresses
    message = EmailMessage(
        " ".join("".join(each if each.isprintable() else " " for each in mail.subject).split()),
        mail.text,
        settings.DEFAULT_FROM_EMAIL,
        [first],
        bcc=others,
        headers={"Auto-Submitted": "auto-generated"},
        connection=get_connection(timeout=_PATIENCE),
    )
    message.send()
