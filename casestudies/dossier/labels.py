"""The labels of the papers' parts, in the active language."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hub.typography import HARD


def labels() -> dict[str, str]:
    """``colon`` is spaced as the language asks."""
    french = get_language() == "fr"
    return {
        "colon": f"{HARD}:" if french else ":",
        "dossier": _("Dossier for the council"),
        "note": _("Note for elected members"),
        "contents": _("In this dossier"),
        "glance": _("At a glance"),
        "fact": _("Point"),
        "known": _("What is known"),
        "results": _("Results"),
        "no_figure": _("No figure has been published."),
        "why": _("Why"),
        "how": _("How"),
        "difficulties": _("Difficulties"),
        "no_difficulty": _("No difficulty has been told, which does not mean that there was none."),
        "met": _("How it was met"),
        "not_met": _("How it was met is not known."),
        "costs": _("Costs and funding"),
        "no_cost": _("No cost has been published."),
        "advice": _("What peers can take from it"),
        "unknown": _("What is not known"),
        "discrepancies": _("Where sources disagree"),
        "sources": _("Sources"),
        "whole": _("The whole page"),
        "comparison": _("Side by side"),
        "criterion": _("What is compared"),
        "differs": _("the cases differ"),
        "not_known": _("not known"),
        "never_known": _("Not known in any of these cases:"),
        "reading": _("How to read this dossier"),
        "second_hand": _("second-hand"),
        "stakes": _("Why it concerns your commune"),
        "others": _("What others did"),
        "by_stage": _("What it costs, stage by stage"),
        "stage": _("Stage"),
        "measures": _("Measures"),
        "lead": _("Led by"),
        "cost": _("Cost in the study"),
        "case_cost": _("Cost"),
        "figure": _("Figure"),
        "difficulty": _("Difficulty"),
        "not_stated": _("not stated"),
        "next": _("What a council can decide next"),
        "source": _("Source"),
        "page": _("Page"),
        "found": _("What the figures say"),
    }
