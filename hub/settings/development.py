"""The hub on a developer's machine: `make run`. Pages, errors and policies are those of production."""

import secrets

from hub.settings.base import *
from hub.settings.base import VAR, env

DEBUG = env.bool("DEBUG", default=False)


def _local_secret() -> str:
    """One secret per checkout, made at the first start and kept out of the repository."""
    path = VAR / "secret_key"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", default="") or _local_secret()
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
