"""Mail that waits and personal data that go, on what pioneers send."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.files.storage import storages
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from casestudies.models import Contribution, ContributionFile
from hub.accounts.roles import ensure_roles
from tests.casestudies.contributing import judge, shared, staff
from tests.factories import files
from tests.factories.hub import Hub
from tests.factories.people import user

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(hub: Hub) -> str:
    return str(hub.library("contribution").get_url())


@pytest.fixture
def moderator(hub: Hub) -> Client:
    hub.section("cases")
    return staff("moderator")


class Down:
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        pass

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError("camille@atelier.example was refused")


@pytest.fixture
def mail_is_down(settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Down"


@pytest.mark.usefixtures("mail_is_down")
def test_a_mail_server_that_is_down_loses_nothing_and_logs_nobody(
    client: Client,
    form: str,
    settings: Any,
    caplog: Any,
    capsys: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    user("wagtail-superuser", is_staff=True, is_superuser=True)
    with django_capture_on_commit_callbacks(execute=True):
        shared(client, form)
    row = Contribution.objects.get()
    assert row.receipt_sent_at is None and row.team_told_at is None and row.page.workflow_in_progress
    assert "mail waits" in caplog.text and "camille" not in caplog.text.lower()
    with pytest.raises(SystemExit) as left:
        call_command("send_waiting_mail")
    assert left.value.code == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    call_command("send_waiting_mail")
    assert len(mail.outbox) == 2
    call_command("send_waiting_mail")
    assert len(mail.outbox) == 2


def test_the_team_is_every_active_moderator_with_an_address(
    client: Client, form: str, moderator: Client, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    gone = user("parti", is_active=False)
    gone.groups.add(ensure_roles()["moderator"])
    with django_capture_on_commit_callbacks(execute=True):
        shared(client, form)
    team = next(each for each in mail.outbox if each.to == [settings.DEFAULT_FROM_EMAIL])
    assert team.bcc == ["moderator@example.org"]
    assert len(mail.outbox) == 2  # Wagtail's own notices would come on top


def test_personal_data_go_when_their_term_is_over(client: Client, form: str, moderator: Client, capsys: Any) -> None:
    own = shared(client, form, {"file_1": files.upload("a.pdf", files.PDF)})
    judge(moderator, "approve")
    kept = ContributionFile.objects.get().file.name
    call_command("purge_personal_data")
    assert Contribution.objects.get().email
    with time_machine.travel(timezone.now() + timedelta(days=181), tick=False):
        call_command("purge_personal_data", "--dry-run")
        assert Contribution.objects.get().email
        call_command("purge_personal_data")
        assert client.get(own).status_code == 404
    row = Contribution.objects.get()
    assert not (row.email or row.name or row.role or row.answers) and row.keep_until is None
    assert row.organisation_name == "Atelier du Bocage" and row.page.live
    assert not storages["private"].exists(kept)
    assert "1" in capsys.readouterr().out


def test_one_row_that_fails_keeps_no_other_from_its_term(
    client: Client, form: str, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    shared(client, form)
    shared(client, form)
    first, second = Contribution.objects.order_by("pk")
    forget = Contribution.forget

    def failing(self: Contribution) -> None:
        forget(self)
        if self.pk == first.pk:
            raise OSError("camille@atelier.example")

    monkeypatch.setattr(Contribution, "forget", failing)
    with (
        time_machine.travel(timezone.now() + timedelta(days=366), tick=False),
        pytest.raises(SystemExit) as ended,
    ):
        call_command("purge_personal_data")
    assert ended.value.code == 1 and "camille" not in caplog.text.lower()
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.email and not second.email
