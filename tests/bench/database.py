"""What Wagtail's own search costs on SQLite, with as many pages: `python -m tests.bench.database` prints JSON.

Needs a database of its own in ``DATABASE_URL``, migrated. The pages are real rows, indexed by Wagtail as it indexes
them; their titles and texts are those of the embedded engine's pages, so that both find the same ones. A ranked first
page of results and the count, without facets or passages, which Wagtail has not.
"""

import json
import statistics
import time
import uuid

from tests.bench import corpus
from tests.bench.embedded import SMALL

TIMES = 3


def main() -> None:
    import django

    django.setup()
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Locale, Page
    from wagtail.search import index
    from wagtail.search.backends import get_search_backend

    # As a page type does that wants its text searched, and not only its title.
    Page.search_fields = [*Page.search_fields, index.SearchField("search_description")]
    locale = Locale.objects.get_or_create(language_code="fr")[0]
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root", locale=locale))
    above = root.add_child(instance=Page(title="Accueil", slug="bench", locale=locale))
    kind = ContentType.objects.get_for_model(Page)
    rows = [
        Page(
            title=doc.title,
            draft_title=doc.title,
            slug=f"page-{doc.id}",
            search_description=doc.body,
            path=Page._get_path(above.path, above.depth + 1, doc.id),
            depth=above.depth + 1,
            content_type=kind,
            locale=locale,
            translation_key=uuid.uuid4(),
            url_path=f"{above.url_path}page-{doc.id}/",
            live=True,
        )
        for doc in corpus.pages(SMALL)
    ]
    Page.objects.bulk_create(rows, batch_size=500)
    backend = get_search_backend("default")
    pages = list(Page.objects.filter(depth=above.depth + 1))
    for start in range(0, len(pages), 1000):
        backend.add_bulk(Page, pages[start : start + 1000])
    costs = []
    for _turn in range(TIMES):
        before = time.process_time()
        found = Page.objects.live().search(corpus.MARK)
        shown, hits = list(found[:10]), found.count()
        costs.append((time.process_time() - before) * 1000)
    print(json.dumps({"milliseconds": statistics.median(costs), "hits": hits, "shown": len(shown)}))


if __name__ == "__main__":
    main()
