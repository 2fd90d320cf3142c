"""The door of a public form: against robots, replays and floods, without a cookie and without any address kept.

A form that is opened gets a serial number, signed with the time. It travels in a hidden field from step to step and
becomes ``Submission.once``, so that the same form sent twice makes one row. What a view does with it::

    guard = Guard("mentoring", request)
    if first := guard.sent_before(MentoringRequest):
        ...  # answer with the first one's receipt
    if form.is_valid() and not (problem := guard.check()):
        MentoringRequest.objects.create(once=guard.serial, ...)

and its template includes ``submissions/guard.html``. ``check`` counts the sending: ask it once, last of all. The page
must stay out of every cache (``uncached``): two visitors with the same number would be taken for one.
"""

import hashlib
import hmac
import ipaddress
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hub.submissions.models import Submission

TOKEN, HONEYPOT = "form_token", "homepage"
YOUNGEST, OLDEST = 3, 24 * 3600  # seconds between opening a form and sending it
A_DAY_AND_MORE = 3 * 24 * 3600
_HOUR = 3600
Sent = TypeVar("Sent", bound=Submission)
Response = TypeVar("Response", bound=HttpResponse)


class Guard:
    """``per_address`` and ``in_all`` are how many forms may be sent in an hour from one address, and by everybody."""

    def __init__(self, form: str, request: HttpRequest, *, per_address: int = 5, in_all: int = 100) -> None:
        self.form, self.per_address, self.in_all = form, per_address, in_all
        self._request = request
        self._signer = signing.TimestampSigner(salt=f"hub.submissions.{form}")
        self.serial = self.token = ""
        self.problem = self._read(request.POST.get(TOKEN, ""))
        if not self.serial:
            self.renew()

    def renew(self) -> None:
        self.serial = secrets.token_urlsafe(16)
        self.token = self._signer.sign(self.serial)

    def _read(self, token: str) -> str | Promise:
        """Take the serial number from a token. What is wrong with it, if anything, in words."""
        if not token:
            return _("The form had lost its mark. It has a new one: please send it once more.")
        try:
            serial = self._signer.unsign(token, max_age=A_DAY_AND_MORE)
        except signing.SignatureExpired:
            return self._too_old
        except signing.BadSignature:
            return _("The form’s mark was not ours. It has a new one: please send it once more.")
        self.serial, self.token = serial, token
        try:
            self._signer.unsign(token, max_age=OLDEST)
        except signing.SignatureExpired:
            return self._too_old
        return ""

    _too_old = _("The form was opened more than a day ago. It has been renewed: please send it once more.")

    # --- What a view asks ---

    def sent_before(self, model: type[Sent]) -> Sent | None:
        """The row that this very form made when it was first sent."""
        return model._default_manager.filter(once=self.serial).first()

    def check(self) -> str | Promise:
        """Why the form is not taken now, in words; empty when it is. The token shown again is good then."""
        if self.problem:
            self.renew()
            return self.problem
        if self._request.POST.get(HONEYPOT, "").strip():
            return _(
                "A field that is hidden from people was filled in, perhaps by your browser. "
                "It is empty again: please send the form once more."
            )
        if self._is_young():
            return _("That was very quick. Please wait a few seconds and send the form once more.")
        if not self._within_limits():
            return _("Many forms have been sent in the last hour. Please try again in an hour; keep this page open.")
        return ""

    @contextmanager
    def first_time(self) -> Iterator[bool]:
        """Whether just this was not sent before. For a form that makes no row of its own: pressed twice, it counts
        once. What fails may be sent again."""
        files = [(name, file.name, file.size) for name in self._request.FILES for file in self._files(name)]
        sent = [*sorted(self._request.POST.lists()), *files]
        key = f"submissions-sent-{hashlib.sha256(repr(sent).encode(errors='replace')).hexdigest()}"
        is_first = bool(cache.add(key, 1, timeout=OLDEST))
        try:
            yield is_first
        except BaseException:
            if is_first:
                cache.delete(key)
            raise

    def _files(self, name: str) -> list[Any]:
        return self._request.FILES.getlist(name)

    def _is_young(self) -> bool:
        try:
            self._signer.unsign(self.token, max_age=YOUNGEST)
        except signing.SignatureExpired:
            return False
        return True

    # --- Counting without keeping an address ---

    def _within_limits(self) -> bool:
        """Both counters live in the cache for an hour, under a name that cannot be traced back to an address."""
        hour = int(time.time()) // _HOUR
        address = client_network(self._request)
        if address and _counted(f"{self.form}-{_nameless(address, hour)}") > self.per_address:
            return False
        return _counted(f"{self.form}-{hour}") <= self.in_all


def uncached(response: Response) -> Response:
    response["Cache-Control"] = "no-store"
    return response


def _counted(name: str) -> int:
    key = f"submissions-{name}"
    cache.add(key, 0, timeout=_HOUR)
    try:
        return cache.incr(key)
    except ValueError:  # it expired in between
        return 1


def _nameless(address: str, hour: int) -> str:
    """A keyed hash whose key changes every hour: nobody can ask the cache about an address afterwards."""
    key = f"{settings.SECRET_KEY}{hour}".encode()
    return hmac.new(key, address.encode(), "sha256").hexdigest()[:32]


def client_network(request: HttpRequest) -> str:
    """Where a request comes from: an IPv4 address, or the /64 of an IPv6 one. Empty when that cannot be known.

    Behind a proxy of ours, which has a private address, the last public address of ``X-Forwarded-For`` counts: the
    proxy wrote it. If it wrote none, everybody would share the proxy's address and its limit: then only the ceiling
    for everybody holds. A server that is bound to a socket names no address either, and has a proxy in front.
    """
    behind = request.headers.get("X-Forwarded-For", "").split(",")
    for text in [request.META.get("REMOTE_ADDR") or "127.0.0.1", *reversed(behind)]:
        try:
            address = ipaddress.ip_address(text.strip())
        except ValueError:
            return ""
        if address.is_global:
            return str(address) if address.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))
    return ""
