"""The controlled vocabularies of the hub: the one place that filters, search, feeds and API all read.

Two kinds stand side by side:

* ``classification``: audiences, territories and sectors. They are *not* translated: one row, one stable slug,
  a label per language. A facet's address is therefore the same in every language.
* ``glossary``, ``references`` and ``sources``: what is cited or explained. Glossary terms and legal references are
  snippets translated like pages; sources keep the title under which they were published.

Imports nothing of the hub.
"""

from hub.vocabulary.models.classification import (
    Audience,
    AudienceLabel,
    AudienceTag,
    PageTerritory,
    Sector,
    SectorLabel,
    Territory,
    TerritoryLabel,
)
from hub.vocabulary.models.glossary import GlossaryTerm
from hub.vocabulary.models.references import LegalReference
from hub.vocabulary.models.sources import Source

__all__ = [
    "Audience",
    "AudienceLabel",
    "AudienceTag",
    "GlossaryTerm",
    "LegalReference",
    "PageTerritory",
    "Sector",
    "SectorLabel",
    "Source",
    "Territory",
    "TerritoryLabel",
]
