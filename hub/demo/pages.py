"""Pages: one file each, built in either language, saved in French, translated into English."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from wagtail.fields import RichTextField
from wagtail.models import Page

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
    Organisation,
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
from guides.models.legal import REGIMES, ExplainerRegime
from hub.blocks.fields import SlimStreamField
from hub.demo.entries import Shelf
from hub.demo.files import ContentError, Mapping, Sequence, read_mapping
from hub.demo.values import Keys, Reader, stable_uuid
from hub.home.models import GlossaryPage, HomePage, PlainPage
from hub.pages.models import SUMMARY_LENGTH, HubPage
from hub.vocabulary.models import Audience, AudienceTag, PageTerritory, Sector

TYPES: dict[str, type[HubPage]] = {
    "home": HomePage,
    "page": PlainPage,
    "glossary": GlossaryPage,
    "casestudy-index": CaseStudyIndexPage,
    "casestudy": CaseStudyPage,
    "comparison": ComparisonPage,
    "dossier": DossierPage,
    "likeness": LikenessPage,
    "contribution": ContributionPage,
    "mentoring": MentoringPage,
    "feedback-events": FeedbackEventIndexPage,
    "feedback-event": FeedbackEventPage,
    "guide": NegotiationGuidePage,
    "guide-step": GuideStepPage,
    "refusal": RefusalPage,
    "savings": SavingsPage,
    "objections": ObjectionCardsPage,
    "letter": LetterPage,
    "replies": ReplyPage,
    "employer": EmployerPage,
    "legal-index": LegalIndexPage,
    "legal": LegalExplainerPage,
    "campaign-index": CampaignIndexPage,
    "campaign": CampaignPage,
}
_STRUCTURE = {"type", "parent", "order"}
_SHARED = {
    "title",
    "slug",
    "summary",
    "audiences",
    "territories",
    "picture",
    "related",
    "review_by",
    "applies_to",
    "references",
}
_REQUIRED = {"type", "title", "slug", "summary", "audiences"}


@dataclass
class PageFile:
    key: str
    path: Path
    data: Mapping
    model: type[HubPage]
    parent: str
    order: int

    @property
    def translation_key(self) -> Any:
        return stable_uuid("page", self.key)


def read_page_files(content: Path) -> dict[str, PageFile]:
    """Every page file by key, parents before children. Raises ContentError."""
    files: dict[str, PageFile] = {}
    for path in sorted((content / "pages").rglob("*.yaml")):
        data = read_mapping(path)
        for key in sorted(_REQUIRED - data.keys()):
            raise ContentError(path, 1, f"« {key} » is missing")
        if data["type"] not in TYPES:
            raise ContentError(path, data.lines["type"], f"« {data['type']} » is not one of {', '.join(TYPES)}")
        parent = data.get("parent", "")
        if not parent and data["type"] != "home":
            raise ContentError(path, 1, "« parent » is missing")
        if path.stem in files:
            raise ContentError(path, 1, f"two files are named {path.name}")
        files[path.stem] = PageFile(path.stem, path, data, TYPES[data["type"]], parent, int(data.get("order", 0)))
    for file in files.values():
        if file.parent and file.parent not in files:
            raise ContentError(file.path, file.data.lines["parent"], f"no page has the key « {file.parent} »")
    ordered: dict[str, PageFile] = {}

    def add_children(of: str) -> None:
        children = sorted(
            (file for file in files.values() if file.parent == of), key=lambda file: (file.order, file.key)
        )
        for file in children:
            ordered[file.key] = file
            add_children(file.key)

    add_children("")
    return ordered


@dataclass
class PageBuilder:
    """Builds a page of a file in one language, in memory.

    ``page_id`` answers for links in texts and blocks; with ``dry`` foreign keys to pages are checked but left empty,
    for the pages are not there yet.
    """

    shelf: Shelf
    page_id: Callable[[str], int]
    dry: bool = False

    def build(self, file: PageFile, language: str, onto: HubPage | None = None) -> HubPage:
        """``onto`` is an existing page to fill; its address and place in the tree stay as they are."""
        page = onto or file.model(translation_key=file.translation_key)
        keys = Keys(
            set(self.shelf.sources), set(self.shelf.audiences), self.page_id, self._picture, self.shelf.reference_slugs
        )
        reader = Reader(file.path, language, keys, seed=file.key)
        self._shared(page, file, reader)
        for name, value in file.data.items():
            if name not in _STRUCTURE | _SHARED:
                reader.at(file.data, name)
                self._own(page, name, value, reader)
        self._check_complete(page, file)
        return page

    def slug(self, file: PageFile, language: str) -> str:
        reader = Reader(file.path, language, Keys(set(), set(), self.page_id, self._picture))
        reader.at(file.data, "slug")
        return reader.plain(file.data["slug"])

    def _picture(self, key: str) -> int:
        if key not in self.shelf.pictures:
            raise KeyError(key)
        return self.shelf.picture_ids.get(key, 0)

    def _shared(self, page: HubPage, file: PageFile, reader: Reader) -> None:
        data = file.data

        def at(name: str) -> Any:
            reader.at(data, name)
            return data[name]

        page.title = self._limited(reader, "title", reader.plain(at("title")), 90)
        page.draft_title = page.title
        page.slug = self.slug(file, reader.language)
        page.search_description = self._limited(reader, "summary", reader.plain(at("summary")), SUMMARY_LENGTH)
        page.audience_tags = [
            AudienceTag(tag=self._term(reader, self.shelf.audiences, slug)) for slug in at("audiences")
        ]
        if "territories" in data:
            slugs = at("territories")
            page.page_territories = [
                PageTerritory(territory=self._term(reader, self.shelf.territories, slug)) for slug in slugs
            ]
        if "picture" in data:
            page.picture_id = self._picture_id(reader, at("picture"))
        if "review_by" in data:
            page.review_by = reader.date(at("review_by"))
        if "related" in data:
            field = page._meta.get_field("related")
            setattr(page, field.name, json.dumps(reader.block(field.stream_block, at("related"), "related")))
        if "applies_to" in data:
            page.regimes = [ExplainerRegime(regime=reader.choice(value, REGIMES)) for value in at("applies_to")]
        if "references" in data:
            page.references = self._references(file, at("references"), reader)

    def _picture_id(self, reader: Reader, key: str) -> int | None:
        try:
            return self._picture(key) or None
        except KeyError as error:
            raise reader.fail(f"no picture has the key « {key} »") from error

    def _references(self, file: PageFile, rows: Any, reader: Reader) -> list[ExplainerReference]:
        if not isinstance(rows, Sequence):
            raise reader.fail("a list is expected")
        found = []
        for order, row in enumerate(rows):
            reader.line = row.line
            key = str(row.get("reference", ""))
            if key not in self.shelf.references:
                raise reader.fail(f"no legal reference has the key « {key} »")
            reference = self.shelf.references[key][reader.language]
            entry = ExplainerReference(
                reference=reference,
                point=self._limited(reader, "point", reader.plain(row.get("point")), 300),
                sort_order=order,
                translation_key=stable_uuid(file.key, "reference", order),
            )
            if reference.locale_id:
                entry.locale = reference.locale
            found.append(entry)
        return found

    def _term(self, reader: Reader, terms: dict[str, Any], slug: str) -> Any:
        if slug not in terms:
            raise reader.fail(f"« {slug} » is not one of {', '.join(terms)}")
        return terms[slug]

    def _limited(self, reader: Reader, name: str, text: str, limit: int | None) -> str:
        if limit and len(text) > limit:
            raise reader.fail(f"« {name} » has {len(text)} characters, more than {limit}")
        return text

    def _own(self, page: HubPage, name: str, value: Any, reader: Reader) -> None:
        try:
            field = page._meta.get_field(name)
        except FieldDoesNotExist as error:
            raise reader.fail(f"« {name} » is no field of a {page._meta.verbose_name}") from error
        if isinstance(field, SlimStreamField):
            setattr(page, name, json.dumps(reader.block(field.stream_block, value, name)))
        elif isinstance(field, RichTextField):
            setattr(page, name, reader.rich(value))
        elif isinstance(field, models.ForeignKey):
            self._related(page, field, value, reader)
        elif isinstance(field, models.DateTimeField):
            setattr(page, name, reader.moment(value))
        elif isinstance(field, models.DateField):
            setattr(page, name, reader.date(value))
        elif field.choices:
            setattr(page, name, reader.choice(value, field.choices))
        elif isinstance(field, models.BooleanField | models.IntegerField):
            setattr(page, name, self._typed(reader, value, bool if isinstance(field, models.BooleanField) else int))
        elif name in ("code", "address") or isinstance(field, models.URLField | models.EmailField):
            setattr(page, name, str(value))
        else:
            setattr(page, name, self._limited(reader, name, reader.plain(value), field.max_length))

    def _typed(self, reader: Reader, value: Any, kind: type) -> Any:
        if type(value) is not kind:
            raise reader.fail(f"« {value} » is no {'whole number' if kind is int else 'true or false'}")
        return value

    def _related(self, page: HubPage, field: models.ForeignKey, value: Any, reader: Reader) -> None:
        if issubclass(field.related_model, Page):
            target = reader.page(value)
            setattr(page, field.attname, None if self.dry else target)
        elif field.related_model is Organisation:
            if value not in self.shelf.organisations:
                raise reader.fail(f"no organisation has the key « {value} »")
            setattr(page, field.name, self.shelf.organisations[value][reader.language])
        elif field.related_model is Sector:
            setattr(page, field.name, self._term(reader, self.shelf.sectors, value))
        elif field.related_model is Audience:
            setattr(page, field.name, self._term(reader, self.shelf.audiences, value))
        else:
            raise reader.fail(f"« {field.name} » cannot be set from a file")

    def _check_complete(self, page: HubPage, file: PageFile) -> None:
        for field in type(page)._meta.local_fields:
            if field.auto_created or field.blank or field.null or field.has_default() or field.primary_key:
                continue
            if file.data.get(field.name) is None:
                raise ContentError(file.path, 1, f"« {field.name} » is missing")
