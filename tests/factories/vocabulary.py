"""Terms, sources and snippets, in one language or both."""

from typing import Any

import factory
from django.utils.text import slugify
from factory.django import DjangoModelFactory
from wagtail.models import Locale

from casestudies.models import Organisation
from hub.vocabulary.models import (
    Audience,
    GlossaryTerm,
    LegalReference,
    Sector,
    Source,
    Territory,
)


def locale(code: str) -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


class TermFactory(DjangoModelFactory):
    """A term with a label in each language: ``Français salaries`` and ``English salaries`` unless told otherwise."""

    class Meta:
        abstract = True
        django_get_or_create = ("slug",)
        skip_postgeneration_save = True

    @factory.post_generation
    def label(self, create: bool, extracted: dict[str, str] | None, **_kwargs: Any) -> None:
        label_model = self._meta.get_field("labels").related_model
        texts = extracted or {"fr": f"Français {self.slug}", "en": f"English {self.slug}"}
        for code, text in texts.items():
            label_model.objects.get_or_create(
                term=self, locale=locale(code), defaults={"label": text, "description": f"{text}."}
            )


class AudienceFactory(TermFactory):
    class Meta:
        model = Audience

    slug = "salaries"
    name = factory.SelfAttribute("slug")


class TerritoryFactory(TermFactory):
    class Meta:
        model = Territory

    slug = "calvados"
    kind = Territory.Kind.DEPARTMENT


class SectorFactory(TermFactory):
    class Meta:
        model = Sector

    slug = "administration"


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = Source
        django_get_or_create = ("key",)

    key = "DARES-1"
    title = "Le télétravail en chiffres"
    publisher = "Dares"
    date = "2024"
    url = "https://dares.example/etude"


class TranslatedFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    locale = factory.LazyFunction(lambda: locale("fr"))


class OrganisationFactory(TranslatedFactory):
    class Meta:
        model = Organisation

    name = "Commune de Vire"
    description = "Une commune du Calvados."
    slug = factory.Sequence(lambda n: f"organisation-{n}")
    kind = Organisation.Kind.PUBLIC


class LegalReferenceFactory(TranslatedFactory):
    class Meta:
        model = LegalReference

    code = LegalReference.Code.LABOUR
    number = "L1222-9"
    title = "Télétravail"
    slug = factory.Sequence(lambda n: f"reference-{n}")
    verified = True


class GlossaryTermFactory(TranslatedFactory):
    class Meta:
        model = GlossaryTerm

    term = "télétravail"
    definition = "Du travail fait ailleurs que dans les locaux."
    slug = factory.LazyAttribute(lambda term: slugify(term.term))


def in_english(snippet: Any, **texts: Any) -> Any:
    """The English row of a French snippet."""
    english = snippet.copy_for_translation(locale("en"))
    for name, value in texts.items():
        setattr(english, name, value)
    english.save()
    return english


__all__ = [
    "AudienceFactory",
    "GlossaryTermFactory",
    "LegalReferenceFactory",
    "OrganisationFactory",
    "SectorFactory",
    "SourceFactory",
    "TerritoryFactory",
    "in_english",
    "locale",
]
