"""Small files at fixed addresses."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone


def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /compte/",
        "Disallow: /fr/recherche/",
        "Disallow: /en/search/",
        f"Sitemap: {settings.BASE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116. The contact is the operator's ``SECURITY_CONTACT``, or the legal notice, which names the publisher."""
    expires = (timezone.now() + timedelta(days=180)).replace(microsecond=0, second=0, minute=0, hour=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT or settings.BASE_URL + '/fr/mentions-legales/'}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: fr, en",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
