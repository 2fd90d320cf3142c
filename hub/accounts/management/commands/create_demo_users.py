from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from hub.accounts.roles import ROLES, ensure_roles


class Command(BaseCommand):
    help = "One user per role: admin, editor, legal, campaigns, translator, moderator. For trials, never in production."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--password", required=True)

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        groups = ensure_roles()
        users = get_user_model().objects
        for name in ("admin", *ROLES):
            user, _created = users.get_or_create(username=name, defaults={"email": f"{name}@example.org"})
            user.is_staff = user.is_superuser = name == "admin"
            user.set_password(options["password"])
            user.save()
            if name in groups:
                user.groups.add(groups[name])
        self.stdout.write(f"Users: admin, {', '.join(ROLES)}.")
