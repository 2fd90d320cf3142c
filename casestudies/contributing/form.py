"""The questions of "Share your experience" as one Django form, shown step by step.

Whatever is left open becomes "what is not known" on the case, but for the few answers that are needed to write back
and to have something to tell.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casestudies.contributing.fields import CommuneField, PickField, StoryField, YearField
from casestudies.models import CaseStudyPage, Organisation
from hub.forms.fields import AddressOfMailField, LineField, NumberField, OneOf, TickField
from hub.typography import french_spaces
from hub.vocabulary.catalogue import labels
from hub.vocabulary.models import Sector

FIGURES, DIFFICULTIES, COSTS, TIPS = range(1, 4), range(1, 4), range(1, 3), range(1, 4)
_STORY = 4000
LONGEST_UNKNOWN = 300
_MOST_PEOPLE = 1_000_000
_KINDS = [choice for choice in Organisation.Kind.choices if choice[0] != Organisation.Kind.PROGRAMME]
_SIZES = [choice for choice in Organisation.SizeBand.choices if choice[0] != Organisation.SizeBand.UNKNOWN]


def _known(choices: Any) -> list[tuple[str, Any]]:
    return [choice for choice in choices.choices if choice[0] != "unknown"]


@dataclass(frozen=True)
class Group:
    """Questions that stand together. Those of a line stand side by side on wide screens; ``fold`` hides the group
    behind its title until it is asked for or holds something."""

    lines: tuple[tuple[str, ...], ...]
    title: str | Promise = ""
    help: str | Promise = ""
    fold: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for line in self.lines for name in line)


@dataclass(frozen=True)
class ShownGroup:
    group: Group
    lines: list[list[forms.BoundField]]
    is_open: bool


@dataclass(frozen=True)
class Step:
    number: int
    title: str | Promise
    needed: str | Promise
    groups: tuple[Group, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for group in self.groups for name in group.names)


def _numbered(stem: str, number: int, *lines: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(f"{stem}_{number}{part and '_'}{part}" for part in line) for line in lines)


def _figure(number: int, title: str | Promise, help: str | Promise = "") -> Group:
    lines = _numbered("figure", number, ("label",), ("value", "unit", "year"), ("how",))
    return Group(lines, title, help, fold=number > 1)


def _difficulty(number: int, title: str | Promise, help: str | Promise = "") -> Group:
    return Group(_numbered("difficulty", number, ("",), ("answer",)), title, help, fold=number > 1)


def _cost(number: int, title: str | Promise) -> Group:
    return Group(_numbered("cost", number, ("label",), ("value", "year")), title, fold=number > 1)


STEPS = (
    Step(
        1,
        _("Who you are"),
        _("Your name, your e-mail address, the organisation and its kind are required. The rest may be left empty."),
        (
            Group((("organisation",), ("kind",), ("size", "sector"), ("commune",)), _("Your organisation")),
            Group(
                (("name", "role"), ("email",)),
                _("You"),
                _("To write back to you. Neither your name nor your address is ever published."),
            ),
        ),
    ),
    Step(
        2,
        _("What you did"),
        _("Only what you did is required. Whatever you leave empty is shown as not known."),
        (
            Group((("headline",), ("how",), ("why",))),
            Group(
                (("start_year", "end_year"), ("legal_form", "places"), ("rhythm", "rhythm_detail")),
                _("When and how"),
            ),
            Group(
                (("people_total", "people_eligible", "people_teleworking"),),
                _("How many people"),
                _("A rough number is enough."),
            ),
        ),
    ),
    Step(
        3,
        _("What came of it"),
        _("Nothing here is required, but every answer helps. Whatever you leave empty is shown as not known."),
        (
            _difficulty(
                1,
                _("What was difficult"),
                _(
                    "This is what helps readers most. "
                    "Please tell us at least one: an account without any is of little help."
                ),
            ),
            _difficulty(2, _("A second difficulty")),
            _difficulty(3, _("A third difficulty")),
            _figure(1, _("A first figure"), _("Something you counted or measured, before and after or at the end.")),
            _figure(2, _("A second figure")),
            _figure(3, _("A third figure")),
            _cost(1, _("What it cost")),
            _cost(2, _("A second cost")),
            Group((("funding",),)),
            Group((("unmeasured",), *((f"tip_{number}",) for number in TIPS)), _("What you would tell others")),
        ),
    ),
    Step(4, _("Read through and send"), "", (Group((("may_be_named",), ("photo_rights",), ("agree",))),)),
)
LAST_STEP = len(STEPS)
PERSON = ("organisation", "name", "role", "email")
CONSENT = STEPS[-1].names
NEEDED = ("organisation", "name", "email", "how", "agree")


class ContributionForm(forms.Form):
    """``data`` are the answers as typed. Errors are those of the whole form; a step shows its own."""

    use_required_attribute = False

    organisation = LineField(label=_("Name of the organisation"), autocomplete="organization")
    kind = OneOf(str, _KINDS, label=_("What kind of organisation is it?"))
    size = PickField(_SIZES, label=_("How large is it?"))
    sector = PickField([], label=_("Sector"))
    commune = CommuneField(label=_("Commune"), help_text=_("Its name or INSEE code: Vire Normandie, or 14762."))
    name = LineField(label=_("Your name"), autocomplete="name")
    role = LineField(label=_("Your function"), autocomplete="organization-title")
    email = AddressOfMailField(label=_("Your e-mail address"))

    headline = LineField(
        longest=90,
        label=_("Your experience in one line"),
        help_text=_("For example: two days a week, one of them in the shared workplace. It becomes the title."),
    )
    how = StoryField(
        longest=_STORY,
        rows=8,
        label=_("What did you do?"),
        help_text=_("How it began, the steps, with whom, the tools, what changed on the way."),
    )
    why = StoryField(
        longest=_STORY, label=_("Why did you do it?"), help_text=_("What set it off, and what you hoped for.")
    )
    start_year = YearField(label=_("From (year)"))
    end_year = YearField(label=_("To (year)"), help_text=_("Empty if it goes on."))
    legal_form = PickField(_known(CaseStudyPage.LegalForm), label=_("On what footing?"))
    places = PickField(_known(CaseStudyPage.Place), label=_("Where do people work?"))
    rhythm = PickField(_known(CaseStudyPage.Rhythm), label=_("Rhythm"))
    rhythm_detail = LineField(longest=250, label=_("The rhythm in words"))
    people_total = NumberField(1, _MOST_PEOPLE, whole=True, required=False, label=_("People in all"))
    people_eligible = NumberField(0, _MOST_PEOPLE, whole=True, required=False, label=_("People who may telework"))
    people_teleworking = NumberField(0, _MOST_PEOPLE, whole=True, required=False, label=_("People who do telework"))

    funding = StoryField(longest=1500, rows=3, label=_("Who paid for it?"), help_text=_("Own funds, grants, partners."))
    unmeasured = StoryField(
        longest=900,
        rows=3,
        label=_("What did you not measure?"),
        help_text=_(
            "Say it plainly, one thing per line. "
            "It is shown on the page: readers trust those who say what they do not know."
        ),
    )

    may_be_named = TickField(
        label=_("The organisation may be named"),
        help_text=_(
            "Otherwise the page says its kind, its size, its sector, its département and whether it is in town or in "
            "the country, and no more."
        ),
    )
    photo_rights = TickField(
        label=_("I hold the rights to these pictures, and the people who can be recognised agree"),
        help_text=_("Only if you add pictures."),
    )
    agree = TickField(label=_("I agree that this account be read by the moderators and published under open licence"))

    def __init__(self, data: Mapping[str, Any] | QueryDict, language: str) -> None:
        super().__init__(data, error_class=forms.utils.ErrorList)
        self.language = language
        self.fields["sector"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *((row.slug, row.label) for row in labels(Sector, language)),
        ]
        for name in NEEDED:
            self.fields[name].widget.attrs["aria-required"] = "true"

    # --- Checking ---

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        needed = {
            "organisation": _("Name the organisation. You may ask later that it is not published."),
            "kind": _("Choose the nearest."),
            "name": _("Give your name, so that we know whom to write back to."),
            "email": _("Give your e-mail address: we send the receipt there."),
            "how": _("Tell at least this in a few lines."),
            "agree": _("Without your agreement nothing can be published. Tick the box, or close the page."),
        }
        for name, message in needed.items():
            if name not in self.errors and not cleaned.get(name):
                self.add_error(name, message)
        first, last = cleaned.get("start_year"), cleaned.get("end_year")
        if first and last and last < first:
            self.add_error("end_year", _("It ended before it began. Check the two years."))
        self._check_people(cleaned)
        self._check_spaces(cleaned)
        longest = max(map(len, cleaned.get("unmeasured", "").splitlines()), default=0)
        if longest > LONGEST_UNKNOWN:
            words = _("At most %(limit)s characters a line; one has %(count)s.")
            self.add_error("unmeasured", words % {"limit": LONGEST_UNKNOWN, "count": longest})
        for number in FIGURES:
            self._check_whole(cleaned, _figure(number, "").names)
        for number in COSTS:
            self._check_whole(cleaned, _cost(number, "").names)
        for number in DIFFICULTIES:
            if cleaned.get(f"difficulty_{number}_answer") and not cleaned.get(f"difficulty_{number}", True):
                self.add_error(f"difficulty_{number}", _("Say what the difficulty was."))
        return cleaned

    def _check_people(self, cleaned: dict[str, Any]) -> None:
        for fewer, more in (("people_eligible", "people_total"), ("people_teleworking", "people_total")):
            small, large = cleaned.get(fewer), cleaned.get(more)
            if small is not None and large is not None and small > large:
                self.add_error(fewer, _("That is more than the total number of people."))

    def _check_spaces(self, cleaned: dict[str, Any]) -> None:
        """Setting the spaces of French lengthens a line, which must still fit where the page keeps it."""
        lines = [name for name in self.fields if self.language == "fr" and isinstance(cleaned.get(name), str)]
        for name in lines:
            field, count = self.fields[name], len(french_spaces(cleaned[name]))
            if isinstance(field, LineField) and not isinstance(field, StoryField) and count > field.longest:
                words = _("At most %(limit)s characters, with the spaces of French; there are %(count)s here.")
                self.add_error(name, words % {"limit": field.longest, "count": count})

    def _check_whole(self, cleaned: dict[str, Any], names: tuple[str, ...]) -> None:
        """A figure stands with what was counted and its year, or not at all."""
        if all(cleaned.get(name) in (None, "") for name in names) and not any(name in self.errors for name in names):
            return
        for name in names:
            if (
                name.rpartition("_")[2] in ("label", "value", "year")
                and name not in self.errors
                and cleaned.get(name) in (None, "")
            ):
                self.add_error(name, _("For a figure, say what was counted, its value and its year."))

    # --- Steps ---

    def wrong_steps(self) -> list[int]:
        return [step.number for step in STEPS if any(name in self.errors for name in step.names)]

    def show_errors_of(self, names: Collection[str]) -> None:
        """Leave only the problems of these questions to be shown: nobody is told of what was not asked yet."""
        self._errors = forms.utils.ErrorDict({name: found for name, found in self.errors.items() if name in names})

    def groups(self, number: int) -> list[ShownGroup]:
        found = []
        for group in STEPS[number - 1].groups:
            is_open = not group.fold or any(self.typed(name).strip() or name in self.errors for name in group.names)
            found.append(ShownGroup(group, [[self[name] for name in line] for line in group.lines], is_open))
        return found

    def typed(self, name: str) -> str:
        return str(self.data.get(name) or "")

    def carried(self, shown: Collection[str] = ()) -> list[tuple[str, str]]:
        """The answers that are not on the screen, for hidden fields: as they were typed, right or wrong."""
        return [(name, self.typed(name)) for name in self.fields if name not in shown and self.typed(name)]

    def kept(self) -> dict[str, str]:
        """The account as typed, to fill the form in again. Who sent it, and what they agreed to, have own columns."""
        return {name: value for name, value in self.carried((*PERSON, *CONSENT)) if value.strip()}

    # --- Reading through ---

    def read_through(self) -> list[tuple[Step, list[tuple[str, str]]]]:
        """Every answer given, by step, in the words of the reader."""
        self.is_valid()  # reads the answers, where nobody has yet
        found = []
        for step in STEPS[:-1]:
            rows = [(self._asked(name), self._said(name)) for name in step.names if self.typed(name).strip()]
            found.append((step, rows))
        return found

    def _asked(self, name: str) -> str:
        label = str(self.fields[name].label)
        number = name.split("_")[1:2]
        return f"{label} ({number[0]})" if number and number[0].isdigit() else label

    def _said(self, name: str) -> str:
        value = self.cleaned_data.get(name, self.typed(name))
        choices = getattr(self.fields[name], "choices", None)
        if choices is not None:
            return str(dict(choices).get(value, value))
        return str(getattr(value, "name", "") or self.typed(name))

    def open_answers(self) -> list[str]:
        """What a reader of the page would look for and was not told, in the language that is active."""
        cleaned = self.cleaned_data
        asked = {
            "start_year": gettext("The period."),
            "legal_form": gettext("The legal form."),
            "rhythm": gettext("The rhythm."),
            "places": gettext("Where people work."),
            "people_teleworking": gettext("How many people telework."),
            "figure_1_value": gettext("Results in figures."),
            "difficulty_1": gettext("The difficulties that were met."),
            "cost_1_value": gettext("The costs."),
        }
        return [words for name, words in asked.items() if cleaned.get(name) in (None, "")]


def _add_rows() -> None:
    """The questions that are asked several times over."""
    declared = ContributionForm.base_fields
    for number in FIGURES:
        declared[f"figure_{number}_label"] = LineField(
            longest=200, label=_("What was counted"), help_text=_("For example: hours on the road saved a year")
        )
        declared[f"figure_{number}_value"] = NumberField(-999_999_999, 999_999_999, required=False, label=_("Figure"))
        declared[f"figure_{number}_unit"] = LineField(longest=60, label=_("Unit"), help_text=_("hours, %, people"))
        declared[f"figure_{number}_year"] = YearField(label=_("Year"))
        declared[f"figure_{number}_how"] = LineField(longest=300, label=_("How was it measured?"))
    for number in DIFFICULTIES:
        declared[f"difficulty_{number}"] = LineField(longest=300, label=_("The difficulty"))
        declared[f"difficulty_{number}_answer"] = StoryField(
            longest=1500, rows=3, label=_("How was it met?"), help_text=_("Or say that it was not.")
        )
    for number in COSTS:
        declared[f"cost_{number}_label"] = LineField(
            longest=200, label=_("What was paid for"), help_text=_("For example: laptops for ten people")
        )
        declared[f"cost_{number}_value"] = NumberField(0, 999_999_999, required=False, label=_("Euros"))
        declared[f"cost_{number}_year"] = YearField(label=_("Year"))
    for number in TIPS:
        declared[f"tip_{number}"] = LineField(
            longest=300, label=_("A piece of advice to others") if number == 1 else _("Another piece of advice")
        )


_add_rows()
