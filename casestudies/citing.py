"""How to cite a case."""

from django.utils.translation import gettext as _

from casestudies.models import CaseStudyPage
from hub.pages.templatetags.hub_tags import day


def citation(case: CaseStudyPage, author: str, address: str) -> str:
    """In the active language. ``author`` is the hub's name; ``address`` the whole address of the page."""
    return _("%(author)s, “%(title)s”, case study checked on %(date)s, %(address)s") % {
        "author": author,
        "title": case.title,
        "date": day(case.checked_on),
        "address": address,
    }
