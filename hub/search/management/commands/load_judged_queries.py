from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hub.search.judgements import load


class Command(BaseCommand):
    help = "Brings judged queries from a file, JSON lines as evaluate_search reads them, to the editors' own."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load(options["file"].read_text(encoding="utf-8").splitlines())
        except (OSError, ValueError) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        self.stdout.write(f"{loaded.added} judged queries added, {loaded.changed} changed")
