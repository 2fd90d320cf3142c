"""The hub as the public meets it: HTTPS, hashed static files, secrets from the environment only."""

from hub.settings.base import *
from hub.settings.base import BASE_URL, env

SECRET_KEY = env.str("SECRET_KEY")

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# `make serve` shows production on http://localhost; everywhere else the hub is reached over HTTPS.
HTTPS = BASE_URL.startswith("https://")
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_TRUSTED_ORIGINS = [BASE_URL]
# A probe from the machine itself asks over plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^-/(live|ready)$"]
