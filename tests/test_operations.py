"""What operators and their machines ask: probes, small files, settings that hold, migrations that are complete."""

import datetime
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import OperationalError
from django.test import Client
from django.utils import timezone

from hub.operations import health

ROOT = Path(configured.ROOT)


# --- Probes ---


def test_live_asks_nothing_of_anybody(client: Client) -> None:
    """This test has no database: a query would fail it."""
    response = client.get("/-/live")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert not response.cookies


@pytest.mark.django_db
def test_ready_when_every_migration_is_applied(client: Client) -> None:
    assert client.get("/-/ready").status_code == 200


@pytest.mark.django_db
def test_not_ready_while_a_migration_waits(client: Client) -> None:
    MigrationRecorder(connection).record_unapplied("campaigns", "0002_initial")
    response = client.get("/-/ready")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "migrations": 1}


@pytest.mark.django_db
def test_not_ready_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_args: Any) -> None:
        raise OperationalError("zqpassword@host")

    monkeypatch.setattr(health, "MigrationExecutor", unreachable)
    response = client.get("/-/ready")
    assert response.status_code == 503
    assert b"zqpassword" not in response.content


@pytest.mark.django_db
def test_health_is_for_who_holds_the_token(client: Client, settings: Any) -> None:
    for token, given in (("", ""), ("", "Bearer "), ("zqtoken", ""), ("zqtoken", "Bearer autre")):
        settings.HEALTH_TOKEN = token
        assert client.get("/-/health", headers={"authorization": given}).status_code == 403
    assert client.get("/-/health", headers={"authorization": "Bearer zqtoken"}).status_code in (200, 503)


# --- Small files ---


def test_robots(client: Client, settings: Any) -> None:
    settings.BASE_URL = "https://relais.example"
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert "Disallow: /" not in lines
    assert "Sitemap: https://relais.example/sitemap.xml" in lines


@pytest.mark.parametrize("contact", ["", "mailto:securite@relais.example"])
def test_security_txt_as_rfc_9116_wants_it(client: Client, settings: Any, contact: str) -> None:
    settings.BASE_URL, settings.SECURITY_CONTACT = "https://relais.example", contact
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"].startswith("text/plain")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert fields["Contact"] == (contact or "https://relais.example/fr/mentions-legales/")
    assert fields["Canonical"] == "https://relais.example/.well-known/security.txt"
    expires = datetime.datetime.fromisoformat(fields["Expires"])
    assert timezone.now() < expires < timezone.now() + datetime.timedelta(days=366)


# --- Settings ---


def manage(tmp_path: Path, *arguments: str, without: str = "") -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, with production settings."""
    env = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "hub.settings.production",
        "BASE_URL": "https://relais.example",
        "ALLOWED_HOSTS": "relais.example",
        "SECRET_KEY": "clef-longue-et-sans-rime-" * 3,
        "DATABASE_URL": f"sqlite:///{tmp_path}/production.sqlite3",
        "SEARCH_INDEX_DIR": str(tmp_path / "search"),
        "MEDIA_ROOT": str(tmp_path / "media"),
        "CACHE_URL": "locmemcache://",
        "EMAIL_URL": "memorymail://",
    }
    env.pop(without, None)
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)


def test_production_passes_the_deployment_checks(tmp_path: Path) -> None:
    result = manage(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


def test_production_does_not_start_without_its_secret(tmp_path: Path) -> None:
    result = manage(tmp_path, "manage.py", "check", without="SECRET_KEY")
    assert result.returncode != 0
    assert "SECRET_KEY" in result.stderr


VISIT = """
import django; django.setup()
from django.test import Client
client = Client(headers={"host": "relais.example"})
print(client.get("/-/live").status_code)
first = client.get("/robots.txt"); print(first.status_code, first["Location"])
behind_the_proxy = client.get("/robots.txt", headers={"x-forwarded-proto": "https"})
print(behind_the_proxy.status_code, behind_the_proxy["Strict-Transport-Security"])
"""


def test_production_speaks_https_only_but_to_probes(tmp_path: Path) -> None:
    result = manage(tmp_path, "-c", VISIT)
    assert result.returncode == 0, result.stderr
    live, plain, secure = result.stdout.splitlines()
    assert live == "200"
    assert plain == "301 https://relais.example/robots.txt"
    assert secure == "200 max-age=31536000; includeSubDomains; preload"


def test_every_variable_that_settings_read_is_in_the_example() -> None:
    read = set()
    for path in (ROOT / "hub" / "settings").glob("*.py"):
        if path.stem != "test":
            read |= set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", path.read_text()))
    listed = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))
    assert {"SECRET_KEY", "DATABASE_URL"} <= read
    assert read == listed


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
