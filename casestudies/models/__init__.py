"""The library: case studies and their organisations, what compares and prints them, and what pioneers send."""

from casestudies.models.case import CaseStudyPage
from casestudies.models.contribution import Contribution, ContributionFile
from casestudies.models.feedback_event import FeedbackEventIndexPage, FeedbackEventPage
from casestudies.models.index import CaseStudyIndexPage
from casestudies.models.mentoring import MentorContact, MentoringCount, MentoringRequest
from casestudies.models.organisation import Organisation
from casestudies.models.tools import ComparisonPage, ContributionPage, DossierPage, LikenessPage, MentoringPage

__all__ = [
    "CaseStudyIndexPage",
    "CaseStudyPage",
    "ComparisonPage",
    "Contribution",
    "ContributionFile",
    "ContributionPage",
    "DossierPage",
    "FeedbackEventIndexPage",
    "FeedbackEventPage",
    "LikenessPage",
    "MentorContact",
    "MentoringCount",
    "MentoringPage",
    "MentoringRequest",
    "Organisation",
]
