"""Forget the people behind forms whose term is over."""

import logging
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hub.submissions.mail import submission_types
from hub.submissions.models import Submission

_logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Takes away the personal data of forms whose last day has come. Exit code 1 when a row failed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only counts.")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        failed = 0
        today = timezone.localdate()
        for model in submission_types():
            due = list(model._default_manager.filter(keep_until__lte=today).order_by("pk").values_list("pk", flat=True))
            forgotten = 0 if dry_run else sum(_forgotten(model, pk) for pk in due)
            failed += 0 if dry_run else len(due) - forgotten
            self.stdout.write(
                _("%(kind)s: %(due)s due, %(forgotten)s forgotten.")
                % {"kind": model._meta.verbose_name_plural, "due": len(due), "forgotten": forgotten}
            )
        if failed:
            sys.exit(1)


def _forgotten(model: type[Submission], pk: int) -> bool:
    """One row in one transaction: what fails is named without its data and keeps the others from nothing."""
    try:
        with transaction.atomic():
            row = model._default_manager.select_for_update().filter(pk=pk).first()
            if row is None:
                return True
            row.forget()
            model._default_manager.filter(pk=pk).update(keep_until=None)
    except Exception as error:  # whatever it is, the rows after this one have their term too
        _logger.error("not forgotten: %s %s (%s)", model.__name__, pk, type(error).__name__)
        return False
    return True
