"""Every route of the hub on one screen."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.utils.translation import pgettext_lazy
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.views import serve

from hub.accounts import urls as accounts_urls
from hub.accounts.urls import to_login
from hub.api import api
from hub.home import audiences, errors, root
from hub.media.views import media
from hub.operations import health, wellknown
from hub.pages.origin import same_origin
from hub.search import views as search
from hub.sitemap import sitemap

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

urlpatterns = [
    path("", root.to_language),
    path("-/live", health.live),
    path("-/ready", health.ready),
    path("-/health", search.health),
    path("robots.txt", wellknown.robots),
    path("sitemap.xml", sitemap),
    path(".well-known/security.txt", wellknown.security),
    path("media/<path:path>", media),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v2/", api.urls),
    path("", include(accounts_urls)),
    path("admin/", include(wagtailadmin_urls)),
    *i18n_patterns(
        path(pgettext_lazy("url", "search/"), search.search, name="search"),
        path(pgettext_lazy("url", "search/suggestions/"), search.suggestions, name="search_suggestions"),
        path(pgettext_lazy("url", "audiences/"), audiences.audience_index, name="audience_index"),
        path(pgettext_lazy("url", "audiences/<slug:slug>/"), audiences.audience, name="audience"),
        path("_util/login/", to_login),  # Wagtail's login for readers takes a password alone
        re_path(wagtail_urls.serve_pattern, same_origin(serve), name="wagtail_serve"),
        path("", include(wagtail_urls)),
        prefix_default_language=True,
    ),
]
