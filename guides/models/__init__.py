"""The employee's negotiation guide and the legal explainers."""

from guides.models.legal import ExplainerReference, LegalExplainerPage, LegalIndexPage
from guides.models.negotiation import GuideStepPage, NegotiationGuidePage

__all__ = ["ExplainerReference", "GuideStepPage", "LegalExplainerPage", "LegalIndexPage", "NegotiationGuidePage"]
