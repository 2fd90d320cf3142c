from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hub.search.engine import EngineUnavailable
from hub.search.outbox import rebuild


class Command(BaseCommand):
    help = "Builds the search index anew from the database, while searches go on."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = rebuild()
        except EngineUnavailable as error:
            raise CommandError(f"The search index was not rebuilt: {error}") from error
        counts = ", ".join(f"{locale} {count}" for locale, count in sorted(report.documents.items()))
        self.stdout.write(f"{sum(report.documents.values())} documents ({counts}) in {report.seconds} s")
