"""Why a case stands where it stands, in the reader's language."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casestudies.likeness.closeness import Band, Closeness, Setting
from hub.geography.communes import Commune
from hub.pages.templatetags.hub_tags import number

_NEAR = 50  # km: beyond, the distance is said among what differs


@dataclass(frozen=True)
class Reason:
    """Sentences; ``unlike`` and ``unknown`` may be empty."""

    alike: str
    unlike: str
    unknown: str


def reason(commune: Commune, close: Closeness) -> Reason:
    if not close.is_known:
        return Reason(_("This case belongs to no place that can be compared."), "", "")
    alike, unlike, unknown = _alike(commune, close), _unlike(close), _unknown(close)
    return Reason(
        _("Like %(commune)s: %(facts)s.") % {"commune": commune.name, "facts": ", ".join(alike)}
        if alike
        else pgettext("commune", "Nothing that we compare is like %(commune)s.") % {"commune": commune.name},
        _("What differs: %(facts)s.") % {"facts": ", ".join(unlike)} if unlike else "",
        _("Not known: %(facts)s.") % {"facts": ", ".join(unknown)} if unknown else "",
    )


def band_words(band: Band) -> str:
    """ "a commune of 500 to 2,000 inhabitants"."""
    if band.least is None:
        people = _("under %(below)s inhabitants") % {"below": number(band.below)}
    elif band.below is None:
        people = _("%(least)s inhabitants or more") % {"least": number(band.least)}
    else:
        people = _("%(least)s to %(below)s inhabitants") % {"least": number(band.least), "below": number(band.below)}
    kind = _("a territory of %(people)s") if band.is_territory else _("a commune of %(people)s")
    return kind % {"people": people}


def _alike(commune: Commune, close: Closeness) -> list[str]:
    facts = []
    if close.is_same_commune:
        facts.append(_("same commune"))
    if close.band and close.bands_apart == 0:
        facts.append(band_words(close.band))
    if close.is_same_setting:
        facts.append(_setting_words(close.setting))
    elif close.is_same_setting is None:
        facts.append(_("in part rural") if commune.is_rural else _("in part urban"))
    if close.km is not None and close.km <= _NEAR and not close.is_same_commune:
        facts.append(_distance_words(close.km))
    if close.is_same_epci and not close.is_same_commune:
        facts.append(_("same intercommunal authority"))
    elif close.is_same_departement and not close.is_same_commune:
        facts.append(_("same département"))
    return facts


def _unlike(close: Closeness) -> list[str]:
    facts = []
    if close.band and close.bands_apart:
        size = _("larger (%(size)s)") if close.bands_apart > 0 else _("smaller (%(size)s)")
        facts.append(size % {"size": band_words(close.band)})
    if close.is_same_setting is False:
        facts.append(_setting_words(close.setting))
    if close.km is not None and close.km > _NEAR:
        facts.append(_distance_words(close.km))
    if close.is_elsewhere:
        facts.append(_("outside Calvados, Manche and Orne"))
    elif close.is_same_departement is False:
        facts.append(_("another département"))
    elif close.is_same_departement and close.is_same_epci is False:
        facts.append(_("another intercommunal authority"))
    return facts


def _unknown(close: Closeness) -> list[str]:
    facts = []
    if close.band is None:
        facts.append(_("number of inhabitants"))
    if close.km is None:
        facts.append(_("distance"))
    return facts


def _setting_words(setting: Setting) -> str:
    return _("in a rural area") if setting is Setting.RURAL else _("in an urban area")


def _distance_words(km: float) -> str:
    return _("%(km)s km away") % {"km": number(round(km))} if km >= 1 else _("less than a kilometre away")
