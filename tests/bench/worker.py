"""One side of the benchmark: a process that serves requests through the whole middleware and says what they cost.

Reads lines "address times" and answers with a line of JSON: CPU seconds and SQL queries a request, bytes gzipped.
"""

import gzip
import json
import os
import sys
import time


def main() -> None:
    import django

    django.setup()
    from django.db import connection, reset_queries
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="localhost")
    for line in sys.stdin:
        address, times = line.split()
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        count = len(queries)
        reset_queries()
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}")
        before = time.process_time()
        for _turn in range(int(times)):
            client.get(address)
        cost = (time.process_time() - before) / int(times)
        weight = len(gzip.compress(response.content))
        print(json.dumps({"cpu": cost, "sql": count, "gzip": weight}), flush=True)


if __name__ == "__main__":
    sys.path.insert(0, os.getcwd())
    main()
