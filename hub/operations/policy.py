"""The Content-Security-Policy: strict for the public site, with inline scripts allowed in the admin only.

Wagtail's date choosers and inline panels write inline scripts; previews, which show public pages, keep the strict
policy because they are served by the page's own template.
"""

from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponseBase

_ADMIN = ("/admin/",)
_ADMIN_POLICY = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
}
_PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class ContentPolicyMiddleware(CSPMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith(_ADMIN) and "/preview/" not in request.path:
            response._csp_replace = {**_ADMIN_POLICY, **getattr(response, "_csp_replace", {})}  # type: ignore[attr-defined]
        response.setdefault("Permissions-Policy", _PERMISSIONS)
        return super().process_response(request, response)
