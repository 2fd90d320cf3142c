import json
from typing import Any

from django.core.management.base import BaseCommand

from hub.search.status import status


class Command(BaseCommand):
    help = "Says as JSON how search is doing: engine, documents by language, generation, changes waiting."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(status(), indent=2))
