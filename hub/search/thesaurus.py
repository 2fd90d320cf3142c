"""The editors' synonyms, ready for the plan: a change takes effect with the next search of every process.

No cache holds them: one small query says whether the groups that this process has read are still the newest.
"""

from django.db.models import Count, Max

from hub.search.lexicon import Synonyms
from hub.search.models import SynonymGroup

_read: dict[str, tuple[object, Synonyms]] = {}


def synonyms(language: str) -> Synonyms:
    groups = SynonymGroup.objects.filter(language=language).order_by("pk")
    stamp = groups.aggregate(count=Count("pk"), newest=Max("changed_at"), last=Max("pk"))
    kept = _read.get(language)
    if kept is None or kept[0] != stamp:
        kept = _read[language] = (stamp, Synonyms((group.words() for group in groups), language))
    return kept[1]
