"""Which line of the decision table an applicant stands on. Plain Python: the letter and "can they refuse?" share it.

Rules: Code du travail L1222-9 I and III (agreement or charter, simple agreement, disabled workers and carers), L4624-3
and L4624-6 (occupational doctor), decree 2016-151 (public servants); read as in force on 20 August 2026.
https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000047864720
"""

from dataclasses import dataclass
from enum import StrEnum


class Sector(StrEnum):
    PRIVATE = "private"
    STATE = "state"
    TERRITORIAL = "territorial"
    HOSPITAL = "hospital"

    @property
    def public(self) -> bool:
        return self is not Sector.PRIVATE


class TextInForce(StrEnum):
    """What governs telework at the private employer's."""

    AGREEMENT = "agreement"
    CHARTER = "charter"
    NONE = "none"
    UNKNOWN = "unknown"


class Eligible(StrEnum):
    """What the agreement or charter says of the applicant's post."""

    YES = "yes"
    NO = "no"
    NOT_STATED = "not_stated"
    UNKNOWN = "unknown"


class Line(StrEnum):
    """The lines of the decision table, by the names that the letter's notes give them."""

    TEXT_ELIGIBLE = "a"
    TEXT_NOT_LISTED = "b"
    NO_TEXT = "c"
    DISABLED_OR_CARER = "c_plus"
    PUBLIC = "d"
    DOCTOR = "e"
    TEXT_UNKNOWN = "unknown"


# Where the law makes the employer say why: nowhere else may a text claim it.
REASONS_OWED = frozenset({Line.TEXT_ELIGIBLE, Line.DISABLED_OR_CARER, Line.PUBLIC, Line.DOCTOR})


@dataclass(frozen=True)
class Situation:
    """``disabled_or_carer`` is one answer on purpose: nobody has to say which, nor anything about health."""

    sector: Sector
    text: TextInForce = TextInForce.UNKNOWN
    eligible: Eligible = Eligible.UNKNOWN
    disabled_or_carer: bool = False
    doctor: bool = False

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line that holds, the one that gives the applicant most first. Never empty."""
        if self.sector.public:
            return (Line.PUBLIC,)
        found = []
        if self.doctor:
            found.append(Line.DOCTOR)
        if self.disabled_or_carer:
            found.append(Line.DISABLED_OR_CARER)
        return (*found, self._text_line)

    @property
    def _text_line(self) -> Line:
        if self.text is TextInForce.NONE:
            return Line.NO_TEXT
        if self.text is TextInForce.UNKNOWN:
            return Line.TEXT_UNKNOWN
        return Line.TEXT_ELIGIBLE if self.eligible is Eligible.YES else Line.TEXT_NOT_LISTED

    @property
    def has_text(self) -> bool:
        """An agreement or a charter governs the applicant."""
        return not self.sector.public and self.text in (TextInForce.AGREEMENT, TextInForce.CHARTER)

    @property
    def reasons_owed(self) -> bool:
        return any(line in REASONS_OWED for line in self.lines)
