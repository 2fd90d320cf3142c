"""The words that letters are written with: what ships with the hub, and over it what legal editors have changed."""

from guides.letters.clauses import Wording, shipped_wording
from guides.models import LetterClause

LANGUAGES = ("fr", "en")


def wordings() -> dict[str, Wording]:
    """By language. One query."""
    found = {language: shipped_wording(language) for language in LANGUAGES}
    rows = LetterClause.objects.filter(locale__language_code__in=LANGUAGES)
    for language, key, text in rows.values_list("locale__language_code", "key", "text"):
        if key in found[language]:
            found[language][key] = text
    return dict(found)
