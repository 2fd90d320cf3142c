"""Pioneer case studies: the organisations, their pages and the index that lists them."""

from casestudies.models.case import CaseStudyPage
from casestudies.models.index import CaseStudyIndexPage
from casestudies.models.organisation import Organisation

__all__ = ["CaseStudyIndexPage", "CaseStudyPage", "Organisation"]
