"""Visitors who send at the same moment: ``python -m tests.casestudies.racing``, on a migrated database file of its own.

The suite's database lives in one process's memory, where two writers never wait for one another as they do in a file.
Prints as JSON how many were told that their request was received, and what then stands in the database.
"""

import json
import threading
import time
from typing import Any

AT_ONCE = 5


def main() -> None:
    import django

    django.setup()
    from django.test import Client

    from tests.casestudies.mentors import Visitor, open_case
    from tests.factories.hub import Hub

    hub = Hub.build()
    last_place, same_form = open_case(hub, "Dernière place", mentoring_per_year=1), open_case(hub, "Même formulaire")
    url = hub.library("mentoring").get_url()
    rivals = [Visitor(Client(), url, last_place.slug, f"198.41.0.{number}") for number in range(AT_ONCE)]
    twins = [Visitor(Client(), url, same_form.slug, f"198.41.1.{number}") for number in range(AT_ONCE)]
    for twin in twins:
        twin.hidden = dict(twins[0].hidden)
    time.sleep(4)  # a form that is sent at once is taken for a robot's
    print(json.dumps({"last place": _race(rivals, last_place), "same form": _race(twins, same_form)}))


def _race(visitors: list[Any], case: Any) -> dict[str, Any]:
    from django.db import connection

    from casestudies.models import MentoringCount, MentoringRequest

    barrier = threading.Barrier(len(visitors))

    def send(visitor: Any) -> None:
        barrier.wait(timeout=60)
        visitor.send_now()
        connection.close()

    threads = [threading.Thread(target=send, args=(visitor,)) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {
        "status": [visitor.response.status_code for visitor in visitors],
        "received": sum(visitor.was_received for visitor in visitors),
        "kept words": sum(bool(visitor.page.select_one("[name=message]")) for visitor in visitors),
        "rows": MentoringRequest.objects.filter(page=case).count(),
        "counted": MentoringCount.objects.get(page=case).received,
    }


if __name__ == "__main__":
    main()
