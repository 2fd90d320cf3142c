"""Case studies by the thousand, written in a few queries: what lists cost when they are long."""

import datetime
import random
import uuid
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management.color import no_style
from django.db import connection, models
from wagtail.models import Page

from casestudies.models import CaseStudyPage, Organisation
from hub.geography import communes
from hub.vocabulary.models import AudienceTag, PageTerritory

_SEED = 21
_BATCH = 20  # rows a query: SQLite counts the values


def add_cases(section: Any, number: int, audiences: list[Any], territories: list[Any], sectors: list[Any]) -> None:
    """So many cases below an index, each in a commune of its own while there are some, every filter filled."""
    chance = random.Random(_SEED)
    places = chance.sample(communes.all_communes(), len(communes.all_communes()))
    first = section.numchild
    organisations = Organisation.objects.bulk_create(
        [_organisation(section, index, place, chance) for index, place in _numbered(first, number, places)],
        batch_size=200,
    )
    # A row of the page table and one of the type's own table: bulk_create knows only models of one table.
    beginning = (Page.objects.aggregate(last=models.Max("pk"))["last"] or 0) + 1
    cases = [
        _case(section, beginning + place, first + place, organisation, chance.choice(sectors), chance)
        for place, organisation in enumerate(organisations)
    ]
    for model in (Page, CaseStudyPage):
        fields = model._meta.local_concrete_fields
        for start in range(0, number, _BATCH):
            rows = cases[start : start + _BATCH]
            model._base_manager._insert(rows, fields=fields, using="default", raw=True)
    # Keys were given here: a database that counts them elsewhere goes on after the last one.
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Page]):
            cursor.execute(statement)
    Page.objects.filter(pk=section.pk).update(numchild=first + number)
    section.numchild = first + number
    AudienceTag.objects.bulk_create(
        AudienceTag(tag=tag, content_object_id=case.pk) for case in cases for tag in chance.sample(audiences, 2)
    )
    PageTerritory.objects.bulk_create(
        PageTerritory(page_id=case.pk, territory=chance.choice(territories)) for case in cases
    )
    # Rows written in bulk send no signal.
    cache.clear()


def _numbered(first: int, number: int, places: list[Any]) -> list[tuple[int, Any]]:
    return [(index, places[index % len(places)]) for index in range(first, first + number)]


def _organisation(section: Any, index: int, place: Any, chance: random.Random) -> Organisation:
    return Organisation(
        locale_id=section.locale_id,
        translation_key=uuid.uuid4(),
        name=f"Commune de {place.name}",
        slug=f"organisation-{section.pk}-{index}",
        kind=chance.choice(Organisation.Kind.values),
        size_band=chance.choice(Organisation.SizeBand.values),
        setting=chance.choice(Organisation.Setting.values),
        commune=place.name,
        commune_code=place.code,
        epci=place.epci.name,
        epci_code=place.epci.code,
        population=place.population,
        population_year=communes.year(),
        latitude=place.latitude,
        longitude=place.longitude,
    )


def _case(
    section: Any, key: int, index: int, organisation: Organisation, sector: Any, chance: random.Random
) -> CaseStudyPage:
    year = chance.randint(2005, 2025)
    published = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    case = CaseStudyPage(
        title=f"Cas {index} de {organisation.commune}",
        draft_title=f"Cas {index} de {organisation.commune}",
        slug=f"cas-{index}",
        search_description=f"Ce que {organisation.commune} a essayé, avec qui, et ce que cela a donné.",
        url_path=f"{section.url_path}cas-{index}/",
        path=Page._get_path(section.path, section.depth + 1, index + 1),
        depth=section.depth + 1,
        locale_id=section.locale_id,
        translation_key=uuid.uuid4(),
        content_type=ContentType.objects.get_for_model(CaseStudyPage),
        first_published_at=published,
        last_published_at=published,
        organisation=organisation,
        sector=sector,
        status=chance.choice(CaseStudyPage.Status.values),
        period_start=year,
        period_end=year + chance.randint(0, 3),
        checked_on=datetime.date(2026, 1, 1) + datetime.timedelta(days=chance.randint(0, 300)),
        legal_form=chance.choice(CaseStudyPage.LegalForm.values),
        rhythm=chance.choice(CaseStudyPage.Rhythm.values),
        places=chance.choice(CaseStudyPage.Place.values),
        people_teleworking=chance.choice([None, 5, 40, 300]),
    )
    case.pk = case.id = case.page_ptr_id = key
    return case
