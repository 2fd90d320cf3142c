"""Try again to send the mail that a server did not take."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from hub.submissions.mail import deliver, submission_types, waiting


class Command(BaseCommand):
    help = "Sends the mail about visitors' forms that still waits. Exit code 1 when some waits on."

    def handle(self, *args: Any, **options: Any) -> None:
        sent = left = 0
        for model in submission_types():
            for pk in list(waiting(model).values_list("pk", flat=True)):
                if deliver(model, pk):
                    sent += 1
                else:
                    left += 1
        self.stdout.write(_("Brought up to date: %(sent)s. Still waiting: %(left)s.") % {"sent": sent, "left": left})
        if left:
            sys.exit(1)
