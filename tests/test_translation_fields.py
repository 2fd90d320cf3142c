"""Which field is translated and which is copied: said for every field, and said rightly."""

from typing import Any

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import models
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from hub.blocks.fields import SlimStreamField
from hub.pages.checks import every_field_is_classified, unclassified_fields
from hub.pages.models import HubPage

PAGE_TYPES = [model for model in apps.get_models() if issubclass(model, HubPage)]
SNIPPETS = [
    model
    for model in apps.get_models()
    if issubclass(model, TranslatableMixin)
    and not issubclass(model, Page)
    and model.__module__.split(".")[0] in ("hub", "casestudies", "guides", "campaigns")
]
# Words that are the same in every language: anchors, keys, citation numbers, short names, proper names of places.
SAME_EVERYWHERE = {"slug", "key", "code", "number", "commune", "commune_code", "epci", "epci_code", "address"}
PLUMBING = {"id", "locale", "translation_key", "page", "sort_order", "page_ptr", "index_entries"}


def declared(model: Any) -> dict[str, Any]:
    return {field.field_name: field for field in model.translatable_fields}


def pairs(found: list[Any]) -> list[Any]:
    """(model, field) for every declaration of every model, with a readable name."""
    return [
        pytest.param(model, declaration, id=f"{model.__name__}.{name}")
        for model in found
        for name, declaration in declared(model).items()
    ]


def is_words(field: Any) -> bool:
    if isinstance(field, RichTextField | StreamField):
        return True
    if isinstance(field, models.SlugField | models.URLField | models.EmailField):
        return False
    return isinstance(field, models.CharField | models.TextField) and not field.choices


def is_data(field: Any) -> bool:
    """Dates, figures, yes or no, choices and statuses."""
    numbers_and_dates = (
        models.DateField,
        models.TimeField,
        models.IntegerField,
        models.DecimalField,
        models.FloatField,
        models.BooleanField,
    )
    return isinstance(field, numbers_and_dates) or bool(getattr(field, "choices", None))


def test_there_are_page_types_and_snippets_to_walk() -> None:
    assert {"HomePage", "CaseStudyPage", "LegalExplainerPage", "CampaignPage", "GuideStepPage"} <= {
        model.__name__ for model in PAGE_TYPES
    }
    assert {"Organisation", "GlossaryTerm", "LegalReference", "ExplainerReference"} <= {
        model.__name__ for model in SNIPPETS
    }


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_every_field_of_a_page_is_classified(model: Any) -> None:
    assert unclassified_fields(model) == set()


@pytest.mark.parametrize("model", SNIPPETS, ids=lambda model: model.__name__)
def test_every_field_of_a_snippet_is_classified(model: Any) -> None:
    own = {field.name for field in model._meta.get_fields() if not field.auto_created or field.one_to_many}
    related = {field.name for field in model._meta.related_objects}
    assert own - related - PLUMBING == set(declared(model))


def test_the_check_names_a_field_that_nobody_classified(monkeypatch: pytest.MonkeyPatch) -> None:
    model = next(each for each in PAGE_TYPES if each.__name__ == "LegalExplainerPage")
    kept = [field for field in model.translatable_fields if field.field_name not in ("answer", "regimes")]
    monkeypatch.setattr(model, "translatable_fields", kept)
    messages = [error.msg for error in every_field_is_classified(None)]
    assert len(messages) == 2
    assert "LegalExplainerPage.answer" in messages[0]
    assert "LegalExplainerPage.regimes" in messages[1]
    assert {"hub.E001"} == {error.id for error in run_checks() if "LegalExplainerPage" in error.msg}


@pytest.mark.parametrize("model", [*PAGE_TYPES, *SNIPPETS], ids=lambda model: model.__name__)
def test_no_field_is_declared_twice(model: Any) -> None:
    names = [field.field_name for field in model.translatable_fields]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(("model", "declaration"), pairs(PAGE_TYPES + SNIPPETS))
def test_the_class_of_a_field_fits_what_it_holds(model: Any, declaration: Any) -> None:
    field = declaration.get_field(model)
    name = declaration.field_name
    translated = isinstance(declaration, TranslatableField)
    copied = isinstance(declaration, SynchronizedField)
    fixed = copied and not declaration.overridable

    if name == "slug" and issubclass(model, Page):
        # Left translatable, a changed French slug would move the English address.
        assert copied
        assert not fixed
    elif name in SAME_EVERYWHERE or is_data(field):
        assert fixed, "data is the same in every language"
    elif is_words(field):
        assert translated, "words are translated"
    elif isinstance(field, models.URLField | models.EmailField):
        assert copied, "addresses are copied"
    elif isinstance(field, models.ForeignKey):
        points_to_snippet = issubclass(field.related_model, TranslatableMixin) and not issubclass(
            field.related_model, Page
        )
        assert translated is points_to_snippet
        assert copied is not points_to_snippet
    elif field.one_to_many:
        translatable_child = issubclass(field.related_model, TranslatableMixin)
        assert translated is translatable_child
        assert fixed is not translatable_child
    else:
        pytest.fail(f"say here which class suits a {type(field).__name__}")


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_every_stream_keeps_its_blocks_out_of_migrations(model: Any) -> None:
    own = [field for field in model._meta.get_fields() if isinstance(field, StreamField)]
    assert own
    assert all(isinstance(field, SlimStreamField) for field in own)


@pytest.mark.parametrize("model", SNIPPETS, ids=lambda model: model.__name__)
def test_translated_snippets_have_no_drafts(model: Any) -> None:
    """A second page that refers to a published draftable snippet would unpublish its translation."""
    from wagtail.models import DraftStateMixin

    assert not issubclass(model, DraftStateMixin)
