"""Settings of the test-suite: nothing outside the process but the database and temporary folders."""

import os
import tempfile
from pathlib import Path

_scratch = Path(tempfile.mkdtemp(prefix="relais-test-"))
os.environ["SEARCH_INDEX_DIR"] = str(_scratch / "search")
os.environ["MEDIA_ROOT"] = str(_scratch / "media")
os.environ["CACHE_URL"] = "locmemcache://"
os.environ["EMAIL_URL"] = "memorymail://"
os.environ.setdefault("SECRET_KEY", "only-for-tests")

from hub.settings.base import *  # noqa: E402

SECRET_KEY = os.environ["SECRET_KEY"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["*"]
SEARCH_REPAIR = False  # no thread outlives its test
