from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hub.search.evaluate import TOP, judge, read, reciprocal_rank


class Command(BaseCommand):
    help = 'Asks judged queries, JSON lines {"locale", "q", "expected": [regular expressions on "title url"]}.'

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            judgements = read(options["file"].read_text(encoding="utf-8").splitlines())
        except (OSError, ValueError) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        verdicts = [judge(judgement) for judgement in judgements]
        hits = sum(verdict.is_hit for verdict in verdicts)
        self.stdout.write(f"{hits} of {len(verdicts)} in the first {TOP}")
        self.stdout.write(f"mean reciprocal rank {reciprocal_rank(verdicts):.3f}")
        for verdict in verdicts:
            if not verdict.is_hit:
                wanted = " | ".join(pattern.pattern for pattern in verdict.judgement.expected)
                self.stdout.write(f"miss ({verdict.judgement.locale}) {verdict.judgement.text!r}: {wanted}")
                for line in verdict.found[:TOP]:
                    self.stdout.write(f"    found {line}")
