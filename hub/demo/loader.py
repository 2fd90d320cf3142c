"""The order in which the starting content enters the database: check everything, then write object by object.

One transaction an object, parents before children: an outer transaction around a tree leaves a stale child count and
a section that answers 404 (wagtail-localize issue 773).
"""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from wagtail.models import Locale, Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from hub.demo.entries import Shelf, no_key, read_shelf, save_shelf
from hub.demo.files import CONTENT, ContentError, read_mapping
from hub.demo.models import ContentLoad
from hub.demo.pages import PageBuilder, PageFile, read_page_files
from hub.demo.values import Keys, Reader
from hub.home.models import SiteIdentity, SiteWording
from hub.pages.models import HubPage
from hub.search import judgements, outbox
from hub.search.models import JudgedQuery
from hub.translation.loading import Mismatch, check_pairs, translate

Say = Callable[[str], None]


def check_content(content: Path = CONTENT) -> tuple[Shelf, dict[str, PageFile]]:
    """Read every file and pair both languages, without touching the database. Raises ContentError."""
    shelf = read_shelf(content)
    files = read_page_files(content)

    def known(key: str) -> int:
        if key not in files:
            raise KeyError(key)
        return list(files).index(key) + 1

    builder = PageBuilder(shelf, known, dry=True)
    for file in files.values():
        source, twin = builder.build(file, "fr"), builder.build(file, "en")
        try:
            check_pairs(source, twin)
        except Mismatch as mismatch:
            name = str(mismatch).partition(".")[0].partition(":")[0]
            raise ContentError(file.path, file.data.lines.get(name, 1), str(mismatch)) from mismatch
    return shelf, files


def load(say: Say, content: Path = CONTENT) -> int | None:
    """Load the starting content once and return the number of pages made, or None if that was done before.

    A run that was cut short is taken up where it stopped. Raises ContentError before any write.
    """
    if ContentLoad.objects.exists():
        return None
    # What follows from each object is worked out once, at the end: search, and what refers to what.
    with outbox.gathered(), disable_reference_index_auto_update():
        made = _load(say, content)
    call_command("rebuild_references_index", verbosity=0)
    ContentLoad.objects.create(pages=made)
    return made


def _load(say: Say, content: Path) -> int:
    shelf, files = check_content(content)
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in ("fr", "en")}
    save_shelf(shelf, content, locales, say)
    ids = _existing(files)
    missing = [file for file in files.values() if file.key not in ids]
    for file in missing:
        ids[file.key] = _create_draft(file, shelf, ids, files)
    builder = PageBuilder(shelf, ids.__getitem__)
    made = 0
    for file in files.values():
        page = file.model.objects.get(pk=ids[file.key])
        if page.first_published_at is None:
            say(file.key)
            _publish(page, file, builder)
            made += 1
        page = file.model.objects.get(pk=ids[file.key])
        if not file.parent:
            _make_site(page, content)
        if not page.has_translation(locales["en"]):
            twin = builder.build(file, "en")
            twin.locale = locales["en"]
            translate(page, twin, locales["en"], slug=builder.slug(file, "en"))
    _load_judged_queries()
    return made


def _load_judged_queries() -> None:
    """By which search is measured on this content; afterwards they are the editors'."""
    if not JudgedQuery.objects.exists():
        judgements.load(judgements.STARTING.read_text(encoding="utf-8").splitlines())


def _existing(files: dict[str, PageFile]) -> dict[str, int]:
    keys = {file.translation_key: key for key, file in files.items()}
    rows = Page.objects.filter(translation_key__in=keys, locale__language_code=settings.LANGUAGE_CODE).values_list(
        "translation_key", "pk"
    )
    return {keys[translation_key]: pk for translation_key, pk in rows}


def _create_draft(file: PageFile, shelf: Shelf, ids: dict[str, int], files: dict[str, PageFile]) -> int:
    """A draft in its place, so that every page has an id before any page links to it."""

    def known(key: str) -> int:
        if key not in files:
            raise KeyError(key)
        return 0

    parent = Page.objects.get(pk=ids[file.parent]) if file.parent else Page.get_first_root_node()
    with transaction.atomic():
        page = PageBuilder(shelf, known, dry=True).build(file, "fr")
        page.locale = Locale.objects.get(language_code="fr")
        page.live = False
        page.show_in_menus = bool(file.data["type"] in ("guide", "casestudy-index", "legal-index", "campaign-index"))
        if hasattr(page, "show_in_footer"):
            page.show_in_footer = True
        parent.add_child(instance=page)
    return page.pk


def _publish(page: HubPage, file: PageFile, builder: PageBuilder) -> None:
    with transaction.atomic():
        slug = page.slug
        builder.build(file, "fr", onto=page)
        page.slug = slug
        page.save_revision().publish()


def _make_site(home: Page, content: Path) -> None:
    """Point the site at our home page and take Wagtail's welcome page away, once."""
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    if site.root_page_id and site.root_page.translation_key == home.translation_key:
        return
    welcome = site.root_page if site.root_page_id else None
    with transaction.atomic():
        site.root_page, site.site_name = home, "Relais"
        site.save()
        if welcome and welcome.specific_class is Page and not welcome.numchild:
            welcome.delete()
    path = content / "site.yaml"
    data = read_mapping(path)
    identity = SiteIdentity.for_site(site)
    with transaction.atomic():
        identity.save()
        for code, _name in settings.LANGUAGES:
            reader = Reader(path, code, Keys(set(), set(), no_key, no_key))
            texts = {name: reader.plain(data[name]) for name in ("name", "tagline", "footer_text")}
            SiteWording.objects.update_or_create(
                identity=identity, locale=Locale.objects.get(language_code=code), defaults=texts
            )
