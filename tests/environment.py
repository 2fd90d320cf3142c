"""The environment of a hub in a process of its own, with everything that it writes in one folder."""

import os
from pathlib import Path


def environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "hub.settings.development",
        "DEBUG": "false",
        "SECRET_KEY": "only-for-tests",
        "DATABASE_URL": f"sqlite:///{folder / 'hub.sqlite3'}",
        "SEARCH_INDEX_DIR": str(folder / "search"),
        "MEDIA_ROOT": str(folder / "media"),
        "CACHE_URL": f"filecache://{folder / 'cache'}",
        "EMAIL_URL": "memorymail://",
        "ELASTICSEARCH_URL": "",
        "LIBRETRANSLATE_URL": "",
    }
