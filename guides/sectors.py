"""The sectors of the decision table as the tools name them."""

from django.utils.translation import gettext_lazy as _

from guides.situation import Sector

SECTORS = [
    (Sector.PRIVATE.value, _("Private sector: a firm or an association")),
    (Sector.STATE.value, _("State civil service")),
    (Sector.TERRITORIAL.value, _("Local government")),
    (Sector.HOSPITAL.value, _("Public hospitals")),
]
