"""How answers travel from one tool to the next: as hidden fields of the form, never in an address or on the server.

Every tool that leads to the letter, or is visited on the way, sends along what was answered before it.
"""

from collections.abc import Collection

from django.http import HttpRequest

# The fields of the letter's form, in its order (``guides.letters.forms``).
LETTER_FIELDS = (
    *("sector", "text", "text_reference", "text_article", "eligible", "disabled_or_carer", "pregnant", "doctor"),
    *("first_name", "last_name", "post", "service", "since", "address", "email", "phone"),
    *("civility", "recipient_title", "recipient_name", "function", "firm", "firm_address"),
    *("rhythm", "days", "per", "weekdays", "occasional_days", "start", "trial_end", "review"),
    *("place", "ltp_name", "ltp_town"),
    *("task_1", "task_2", "task_3", "task_4", "task_5"),
    *("morning_start", "morning_end", "afternoon_start", "afternoon_end", "kit", "cost"),
    *("arguments", "own_words_1", "own_words_2", "own_words_3", "card"),
    *("commute", "commute_km", "commute_minutes", "km_a_year", "hours_a_year"),
    *("town", "date", "delivery", "enclosures", "answer_by"),
    *("paper_date", "agreed_on", "refused_on", "reasons_given", "fallback", "talk_again", "paper", "language"),
)
# More than any answer may hold, so that a field's own message is what a visitor meets first.
_LONGEST = 200_000


def carried(request: HttpRequest, own: Collection[str] = ()) -> list[tuple[str, str]]:
    """(name, value) of the letter's answers that came with this POST, without those a tool asks for itself."""
    return [
        (name, value)
        for name in LETTER_FIELDS
        if name not in own
        for value in request.POST.getlist(name)
        if value and len(value) <= _LONGEST
    ]
