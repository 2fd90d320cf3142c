from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hub.search.engine import EngineUnavailable
from hub.search.outbox import drain, enqueue_expired


class Command(BaseCommand):
    help = "Brings waiting changes, and pages that have expired, to the search engine. Run it every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            enqueue_expired()
            drained = drain()
        except EngineUnavailable as error:
            raise CommandError(f"The changes wait: {error}") from error
        self.stdout.write(f"{drained} changes brought to the search engine")
