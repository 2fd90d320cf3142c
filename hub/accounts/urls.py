"""The doors to the admin.

Wagtail's own login view takes a password alone, whatever second factor the account has, so it and the password-reset
addresses beside it are shadowed: they lead to allauth's. This list must stand before Wagtail's admin addresses.
"""

from urllib.parse import urlencode

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.utils.http import url_has_allowed_host_and_scheme


def to_login(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    """Send to the one login page, keeping a local ``next``."""
    target = redirect("account_login")
    following = request.GET.get("next", "")
    if following and url_has_allowed_host_and_scheme(following, {request.get_host()}, request.is_secure()):
        target["Location"] += "?" + urlencode({"next": following})
    return target


def to_password_reset(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    return redirect("account_reset_password")


shadowed = [
    path("admin/login/", to_login),
    path("admin/logout/", account.logout),
    path("admin/password_reset/", to_password_reset),
    path("admin/password_reset/<path:rest>", to_password_reset),
]

urlpatterns = [
    *shadowed,
    path("compte/connexion/", account.login, name="account_login"),
    path("compte/deconnexion/", account.logout, name="account_logout"),
    path("compte/inactif/", account.account_inactive, name="account_inactive"),
    path("compte/confirmer/", account.reauthenticate, name="account_reauthenticate"),
    path("compte/mot-de-passe/", account.password_change, name="account_change_password"),
    path("compte/mot-de-passe/definir/", account.password_set, name="account_set_password"),
    path("compte/mot-de-passe/oublie/", account.password_reset, name="account_reset_password"),
    path("compte/mot-de-passe/oublie/envoye/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "compte/mot-de-passe/oublie/<str:uidb36>-<str:key>/",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "compte/mot-de-passe/oublie/fini/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("compte/adresse/", account.email, name="account_email"),
    path("compte/inscription/", to_login, name="account_signup"),
    path("compte/double-facteur/authentifier/", mfa.authenticate, name="mfa_authenticate"),
    path("compte/double-facteur/", include("allauth.mfa.urls")),
]
