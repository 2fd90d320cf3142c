from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hub.search import engines, misses
from hub.search.engine import EngineUnavailable
from hub.search.outbox import drain_all, enqueue_expired, mend


class Command(BaseCommand):
    help = (
        "Brings waiting changes, and pages that have expired, to every search engine, and rebuilds an index that is "
        "missing, broken or incomplete. Run it every minute."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        enqueue_expired()
        misses.forget_old()
        drained, failures = drain_all()
        failed = [str(error) for error in failures]
        for name in engines.names():
            try:
                if not any(each.startswith(name) for each in failed):
                    mend(name)
            except EngineUnavailable as error:
                failed.append(f"{name}: {error}")
        self.stdout.write(f"{drained} changes brought to the search engines")
        if failed:
            raise CommandError(f"Changes wait: {'; '.join(failed)}")
