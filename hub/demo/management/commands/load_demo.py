from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from wagtail.models import Page

from hub.demo.files import CONTENT, ContentError
from hub.demo.loader import check_content, load


class Command(BaseCommand):
    help = "Load the starting content in French and English. Running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only check the content files")
        parser.add_argument(
            "--content", type=Path, default=CONTENT, help="a folder of content other than the hub's own"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = options["verbosity"] == 0

        def say(line: str) -> None:
            if not quiet:
                self.stdout.write(f"  {line}")

        if Page._meta.db_table not in connection.introspection.table_names():
            raise CommandError("The database has no tables yet: run manage.py migrate first.")
        try:
            if options["check"]:
                _shelf, files = check_content(options["content"])
                self.stdout.write(f"{len(files)} page files are sound.")
                return
            made = load(say, options["content"])
        except ContentError as error:
            raise CommandError(str(error)) from error
        if not quiet:
            self.stdout.write("The starting content is there already." if made is None else f"{made} pages loaded.")
