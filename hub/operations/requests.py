"""One identifier a request, in the logs and in the answer."""

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

_current: ContextVar[str] = ContextVar("request_id", default="-")
_logger = logging.getLogger("hub.requests")
_ACCEPTABLE = re.compile(r"^[A-Za-z0-9-]{8,64}$")


class RequestIdMiddleware:
    """Takes the proxy's ``X-Request-ID`` or makes one, and logs one line a request.

    The line holds method, path, status and no more: no query string (it may hold what somebody searched for), no
    address, no browser.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        identifier = given if _ACCEPTABLE.match(given) else uuid.uuid4().hex
        token = _current.set(identifier)
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = identifier
            if not request.path.startswith(("/static/", "/-/")):
                _logger.info(
                    "request", extra={"method": request.method, "path": request.path, "status": response.status_code}
                )
            return response
        finally:
            _current.reset(token)


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = _current.get()
        return True
