import fcntl
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from hub.demo.models import ContentLoad
from hub.settings.base import VAR


class Command(BaseCommand):
    help = "Bring this checkout to a state that can be served: tables, starting content once, search index."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", help="say where the hub will answer and how to sign in")

    def handle(self, *args: Any, **options: Any) -> None:
        with (VAR / "prepare.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                self.stdout.write("Making the tables…")
                call_command("migrate", verbosity=0)
            if not ContentLoad.objects.exists():
                self.stdout.write("Loading the starting content (about a minute, once)…")
                call_command("load_demo", verbosity=0)
                try:
                    call_command("rebuild_search")
                except CommandError as error:  # an engine that is away now gets the pages later
                    self.stderr.write(str(error))
        if options["port"]:
            self._greet(f"http://localhost:{options['port']}")

    def _greet(self, address: str) -> None:
        lines = ["", f"  Relais     {address}/fr/  ·  {address}/en/", f"  Admin      {address}/admin/"]
        if get_user_model().objects.exists():
            lines.append("  Sign in    with an account of this database")
        else:
            lines.append("  Sign in    first: .venv/bin/python manage.py create_demo_users --password <yours>")
            lines.append("             then as admin, editor, legal, campaigns, translator or moderator")
        self.stdout.write("\n".join([*lines, "  Stop       Ctrl-C", ""]))
