"""What surrounds every page: names, menu, footer, audiences. Kept in the shared cache, one copy per language.

Anything that could change it (a page, the site settings, an audience) empties the kept copies in every process.
"""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from hub.pages.visibility import visible_pages
from hub.vocabulary.catalogue import labels
from hub.vocabulary.models import Audience

_KEEP_SECONDS = 600


@dataclass
class Link:
    title: str
    url: str


@dataclass
class Frame:
    language: str
    name: str = "Relais"
    tagline: str = ""
    footer_text: str = ""
    publisher: str = ""
    contact_email: str = ""
    social_image: str = ""
    home_url: str = "/"
    menu: list[Link] = field(default_factory=list)
    footer: list[Link] = field(default_factory=list)
    short_titles: dict[int, str] = field(default_factory=dict)


def _key(language: str) -> str:
    return f"frame:{language}"


def _build(language: str, request: HttpRequest) -> Frame:
    from hub.home.models import GlossaryPage, HomePage, PlainPage, SiteIdentity

    frame = Frame(language)
    site = Site.find_for_request(request)
    if site is None:
        return frame
    identity = SiteIdentity.for_site(site)
    frame.publisher, frame.contact_email = identity.publisher, identity.contact_email
    if identity.social_image:
        frame.social_image = identity.social_image.get_rendition("fill-1200x630|format-png").url
    wordings = {row.locale.language_code: row for row in identity.wordings.all().select_related("locale")}
    wording = wordings.get(language) or wordings.get(settings.LANGUAGE_CODE)
    if wording:
        frame.name, frame.tagline, frame.footer_text = wording.name, wording.tagline, wording.footer_text
    home = (
        visible_pages(language)
        .type(HomePage)
        .filter(translation_key=site.root_page.translation_key)
        .select_related("locale")
        .first()
    )
    if home is None:
        return frame
    frame.home_url = home.get_url(request) or "/"
    children = visible_pages(language).child_of(home).select_related("locale").order_by("path")
    in_menu = list(children.filter(show_in_menus=True).specific())
    frame.short_titles = {page.pk: getattr(page, "short_title", "") for page in in_menu}
    frame.menu = [Link(frame.short_titles[page.pk] or page.title, page.get_url(request)) for page in in_menu]
    in_footer = set(PlainPage.objects.filter(show_in_footer=True).values_list("pk", flat=True)) | set(
        GlossaryPage.objects.filter(show_in_footer=True).values_list("pk", flat=True)
    )
    frame.footer = [Link(page.title, page.get_url(request)) for page in children if page.pk in in_footer]
    return frame


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``frame`` and ``audiences`` for the base template."""
    language = get_language() or settings.LANGUAGE_CODE
    if request.path.startswith("/admin/") and "/preview/" not in request.path:
        return {}
    kept = cache.get(_key(language))
    if kept is None:
        kept = _build(language, request)
        cache.set(_key(language), kept, _KEEP_SECONDS)
    return {"frame": kept, "audiences": labels(Audience, language), "BASE_URL": settings.BASE_URL}


def _forget(**_kwargs: Any) -> None:
    keys = [_key(code) for code, _name in settings.LANGUAGES]
    cache.delete_many(keys)
    transaction.on_commit(lambda: cache.delete_many(keys))


def connect() -> None:
    from hub.home.models import SiteIdentity, SiteWording

    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(_forget, dispatch_uid=f"frame-{id(signal)}")
    for model in (SiteIdentity, SiteWording, PageViewRestriction, Site):
        post_save.connect(_forget, sender=model, dispatch_uid=f"frame-save-{model.__name__}")
        post_delete.connect(_forget, sender=model, dispatch_uid=f"frame-delete-{model.__name__}")
    post_delete.connect(_forget, sender=Page, dispatch_uid="frame-delete-Page")
