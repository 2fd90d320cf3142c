"""The stages of the study's roadmap in words: what each costs, and whom it is about."""

from typing import Any

from django.utils.translation import gettext as _

from hub.pages.templatetags.hub_tags import number


def strand_of(stage: Any) -> str:
    choices = dict(stage.block.child_blocks["strand"].field.choices)
    return str(choices.get(stage["strand"], ""))


def cost_of(stage: Any) -> str:
    """ "€4k to €8k in all"; empty where the study states no sum."""
    low, high = stage["cost_from"], stage["cost_to"]
    if low is None and high is None:
        return ""
    if low is None or high is None or low == high:
        total = _("€%(sum)sk") % {"sum": number(high if low is None else low)}
    else:
        total = _("€%(low)sk to €%(high)sk") % {"low": number(low), "high": number(high)}
    forms = {
        "once": _("%(sum)s in all"),
        "yearly": _("%(sum)s a year"),
        "body": _("%(sum)s for each public body"),
        "investment": _("%(sum)s of investment"),
    }
    return forms.get(stage["cost_basis"], "%(sum)s") % {"sum": total}
