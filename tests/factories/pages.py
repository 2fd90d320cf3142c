"""Pages of every type, live and published a while ago unless told otherwise."""

import datetime
from collections.abc import Iterable
from typing import Any

import factory
import wagtail_factories
from django.utils import timezone
from django.utils.text import slugify

from campaigns.models import CampaignIndexPage, CampaignPage
from casestudies.models import (
    CaseStudyIndexPage,
    CaseStudyPage,
    ComparisonPage,
    ContributionPage,
    DossierPage,
    FeedbackEventIndexPage,
    FeedbackEventPage,
    LikenessPage,
    MentoringPage,
)
from guides.models import (
    EmployerPage,
    ExplainerReference,
    GuideStepPage,
    LegalExplainerPage,
    LegalIndexPage,
    LetterPage,
    NegotiationGuidePage,
    ObjectionCardsPage,
    RefusalPage,
    ReplyPage,
    SavingsPage,
)
from guides.models.legal import ExplainerRegime
from hub.home.models import GlossaryPage, HomePage, PlainPage
from hub.pages.models import HubPage
from hub.vocabulary.models import AudienceTag, LegalReference, PageTerritory
from tests.factories.vocabulary import (
    AudienceFactory,
    OrganisationFactory,
    SectorFactory,
    TerritoryFactory,
)

CHECKED_ON = datetime.date(2026, 11, 23)


def an_hour_ago() -> datetime.datetime:
    return timezone.now() - datetime.timedelta(hours=1)


class HubPageFactory(wagtail_factories.PageFactory):
    """``audiences`` and ``territories`` are slugs; the terms are made when they are missing."""

    class Meta:
        model = HubPage
        abstract = True
        skip_postgeneration_save = True

    locale = factory.LazyAttribute(lambda page: page.parent.locale)
    slug = factory.LazyAttribute(lambda page: slugify(page.title))
    search_description = factory.LazyAttribute(lambda page: f"En bref : {page.title}")
    first_published_at = factory.LazyFunction(an_hour_ago)
    last_published_at = factory.LazyFunction(an_hour_ago)

    @factory.post_generation
    def audiences(self, create: bool, extracted: Iterable[str] | None, **_kwargs: Any) -> None:
        for slug in extracted or ():
            AudienceTag.objects.create(tag=AudienceFactory(slug=slug), content_object=self)

    @factory.post_generation
    def territories(self, create: bool, extracted: Iterable[str] | None, **_kwargs: Any) -> None:
        for slug in extracted or ():
            PageTerritory.objects.create(territory=TerritoryFactory(slug=slug), page=self)


class HomePageFactory(HubPageFactory):
    class Meta:
        model = HomePage

    title = "Accueil"
    tagline = "Le télétravail près de chez vous"


class PlainPageFactory(HubPageFactory):
    class Meta:
        model = PlainPage

    title = "À propos"


class GlossaryPageFactory(HubPageFactory):
    class Meta:
        model = GlossaryPage

    title = "Glossaire"
    introduction = "<p>Les mots du télétravail.</p>"


class CaseStudyIndexFactory(HubPageFactory):
    class Meta:
        model = CaseStudyIndexPage

    title = "Études de cas"
    introduction = "<p>Ce que d’autres ont fait.</p>"


class CaseStudyFactory(HubPageFactory):
    class Meta:
        model = CaseStudyPage

    title = "Le cas de Vire"
    organisation = factory.SubFactory(OrganisationFactory, locale=factory.SelfAttribute("..locale"))
    sector = factory.SubFactory(SectorFactory)
    checked_on = CHECKED_ON
    why = "<p>Moins de route.</p>"
    approach = "<p>Un essai de six mois.</p>"


class ComparisonFactory(HubPageFactory):
    class Meta:
        model = ComparisonPage

    title = "Comparer"


class DossierFactory(HubPageFactory):
    class Meta:
        model = DossierPage

    title = "Un dossier"


class LikenessFactory(HubPageFactory):
    class Meta:
        model = LikenessPage

    title = "Communes comme la mienne"


class ContributionFactory(HubPageFactory):
    class Meta:
        model = ContributionPage

    title = "Partagez votre expérience"


class MentoringFactory(HubPageFactory):
    class Meta:
        model = MentoringPage

    title = "Parrainage"


class FeedbackEventIndexFactory(HubPageFactory):
    class Meta:
        model = FeedbackEventIndexPage

    title = "Retours d’expérience"


class FeedbackEventFactory(HubPageFactory):
    class Meta:
        model = FeedbackEventPage

    title = "Un an de télétravail à Vire"
    starts_at = datetime.datetime(2027, 3, 4, 17, 30, tzinfo=datetime.UTC)
    ends_at = datetime.datetime(2027, 3, 4, 19, 0, tzinfo=datetime.UTC)
    place = "Salle du conseil"
    address = "Vire Normandie"
    organiser = "Commune de Vire"


class LegalIndexFactory(HubPageFactory):
    class Meta:
        model = LegalIndexPage

    title = "Cadre légal"
    introduction = "<p>Ce que dit la loi.</p>"


class LegalExplainerFactory(HubPageFactory):
    """``regimes`` and ``references`` are children: see ``regimes`` and ``cites``."""

    class Meta:
        model = LegalExplainerPage

    title = "L’employeur peut-il refuser ?"
    answer = "<p>Oui, par écrit et avec ses raisons.</p>"
    checked_on = CHECKED_ON
    checked_by = "La rédaction"
    regimes = factory.LazyFunction(lambda: regimes("private"))


class GuideFactory(HubPageFactory):
    class Meta:
        model = NegotiationGuidePage

    title = "Guide de négociation"
    introduction = "<p>Dix étapes.</p>"
    reminder = "Votre employeur peut dire non."


class GuideStepFactory(HubPageFactory):
    class Meta:
        model = GuideStepPage

    title = "Faire le point"
    outcome = "Une liste de tâches"
    task = "Noter ses tâches"


class CampaignIndexFactory(HubPageFactory):
    class Meta:
        model = CampaignIndexPage

    title = "Campagnes"
    introduction = "<p>Parler du télétravail.</p>"


class CampaignFactory(HubPageFactory):
    class Meta:
        model = CampaignPage

    title = "Essayez une journée"
    audience = factory.SubFactory(AudienceFactory)
    message = "Essayez une journée par semaine."
    action_label = "Préparer ma demande"


def regimes(*names: str) -> list[ExplainerRegime]:
    return [ExplainerRegime(regime=name) for name in names]


def cites(*references: LegalReference, point: str = "Ce que dit l’article.") -> list[ExplainerReference]:
    return [
        ExplainerReference(reference=reference, point=point, locale=reference.locale, sort_order=order)
        for order, reference in enumerate(references)
    ]


class RefusalFactory(HubPageFactory):
    class Meta:
        model = RefusalPage

    title = "Peut-on me refuser le télétravail ?"


class ReplyFactory(HubPageFactory):
    class Meta:
        model = ReplyPage

    title = "On m’a répondu"


class ObjectionCardsFactory(HubPageFactory):
    class Meta:
        model = ObjectionCardsPage

    title = "Cartes objections"


class SavingsPageFactory(HubPageFactory):
    class Meta:
        model = SavingsPage

    title = "Calculer"


class LetterPageFactory(HubPageFactory):
    class Meta:
        model = LetterPage

    title = "Écrire votre demande"


class EmployerPageFactory(HubPageFactory):
    class Meta:
        model = EmployerPage

    title = "Employeur : bien répondre"
