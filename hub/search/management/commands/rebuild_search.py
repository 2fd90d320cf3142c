from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hub.search import engines
from hub.search.engine import EngineUnavailable
from hub.search.outbox import rebuild


class Command(BaseCommand):
    help = "Builds the search index of every engine anew from the database, while searches go on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--engine", choices=("embedded", "elasticsearch"), help="this engine only")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = options["engine"]
        if chosen and chosen not in engines.names():
            raise CommandError(f"{chosen} is not in use: ELASTICSEARCH_URL is empty.")
        failed = []
        for name in [chosen] if chosen else engines.names():
            try:
                report = rebuild(name)
            except EngineUnavailable as error:
                failed.append(f"{name}: {error}")
                continue
            counts = ", ".join(f"{locale} {count}" for locale, count in sorted(report.documents.items()))
            total = sum(report.documents.values())
            self.stdout.write(f"{name}: {total} documents ({counts}) in {report.seconds} s")
        if failed:
            raise CommandError(f"Not rebuilt: {'; '.join(failed)}")
