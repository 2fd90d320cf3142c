"""A hub with both homes live, to which a test adds the pages it needs."""

from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Collection, Locale, Page, Site

from campaigns.models import CampaignPage
from casestudies.models import CaseStudyPage
from guides.models import GuideStepPage, LegalExplainerPage, NegotiationGuidePage
from hub.home.models import HomePage, PlainPage
from hub.pages.models import HubPage
from tests.factories import pages
from tests.factories.vocabulary import locale

_SECTIONS = {
    "cases": (pages.CaseStudyIndexFactory, ("Études de cas", "etudes-de-cas"), ("Case studies", "case-studies")),
    "legal": (pages.LegalIndexFactory, ("Cadre légal", "cadre-legal"), ("Legal framework", "legal-framework")),
    "campaigns": (pages.CampaignIndexFactory, ("Campagnes", "campagnes"), ("Campaigns", "campaigns")),
    "guide": (pages.GuideFactory, ("Guide de négociation", "guide-de-negociation"), ("Guide", "negotiation-guide")),
}


def publish(page: Page) -> Any:
    """Publish as an editor does, with a revision, and give the page as it then stands."""
    fresh = page.specific_class.objects.get(pk=page.pk)
    fresh.save_revision().publish()
    return page.specific_class.objects.get(pk=page.pk)


@dataclass
class Hub:
    """``hub.home["en"]``, ``hub.cases["fr"]``… Sections come into being when they are first named."""

    home: dict[str, HomePage]
    fr: Locale
    en: Locale
    sections: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def build(cls) -> "Hub":
        root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))
        if Collection.get_first_root_node() is None:
            Collection.add_root(instance=Collection(name="Root"))
        fr, en = locale("fr"), locale("en")
        french = pages.HomePageFactory(parent=root, locale=fr, slug="accueil-fr")
        english = pages.HomePageFactory(
            parent=root,
            locale=en,
            slug="accueil-en",
            title="Home",
            tagline="Telework near home",
            translation_key=french.translation_key,
        )
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": french}
        )
        Site.clear_site_root_paths_cache()
        return cls({"fr": french, "en": english}, fr, en)

    def section(self, name: str) -> dict[str, Any]:
        if name not in self.sections:
            factory, (titre, adresse), (title, slug) = _SECTIONS[name]
            french = factory(parent=self.home["fr"], title=titre, slug=adresse, show_in_menus=True)
            english = factory(
                parent=self.home["en"],
                title=title,
                slug=slug,
                show_in_menus=True,
                search_description=f"In short: {title}",
                translation_key=french.translation_key,
            )
            self.sections[name] = {"fr": french, "en": english}
        return self.sections[name]

    # --- Pages in their places; ``language`` says in which tree ---

    def plain(self, language: str = "fr", **values: Any) -> PlainPage:
        return pages.PlainPageFactory(**{"parent": self.home[language], **values})

    def glossary(self, language: str = "fr", **values: Any) -> Any:
        return pages.GlossaryPageFactory(**{"parent": self.home[language], **values})

    def case(self, language: str = "fr", **values: Any) -> CaseStudyPage:
        return pages.CaseStudyFactory(**{"parent": self.section("cases")[language], **values})

    def library(self, name: str, language: str = "fr", **values: Any) -> Any:
        """A tool of the library: ``comparison``, ``dossier``, ``likeness``, ``contribution``, ``mentoring`` or
        ``feedback_event_index``, below the case studies."""
        factory = getattr(pages, f"{name.title().replace('_', '')}Factory")
        return factory(**{"parent": self.section("cases")[language], **values})

    def feedback_event(self, language: str = "fr", **values: Any) -> Any:
        if "parent" not in values:
            values["parent"] = self.library("feedback_event_index", language)
        return pages.FeedbackEventFactory(**values)

    def explainer(self, language: str = "fr", **values: Any) -> LegalExplainerPage:
        return pages.LegalExplainerFactory(**{"parent": self.section("legal")[language], **values})

    def campaign(self, language: str = "fr", **values: Any) -> CampaignPage:
        return pages.CampaignFactory(**{"parent": self.section("campaigns")[language], **values})

    def guide(self, language: str = "fr") -> NegotiationGuidePage:
        return self.section("guide")[language]

    def step(self, language: str = "fr", **values: Any) -> GuideStepPage:
        return pages.GuideStepFactory(**{"parent": self.guide(language), **values})

    def english(self, page: HubPage, **texts: Any) -> Any:
        """A live English counterpart with texts of its own. Its parent must have one."""
        copy = page.copy_for_translation(self.en)
        for name, value in texts.items():
            setattr(copy, name, value)
        copy.draft_title = copy.title
        copy.live, copy.has_unpublished_changes = True, False
        copy.first_published_at, copy.last_published_at = page.first_published_at, page.last_published_at
        copy.save()
        return type(page).objects.get(pk=copy.pk)
