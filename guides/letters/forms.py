"""The letter's questions as one Django form, shown step by step. What it gives is a value: ``Answers``.

Fields are named as ``guides.carrying.LETTER_FIELDS``, which is how answers reach the form from the other tools.
"""

import datetime
from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides.carrying import LETTER_FIELDS
from guides.letters import forms_words as words
from guides.letters.clauses import Wording
from guides.letters.forms_answers import answers_of
from guides.letters.papers import PaperKind
from guides.letters.questions import (
    LONGEST_TEXT,
    PRIVATE_ARGUMENTS,
    Answers,
    Argument,
    Civility,
    Cost,
    Delivery,
    Enclosure,
    Fallback,
    Kit,
    Per,
    Place,
    Rhythm,
    problems,
    required,
)
from guides.letters.writer import Writer
from guides.sectors import SECTORS
from guides.situation import Eligible, Sector, TextInForce
from hub.forms.fields import (
    AddressField,
    AddressOfMailField,
    ClockField,
    DayField,
    LineField,
    MonthField,
    NumberField,
    OfferedField,
    OneOf,
    ParagraphField,
    SomeOf,
    TickField,
)
from hub.pages.templatetags.hub_tags import day

LAST_STEP = len(words.STEPS)
# Asked beside the finished paper, for those that follow the letter.
AFTERWARDS: dict[PaperKind, tuple[str, ...]] = {
    PaperKind.REMINDER: ("paper_date", "talk_again"),
    PaperKind.THANKS: ("agreed_on",),
    PaperKind.AFTER_REFUSAL: ("paper_date", "refused_on", "reasons_given", "fallback", "talk_again"),
}
# Fields whose answer every paper must have, beside those that composition requires.
_CHOSEN = {"sector": _("Choose your sector: the rules differ."), "text": _("Choose one, “I do not know” included.")}
_SAYS_OPTIONAL = (LineField, DayField, ClockField, NumberField)


class LetterForm(forms.Form):
    use_required_attribute = False

    sector = OneOf(Sector, SECTORS, label=_("Where do you work?"))
    text = OneOf(
        TextInForce,
        words.TEXTS,
        label=_("Which text on telework is there at your employer’s?"),
        help_text=_("Look on the intranet, or ask staff representatives or personnel."),
    )
    text_reference = LineField(
        label=_("Name and date of the text"), help_text=_("For example: telework agreement of 12 March 2024")
    )
    text_article = LineField(label=_("Article"), help_text=_("For example: article 4"))
    eligible = OneOf(Eligible, words.ELIGIBLE, label=_("Does that text open telework to your post?"))
    disabled_or_carer = TickField(label=_("I am a disabled worker, or I care for a relative"))
    pregnant = TickField(label=_("I am pregnant"))
    doctor = TickField(label=_("The occupational doctor proposes telework for me"))

    first_name = LineField(label=_("First name"), autocomplete="given-name")
    last_name = LineField(label=_("Surname"), autocomplete="family-name")
    post = LineField(
        label=_("Your post"), autocomplete="organization-title", help_text=_("As it is written on your payslip.")
    )
    service = LineField(label=_("Department or team"))
    since = MonthField(label=_("In this post since"))
    address = AddressField(label=_("Your address"), autocomplete="street-address")
    email = AddressOfMailField(label=_("Your e-mail address"))
    phone = LineField(label=_("Your telephone number"), autocomplete="tel")
    civility = OneOf(Civility, words.CIVILITIES, label=_("How do you address this person?"))
    recipient_title = LineField(
        label=_("Title used in the greeting"),
        help_text=_("For example: la Directrice, which gives “Madame la Directrice,”"),
    )
    recipient_name = LineField(label=_("First name and surname"))
    function = LineField(label=_("Position"), help_text=_("For example: Responsable des ressources humaines"))
    firm = LineField(label=_("Firm or public body"))
    firm_address = AddressField(label=_("Its address"))

    rhythm = OneOf(Rhythm, words.RHYTHMS, label=_("What do you ask for?"))
    days = NumberField(
        1,
        23,
        whole=True,
        required=False,
        label=_("How many days"),
        help_text=_("One or two a week are a good start. Three a week at most for public servants."),
    )
    per = OneOf(Per, words.PERIODS, label=_("These days are counted by"))
    weekdays = SomeOf(int, words.weekday_choices(), label=_("Which days?"))
    occasional_days = NumberField(1, 120, whole=True, required=False, label=_("Days a year at most"))
    start = DayField(label=_("First day"))
    trial_end = DayField(label=_("End of the trial"), help_text=_("Left empty, three months after the first day."))
    review = DayField(label=_("Halfway review"), help_text=_("Left empty, halfway through the trial."))
    place = OneOf(Place, words.PLACES, label=_("Where would you work?"))
    ltp_name = LineField(label=_("Name of the shared workplace"))
    ltp_town = LineField(label=_("Its town"))

    task_1 = LineField(longest=LONGEST_TEXT, label=_("First task"))
    task_2 = LineField(longest=LONGEST_TEXT, label=_("Second task"))
    task_3 = LineField(longest=LONGEST_TEXT, label=_("Third task"))
    task_4 = LineField(longest=LONGEST_TEXT, label=_("Fourth task"))
    task_5 = LineField(longest=LONGEST_TEXT, label=_("Fifth task"))
    morning_start = ClockField(label=_("Morning, from"))
    morning_end = ClockField(label=_("Morning, until"))
    afternoon_start = ClockField(label=_("Afternoon, from"))
    afternoon_end = ClockField(label=_("Afternoon, until"))
    kit = OneOf(Kit, words.KITS, label=_("Equipment"))
    cost = OneOf(Cost, words.COSTS, label=_("What do you ask your employer to pay?"))

    arguments = OfferedField(
        label=_("What would your employer gain?"),
        help_text=_("Three at most. The sentence you tick is the one that stands in the letter."),
    )
    own_words_1 = ParagraphField(longest=LONGEST_TEXT, label=_("First sentence"))
    own_words_2 = ParagraphField(longest=LONGEST_TEXT, label=_("Second sentence"))
    own_words_3 = ParagraphField(longest=LONGEST_TEXT, label=_("Third sentence"))
    card = OfferedField(
        label=_("Answers to objections you expect"),
        help_text=_("Three at most. Tick those that would reassure the person you write to."),
    )
    commute = TickField(
        label=_("Put the figures of my commute into the letter"),
        help_text=_("They show that you have counted. You owe them to nobody: leave the box empty if you like."),
    )
    commute_km = NumberField("0.1", 500, required=False, label=_("Kilometres one way"))
    commute_minutes = NumberField(1, 600, whole=True, required=False, label=_("Minutes one way"))
    km_a_year = NumberField(1, 100_000, whole=True, required=False, label=_("Kilometres saved a year"))
    hours_a_year = NumberField(1, 3000, whole=True, required=False, label=_("Hours saved a year"))

    town = LineField(label=_("Written in"), help_text=_("The town at the head of the letter."))
    date = DayField(label=_("Date of the letter"))
    delivery = OneOf(Delivery, words.DELIVERIES, label=_("How will it arrive?"))
    enclosures = SomeOf(
        Enclosure,
        words.ENCLOSURES,
        label=_("What do you enclose?"),
        help_text=_("Tick only what you really add to the letter."),
    )
    answer_by = DayField(label=_("Answer wanted by"), help_text=_("Left empty, a month after the letter."))
    language = OneOf(str, words.LANGUAGES, label=_("Language of the letter"))

    paper_date = DayField(label=_("Date of this paper"))
    agreed_on = DayField(label=_("Agreed on"))
    refused_on = DayField(label=_("Refused on"))
    reasons_given = TickField(label=_("I was told why"))
    fallback = OneOf(Fallback, words.FALLBACKS, label=_("What would you propose instead?"))
    talk_again = DayField(label=_("When would you like to talk again?"))
    paper = OneOf(PaperKind, [(kind.value, name) for kind, name in words.KIND_NAMES.items()], label=_("Paper"))

    def __init__(
        self,
        typed: QueryDict | None,
        *,
        wording: Wording,
        cards: Mapping[str, tuple[str, str]],
        reader: str,
    ) -> None:
        """``wording`` is that of the reader's language; ``cards`` are pairs of sentences, French and English."""
        self.today = timezone.localdate()
        super().__init__(self._with_defaults(typed), error_class=forms.utils.ErrorList, auto_id="q_%s")
        self._cards = cards
        self.fields["arguments"].choices = self._arguments(reader, wording)  # type: ignore[attr-defined]
        self.fields["card"].choices = [(key, pair[reader == "en"]) for key, pair in cards.items()]  # type: ignore[attr-defined]
        self._say_optional()

    def _arguments(self, reader: str, wording: Wording) -> list[tuple[str, str]]:
        """The sentences as they would stand in the letter of that sector."""
        named = self.data.get("sector", "")
        sector = Sector(named) if named in dict(SECTORS) else Sector.PRIVATE
        writer = Writer(Answers(sector=sector), reader, wording)
        offered = [each for each in Argument if not (sector.public and each in PRIVATE_ARGUMENTS)]
        return [(each.value, writer.text(f"argument.{each}")) for each in offered]

    def defaults(self) -> dict[str, str]:
        """What a question holds before it was met. Nothing that is asked for is chosen for anybody but the usual."""
        return {
            "civility": Civility.UNKNOWN.value,
            "rhythm": Rhythm.REGULAR.value,
            "days": "1",
            "per": Per.WEEK.value,
            "place": Place.HOME.value,
            "date": self.today.isoformat(),
            "paper_date": self.today.isoformat(),
            "delivery": Delivery.BY_HAND.value,
            "language": "fr",
            "fallback": Fallback.FEWER_DAYS.value,
        }

    def _with_defaults(self, typed: QueryDict | None) -> QueryDict:
        data = typed.copy() if typed is not None else QueryDict(mutable=True)
        for name, value in self.defaults().items():
            if name not in data:
                data[name] = value
        for name in ("kit", "cost"):  # their first answer is the empty one
            data.setdefault(name, "")
        return data

    def _say_optional(self) -> None:
        needed = {words.told_field(name) for name in required(self.kind)} | {"occasional_days", "ltp_name", "days"}
        for name, field in self.fields.items():
            if isinstance(field, _SAYS_OPTIONAL) and name not in needed:
                field.label = _("%(question)s (optional)") % {"question": field.label}

    # --- Reading ---

    @property
    def kind(self) -> PaperKind:
        """The paper asked for; the letter unless another is named."""
        named = self.data.get("paper", "")
        return PaperKind(named) if named in words.KIND_NAMES else PaperKind.LETTER

    @property
    def paper_language(self) -> str:
        return "en" if self.data.get("language") == "en" else "fr"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._clean_choices(cleaned)
        self._clean_hours(cleaned)
        self.answers = answers_of(cleaned, self._cards)
        for problem in problems(self.answers, self.kind):
            name, sentence = words.told(problem)
            if name not in self.errors:
                self.add_error(name, str(sentence))
        self._say_what_is_assumed()
        return cleaned

    def _say_what_is_assumed(self) -> None:
        """Beside a day left empty, the one that the letter takes in its place."""
        for name in ("trial_end", "review", "answer_by"):
            assumed: datetime.date | None = getattr(self.answers, name)
            if assumed and not self.data.get(name, "").strip():
                self[name].help_text = _("Left empty, the letter says %(day)s.") % {"day": day(assumed)}

    def _clean_choices(self, cleaned: dict[str, Any]) -> None:
        private = cleaned.get("sector") is Sector.PRIVATE
        for name, sentence in _CHOSEN.items():
            if name in cleaned and cleaned[name] is None and (name != "text" or private):
                self.add_error(name, sentence)
        if cleaned.get("rhythm") is not Rhythm.OCCASIONAL and "days" in cleaned and cleaned["days"] is None:
            self.add_error("days", _("How many days? Write a number."))

    def _clean_hours(self, cleaned: dict[str, Any]) -> None:
        for half in ("morning", "afternoon"):
            start, end = f"{half}_start", f"{half}_end"
            if start in cleaned and end in cleaned and (cleaned[start] is None) != (cleaned[end] is None):
                self.add_error(end if cleaned[end] is None else start, _("Give both times, or neither."))

    # --- Steps ---

    def wrong_steps(self) -> list[int]:
        """The steps that hold a problem, in order."""
        return [step.number for step in words.STEPS if any(name in self.errors for name in step.names)]

    def show_errors_of(self, names: Collection[str]) -> None:
        """Leave only the problems of these questions to be shown: nobody is told of what was not asked yet."""
        self._errors = forms.utils.ErrorDict({name: found for name, found in self.errors.items() if name in names})

    def groups(self, number: int) -> list[tuple[words.Group, list[forms.BoundField]]]:
        return [
            (group, [self[name] for name in group.names if name != "card" or self._cards])
            for group in words.STEPS[number - 1].groups
            if group.names != ("card",) or self._cards
        ]

    def carried(self, shown: Collection[str] = ()) -> list[tuple[str, str]]:
        """The answers that are not on the screen, for hidden fields: as they were typed, right or wrong.

        An emptied field goes along where a default would fill it again.
        """
        defaults = self.defaults()
        return [
            (name, str(value))
            for name in LETTER_FIELDS
            if name not in shown
            for value in self._typed(name)
            if value or name in defaults
        ]

    def _typed(self, name: str) -> list[str]:
        """Every tick of boxes; of anything else the last value, which is the button's where there is one."""
        values: list[str] = self.data.getlist(name)  # type: ignore[attr-defined]
        return values if isinstance(self.fields[name], forms.MultipleChoiceField) else values[-1:]
