"""Processes made to be killed: `python -m tests.search.victims`, with a database and an index of their own.

Django is loaded once; every victim is a fork of this process. One command a line, one line of answer:

* ``prepare``: a small site and its index.
* ``publish SEED`` or ``rebuild SEED``: a process that changes pages, or changes them and rebuilds the index, until it
  is killed. The answer is its number. With one number more it kills itself, at that statement of SQL.
* ``recover``: what the hub does after such a death, in a process of its own. The answer is what then stands in the
  database and in the index, as JSON.
"""

import contextlib
import io
import json
import os
import random
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

LOCALES = ("fr", "en")
MOST, LEAST = 24, 10
MANY = 500


class Editor:
    """Somebody who changes one page after the other, now in one transaction, now in none."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def work(self) -> None:
        from django.db import transaction

        for _turn in range(self.chance.randint(1, 3)):
            if self.chance.random() < 0.5:
                self.change()
            else:
                with transaction.atomic():
                    for _change in range(self.chance.randint(1, 3)):
                        self.change()

    def change(self) -> None:
        from django.db import transaction

        from hub.home.models import PlainPage

        pages = list(PlainPage.objects.order_by("pk"))
        if len(pages) < LEAST:
            return self.write()
        page = self.chance.choice(pages)
        if len(pages) > MOST:
            # As Wagtail's admin does: the tree itself does not outlive a deletion cut off half-way.
            with transaction.atomic():
                return page.delete()
        kinds: list[Callable[[Any], None]] = [self.edit, self.edit, self.edit, self.unpublish, self.move, self.restrict]
        return self.chance.choice([*kinds, lambda _page: self.write()])(page)

    def write(self) -> None:
        from hub.home.models import HomePage, PlainPage

        above = self.chance.choice([*HomePage.objects.order_by("pk"), *PlainPage.objects.filter(depth__lt=5)])
        page = PlainPage(title=self.title(), locale=above.locale, live=False)
        above.add_child(instance=page)
        page.save_revision().publish()

    def edit(self, page: Any) -> None:
        page.title = self.title()
        if self.chance.random() < 0.3:
            page.slug = f"{page.slug[:20]}-{self.chance.randrange(10**9)}"
        page.save_revision().publish()

    def unpublish(self, page: Any) -> None:
        page.unpublish()

    def move(self, page: Any) -> None:
        from wagtail.models import Page

        targets = Page.objects.filter(locale=page.locale, depth__gt=1, depth__lt=5).not_descendant_of(page, True)
        page.move(self.chance.choice(list(targets.order_by("pk"))), pos="last-child")

    def restrict(self, page: Any) -> None:
        from wagtail.models import PageViewRestriction

        restrictions = list(PageViewRestriction.objects.order_by("pk"))
        if len(restrictions) > 2:
            restrictions[0].delete()
        else:
            PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    def title(self) -> str:
        return f"Fiche {self.chance.randrange(10**9)}"


def prepare() -> None:
    from django.core.management import call_command
    from wagtail.models import Page

    from tests.factories.search import SmallSite

    for page in Page.objects.filter(depth=2):
        page.delete()  # what Wagtail's own migrations put there
    site = SmallSite.build()
    for number in range(LEAST):
        site.page(f"Fiche {number}", "Le texte.", locale=LOCALES[number % 2])
    for _generation in range(2):  # as many as are kept
        call_command("rebuild_search", stdout=io.StringIO())


def work(kind: str, seed: int) -> None:
    from django.core.management import call_command

    editor = Editor(seed)
    while True:
        editor.work()
        if kind == "rebuild":
            call_command("rebuild_search", stdout=io.StringIO())


def recover() -> dict[str, Any]:
    from django.conf import settings
    from django.core.management import call_command
    from wagtail.models import Revision

    from hub.pages.visibility import visible_pages
    from hub.search import engines
    from hub.search.embedded import EmbeddedEngine
    from hub.search.engine import SearchQuery
    from hub.search.models import OutboxRow

    directory = Path(settings.SEARCH_INDEX_DIR)
    embedded = EmbeddedEngine(directory, LOCALES)
    met = {
        # A reader that comes before anything is mended finds a sound index.
        "degraded": any(embedded.search(SearchQuery(locale)).degraded for locale in LOCALES),
        "generations": len(list(directory.glob("v*/g-*"))),
    }
    call_command("drain_search", stdout=io.StringIO())
    indexes: dict[str, dict[str, Any]] = {name: {} for name in engines.names()}
    database: dict[str, Any] = {}
    for locale in LOCALES:
        plain = visible_pages(locale).filter(title__startswith="Fiche")
        database[locale] = sorted([page.pk, page.title, page.get_url()] for page in plain)
        database[f"{locale} pages"] = visible_pages(locale).count()
        for name, index in indexes.items():
            engine = engines.engine(name)
            index[locale] = sorted(
                [each.id, each.text, each.url] for each in engine.autocomplete("fiche", locale, MANY)
            )
            index[f"{locale} pages"] = engine.search(SearchQuery(locale)).total
    left = OutboxRow.objects.count()
    return {**met, "indexes": indexes, "database": database, "left": left, "revisions": Revision.objects.count()}


def fork(task: Callable[[], object]) -> int:
    """A process that does one thing and says nothing but what ``task`` returns."""
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        answer = task()
        print(json.dumps(answer), flush=True)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def _is_called_by(name: str) -> bool:
    frame = sys._getframe()
    while frame and frame.f_code.co_name != name:
        frame = frame.f_back
    return frame is not None


class Deadly:
    """Kills its own process just before a statement of SQL, counting those within one function if it is named."""

    def __init__(self, at: int, within: str = "") -> None:
        self.left, self.within = at, within

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if self.within and not _is_called_by(self.within):
            return execute(sql, params, many, context)
        self.left -= 1
        if self.left == 0:
            callers = " > ".join(
                frame.name for frame in traceback.extract_stack()[-40:] if "django" not in frame.filename
            )
            print(f"before {sql[:120]} in {callers}", file=sys.stderr, flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)


def victim(kind: str, seed: int, at: int = 0) -> int:
    """The number of a process that is at work."""
    reading, writing = os.pipe()

    def task() -> None:
        from django.db import connection

        connection.ensure_connection()
        if at:
            # A rebuild is killed while it reads the pages, its new index half made.
            connection.execute_wrappers.append(Deadly(at, "all_documents" if kind == "rebuild" else ""))
        os.write(writing, b"x")
        work(kind, seed)

    pid = fork(task)
    os.close(writing)
    os.read(reading, 1)
    os.close(reading)
    return pid


def main() -> None:
    import django

    django.setup()
    from django.urls import get_resolver

    from tests.factories import search as _loaded_once  # noqa: F401

    assert get_resolver().url_patterns  # read now, and not by every fork
    living: int | None = None
    for line in sys.stdin:
        command, *arguments = line.split()
        if living is not None:
            _pid, status = os.waitpid(living, 0)
            if not os.WIFSIGNALED(status):
                raise SystemExit("the victim died by itself")
            living = None
        if command in ("prepare", "recover"):
            _pid, status = os.waitpid(fork({"prepare": prepare, "recover": recover}[command]), 0)
            if status:
                raise SystemExit(f"{command} failed")
        else:
            living = victim(command, *map(int, arguments))
            print(living, flush=True)


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        main()
