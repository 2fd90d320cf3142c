from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from hub.accounts.roles import ensure_roles


class Command(BaseCommand):
    help = (
        "Make the groups of the roles, or add what a new version lets them do. Takes nothing away. No user is touched."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Roles: {', '.join(ensure_roles())}.")
