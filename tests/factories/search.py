"""What search tests are made of: documents for engines, and a small bilingual site of real pages."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page, Site

from hub.home.models import HomePage, PlainPage
from hub.search.engine import SearchDoc
from hub.vocabulary.models import Audience, AudienceLabel, AudienceTag, PageTerritory, Territory, TerritoryLabel


def doc(id: int, title: str, body: str = "", **values: Any) -> SearchDoc:
    return SearchDoc(**{"id": id, "locale": "fr", "type": "page", "title": title, "body": body, "version": 1, **values})


def set_body(page: PlainPage, *paragraphs: str) -> None:
    page.body = [{"type": "text", "value": f"<p>{text}</p>"} for text in paragraphs]


@dataclass
class SmallSite:
    """Two homes, in French and English, and what is published below them."""

    fr: Locale
    en: Locale
    homes: dict[str, HomePage] = field(default_factory=dict)

    @classmethod
    def build(cls) -> "SmallSite":
        fr = Locale.objects.get_or_create(language_code="fr")[0]
        en = Locale.objects.get_or_create(language_code="en")[0]
        root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root", locale=fr)
        site = cls(fr, en)
        french = root.add_child(
            instance=HomePage(title="Accueil", slug="accueil-fr", locale=fr, tagline="Bienvenue", live=True)
        )
        english = HomePage(
            title="Home", slug="accueil-en", locale=en, tagline="Welcome", translation_key=french.translation_key
        )
        site.homes = {"fr": french, "en": root.add_child(instance=english)}
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": french}
        )
        Site.clear_site_root_paths_cache()
        return site

    def page(
        self,
        title: str,
        body: str = "",
        *,
        locale: str = "fr",
        parent: Page | None = None,
        audiences: tuple[str, ...] = (),
        territories: tuple[str, ...] = (),
        publish: bool = True,
        **values: Any,
    ) -> PlainPage:
        above = parent or self.homes[locale]
        page = PlainPage(title=title, locale=above.locale, live=False, **values)
        set_body(page, *filter(None, [body]))
        above.add_child(instance=page)
        for slug in audiences:
            AudienceTag.objects.create(tag=self.audience(slug), content_object=page)
        for slug in territories:
            PageTerritory.objects.create(page=page, territory=self.territory(slug))
        if publish:
            self.publish(page)
        return page

    def publish(self, page: Page) -> None:
        page = Page.objects.get(pk=page.pk).specific
        page.save_revision().publish()

    def audience(self, slug: str) -> Audience:
        audience, created = Audience.objects.get_or_create(slug=slug, defaults={"name": slug})
        if created:
            AudienceLabel.objects.create(term=audience, locale=self.fr, label=f"Public {slug}")
            AudienceLabel.objects.create(term=audience, locale=self.en, label=f"Readers {slug}")
        return audience

    def territory(self, slug: str) -> Territory:
        territory, created = Territory.objects.get_or_create(slug=slug, defaults={"kind": Territory.Kind.DEPARTMENT})
        if created:
            TerritoryLabel.objects.create(term=territory, locale=self.fr, label=f"Lieu {slug}")
            TerritoryLabel.objects.create(term=territory, locale=self.en, label=f"Place {slug}")
        return territory


def yesterday() -> datetime:
    return timezone.now() - timedelta(days=1)
