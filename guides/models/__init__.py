"""The employee's negotiation guide, its tools, and the legal explainers."""

from guides.models.amounts import YearlyAmount
from guides.models.clauses import LetterClause, LettersMade
from guides.models.legal import ExplainerReference, LegalExplainerPage, LegalIndexPage
from guides.models.negotiation import GuideStepPage, NegotiationGuidePage
from guides.models.tools import (
    EmployerPage,
    LetterPage,
    ObjectionCardsPage,
    RefusalPage,
    ReplyPage,
    SavingsPage,
)

__all__ = [
    "EmployerPage",
    "ExplainerReference",
    "GuideStepPage",
    "LegalExplainerPage",
    "LegalIndexPage",
    "LetterClause",
    "LetterPage",
    "LettersMade",
    "NegotiationGuidePage",
    "ObjectionCardsPage",
    "RefusalPage",
    "ReplyPage",
    "SavingsPage",
    "YearlyAmount",
]
