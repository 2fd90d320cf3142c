"""The way to the second factor, from the admin's help menu, for everybody who signs in."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_help_menu_item")
def second_factor() -> MenuItem:
    return MenuItem(_("Second factor for signing in"), reverse_lazy("mfa_index"), icon_name="lock", order=900)
