from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hub.search.evaluate import TOP, judge_all, read, reciprocal_rank
from hub.search.judgements import UnreadableJudgement, stored


class Command(BaseCommand):
    help = (
        'Asks judged queries, JSON lines {"locale", "q", "expected": [regular expressions on "title url"]}, '
        "or those of the editors when no file is named."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path | None = options["file"]
        try:
            judgements = read(path.read_text(encoding="utf-8").splitlines()) if path else stored()
        except UnreadableJudgement as error:
            raise CommandError(f"the judged query {error.query!r} holds an expression that cannot be read") from error
        except (OSError, ValueError) as error:
            raise CommandError(f"{path}: {error}") from error
        verdicts = judge_all(judgements)
        hits = sum(verdict.is_hit for verdict in verdicts)
        self.stdout.write(f"{hits} of {len(verdicts)} in the first {TOP}")
        self.stdout.write(f"mean reciprocal rank {reciprocal_rank(verdicts):.3f}")
        for verdict in verdicts:
            if not verdict.is_hit:
                wanted = " | ".join(pattern.pattern for pattern in verdict.judgement.expected)
                self.stdout.write(f"miss ({verdict.judgement.locale}) {verdict.judgement.text!r}: {wanted}")
                for line in verdict.found[:TOP]:
                    self.stdout.write(f"    found {line}")
