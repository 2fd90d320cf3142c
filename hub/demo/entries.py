"""Vocabularies and snippets: read from their files, then saved once and translated."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.db import models, transaction
from wagtail.models import Locale

from casestudies.models import Organisation
from guides.letters.clauses import shipped
from guides.models import LetterClause, YearlyAmount
from guides.savings import constants
from hub.demo.files import ContentError, Mapping, read_list
from hub.demo.values import SOURCE_LANGUAGE, Keys, Reader, stable_uuid
from hub.media.models import HubImage
from hub.translation.loading import translate
from hub.typography import french_spaces
from hub.vocabulary.models import (
    Audience,
    AudienceLabel,
    GlossaryTerm,
    LegalReference,
    Sector,
    SectorLabel,
    Source,
    Territory,
    TerritoryLabel,
)

Bilingual = dict[str, Any]  # language -> instance
LANGUAGES = ("fr", "en")


@dataclass
class Shelf:
    """Everything pages may name, by key. Instances are unsaved until ``save_shelf``."""

    audiences: dict[str, Audience] = field(default_factory=dict)
    territories: dict[str, Territory] = field(default_factory=dict)
    sectors: dict[str, Sector] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    organisations: dict[str, Bilingual] = field(default_factory=dict)
    references: dict[str, Bilingual] = field(default_factory=dict)
    terms: dict[str, Bilingual] = field(default_factory=dict)
    clauses: dict[str, Bilingual] = field(default_factory=dict)
    pictures: dict[str, Mapping] = field(default_factory=dict)
    picture_ids: dict[str, int] = field(default_factory=dict)
    labels: dict[int, list[Any]] = field(default_factory=dict)

    @property
    def reference_slugs(self) -> set[str]:
        return {versions["fr"].slug for versions in self.references.values()}


def no_key(key: str) -> int:
    """For files that may name no page and no picture."""
    raise KeyError(key)


def _reader(path: Path, row: Mapping, language: str = "fr") -> Reader:
    return Reader(path, language, Keys(set(), set(), no_key, no_key), line=row.line)


def _take(path: Path, row: Mapping, required: set[str], optional: set[str]) -> None:
    reader = _reader(path, row)
    for key in row:
        if key not in required | optional:
            raise reader.fail(f"« {key} » is not one of {', '.join(sorted(required | optional))}", row.lines[key])
    if missing := required - row.keys():
        raise reader.fail(f"« {sorted(missing)[0]} » is missing", row.line)


def _checked(path: Path, row: Mapping, instance: models.Model, skip: set[str]) -> Any:
    try:
        instance.clean_fields(exclude=skip)
        instance.clean()
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise ContentError(path, row.lines.get(name, row.line), f"{name}: {' '.join(messages)}") from error
    return instance


def _terms(path: Path, model: Any, label_model: Any, shelf: Shelf, optional: set[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for position, row in enumerate(read_list(path)):
        _take(path, row, {"slug", "label", "description"} | optional, {"code"})
        extra = {name: row[name] for name in ("kind", "code") if name in row}
        if "code" in extra:
            extra["code"] = str(extra["code"])
        if model is Audience:
            extra["name"] = _reader(path, row).plain(row["label"])
        term = _checked(path, row, model(slug=row["slug"], position=position, **extra), set())
        shelf.labels[id(term)] = [
            label_model(
                label=_reader(path, row, language).plain(row["label"]),
                description=_reader(path, row, language).plain(row["description"]),
                locale=Locale(language_code=language),
            )
            for language in LANGUAGES
        ]
        found[row["slug"]] = term
    return found


def _snippets(
    path: Path, model: Any, words: set[str], optional_words: set[str], data: set[str], optional_data: set[str]
) -> dict[str, Bilingual]:
    """Snippets with ``words`` in two languages and ``data`` in one."""
    found: dict[str, Bilingual] = {}
    for row in read_list(path):
        _take(path, row, {"key"} | words | data, optional_words | optional_data)
        key = row["key"]
        if key in found:
            raise ContentError(path, row.line, f"the key « {key} » stands twice")
        versions: Bilingual = {}
        for language in LANGUAGES:
            values: dict[str, Any] = {
                name: _reader(path, row, language).plain(row[name]) for name in words | optional_words if name in row
            }
            values |= {name: row[name] for name in data | optional_data if row.get(name) is not None}
            for name in ("number", "commune", "commune_code", "epci", "epci_code"):
                if name in values:
                    values[name] = str(values[name])
            for name in ("latitude", "longitude"):
                if name in values:
                    values[name] = Decimal(str(values[name]))
            instance = model(slug=str(key).lower(), translation_key=stable_uuid(model.__name__, key), **values)
            versions[language] = _checked(path, row, instance, {"locale"})
        found[key] = versions
    return found


def read_shelf(content: Path) -> Shelf:
    """Read and check every vocabulary and snippet file. Raises ContentError."""
    shelf = Shelf()
    vocabulary, snippets = content / "vocabulary", content / "snippets"
    shelf.audiences = _terms(vocabulary / "audiences.yaml", Audience, AudienceLabel, shelf, set())
    shelf.territories = _terms(vocabulary / "territories.yaml", Territory, TerritoryLabel, shelf, {"kind"})
    shelf.sectors = _terms(vocabulary / "sectors.yaml", Sector, SectorLabel, shelf, set())
    sources = vocabulary / "sources.yaml"
    for row in read_list(sources):
        _take(sources, row, {"key", "title", "publisher", "kind"}, {"date", "url", "language"})
        values = {**row, "date": str(row.get("date", ""))}
        in_french = ["publisher", "title"] if row.get("language", SOURCE_LANGUAGE) == SOURCE_LANGUAGE else ["publisher"]
        values |= {name: french_spaces(row[name]) for name in in_french if isinstance(row[name], str)}
        shelf.sources[row["key"]] = _checked(sources, row, Source(**values), set())
    shelf.organisations = _snippets(
        snippets / "organisations.yaml",
        Organisation,
        {"name", "description"},
        set(),
        {"kind", "size_band", "setting"},
        {
            "commune",
            "commune_code",
            "epci",
            "epci_code",
            "population",
            "population_year",
            "website",
            "latitude",
            "longitude",
        },
    )
    shelf.references = _snippets(
        snippets / "legal_references.yaml",
        LegalReference,
        {"title"},
        {"note"},
        {"code", "number", "verified"},
        {"url", "in_force_from", "in_force_until", "checked_on"},
    )
    shelf.terms = _snippets(
        snippets / "glossary.yaml", GlossaryTerm, {"term", "definition"}, {"note", "variants"}, set(), set()
    )
    shelf.clauses = _clauses()
    pictures = content / "pictures" / "pictures.yaml"
    if pictures.exists():
        for row in read_list(pictures):
            _take(pictures, row, {"key", "file", "title"}, {"credit"})
            if not (pictures.parent / row["file"]).is_file():
                raise ContentError(pictures, row.lines["file"], f"no file {row['file']}")
            shelf.pictures[row["key"]] = row
    return shelf


def _clauses() -> dict[str, Bilingual]:
    """The clauses of the letters as rows that editors can change. Their file has its own tests."""
    return {
        key: {
            language: LetterClause(
                key=key,
                purpose=clause.purposes[language],
                text=french_spaces(text) if language == "fr" else text,
                translation_key=stable_uuid("LetterClause", key),
            )
            for language, text in clause.texts.items()
        }
        for key, clause in shipped().items()
    }


# --- Saving ---


def _save_amounts(sources: dict[str, Source]) -> None:
    """The calculator's constants as rows that editors see and change.

    One whose source the content does not have stays with the shipped file, which holds without a row.
    """
    for constant in constants.shipped().values():
        for amount in constant.values:
            if amount.source in sources:
                YearlyAmount.objects.get_or_create(
                    key=amount.key,
                    starts_on=amount.starts_on,
                    defaults={
                        "value": amount.value,
                        "source": sources[amount.source],
                        "verified": amount.verified,
                    },
                )


def _save_terms(terms: dict[str, Any], shelf: Shelf, locales: dict[str, Locale], lookup: str = "slug") -> None:
    for key, term in terms.items():
        kept = type(term).objects.filter(**{lookup: key}).first()
        if kept is None:
            with transaction.atomic():
                term.save()
                for label in shelf.labels.get(id(term), []):
                    label.term, label.locale = term, locales[label.locale.language_code]
                    label.save()
            kept = term
        terms[key] = kept


def _save_snippets(snippets: dict[str, Bilingual], locales: dict[str, Locale]) -> None:
    for versions in snippets.values():
        french, english = versions["fr"], versions["en"]
        model = type(french)
        kept = {row.locale_id: row for row in model.objects.filter(translation_key=french.translation_key)}
        if locales["fr"].pk not in kept:
            french.locale = locales["fr"]
            french.save()
            kept[french.locale_id] = french
        source = kept[locales["fr"].pk]
        english.locale = locales["en"]
        if locales["en"].pk not in kept:
            kept[locales["en"].pk] = translate(source, english, locales["en"])
        versions["fr"], versions["en"] = source, kept[locales["en"].pk]


def save_shelf(shelf: Shelf, content: Path, locales: dict[str, Locale], say: Callable[[str], None]) -> None:
    """Save what is not there yet; what is there belongs to the editors."""
    say("vocabularies")
    for terms in (shelf.audiences, shelf.territories, shelf.sectors):
        _save_terms(terms, shelf, locales)
    _save_terms(shelf.sources, shelf, locales, lookup="key")
    for name, snippets in (
        ("organisations", shelf.organisations),
        ("legal references", shelf.references),
        ("glossary", shelf.terms),
        ("letter clauses", shelf.clauses),
    ):
        say(name)
        _save_snippets(snippets, locales)
    say("yearly amounts")
    _save_amounts(shelf.sources)
    for key, row in shelf.pictures.items():
        image = HubImage.objects.filter(title=row["title"]).first()
        if image is None:
            with (content / "pictures" / row["file"]).open("rb") as handle:
                image = HubImage(title=row["title"], credit=row.get("credit", ""))
                image.file = ImageFile(handle, name=row["file"])
                image.save()
        shelf.picture_ids[key] = image.pk
