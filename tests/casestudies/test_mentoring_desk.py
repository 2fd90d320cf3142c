"""What moderators do with requests, and that two at once neither send twice nor overfill a year."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from casestudies.models import MentorContact, MentoringCount, MentoringRequest
from hub.accounts.roles import ensure_roles
from tests.casestudies.mentors import MENTOR, SENDER, Visitor, open_case, soup
from tests.factories.forms import editor_form
from tests.factories.hub import Hub
from tests.factories.people import user

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
NEEDED = [f"{verb}_mentorcontact" for verb in ("view", "add", "change", "delete")]
NEEDED += [f"{verb}_mentoringrequest" for verb in ("view", "change", "delete")]


def signed_in(role: str, name: str = "") -> Client:
    """A person of a role, as the roles stand, with what moderators need for the relay."""
    ensure_roles()
    Group.objects.get(name="moderator").permissions.add(
        *Permission.objects.filter(content_type__app_label="casestudies", codename__in=NEEDED)
    )
    person = user(name or role)
    person.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def asked(hub: Hub, client: Client) -> MentoringRequest:
    """A request that waits."""
    case = open_case(hub, mentoring_per_year=2)
    Visitor(client, hub.library("mentoring").get_url(), case.slug).send()
    return MentoringRequest.objects.get()


def address(name: str, row: MentoringRequest) -> str:
    return reverse(f"mentoring_requests:{name}", args=[row.pk])


def said(response: Any) -> str:
    return " ".join(each.get_text(" ", strip=True) for each in soup(response).select(".messages li"))


def test_passing_on_asks_once_more_then_sends_with_the_answer_going_to_the_sender(
    asked: MentoringRequest, django_capture_on_commit_callbacks: Any
) -> None:
    moderator = signed_in("moderator")
    shown = soup(moderator.get(address("inspect", asked)))
    assert SENDER in shown.get_text() and asked.message in shown.get_text()
    assert shown.select_one(f'a[href="{address("pass_on", asked)}"]')
    assert moderator.get(address("pass_on", asked)).status_code == 200
    assert mail.outbox == []
    with django_capture_on_commit_callbacks(execute=True):
        moderator.post(address("pass_on", asked))
    sent = next(each for each in mail.outbox if each.to == [MENTOR])
    assert sent.reply_to == [SENDER] and asked.message in sent.body and sent.bcc == []
    told = next(each for each in mail.outbox if each.to == [SENDER])
    assert MENTOR not in told.body + str(told.message()) and "Secret" not in told.body
    asked.refresh_from_db()
    assert asked.status == "forwarded" and asked.forwarded_at and asked.handled_by == "moderator"
    count = MentoringCount.objects.get()
    assert (count.received, count.forwarded, count.refused) == (1, 1, 0)


def test_a_second_moderator_does_not_send_it_again(asked: MentoringRequest) -> None:
    signed_in("moderator").post(address("pass_on", asked))
    other = signed_in("moderator", "other")
    for name in ("pass_on", "refuse"):
        response = other.post(address(name, asked), {"word": "Non"}, follow=True)
        assert said(response)
    assert [each.to for each in mail.outbox] == [[MENTOR]]
    asked.refresh_from_db()
    assert (asked.status, asked.handled_by, MentoringCount.objects.get().refused) == ("forwarded", "moderator", 0)


def test_while_the_mail_server_is_down_nothing_is_noted(asked: MentoringRequest, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    moderator = signed_in("moderator")
    assert said(moderator.post(address("pass_on", asked), follow=True))
    asked.refresh_from_db()
    assert (asked.status, asked.forwarded_at, asked.handled_by) == ("received", None, "")
    assert MentoringCount.objects.get().forwarded == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    moderator.post(address("pass_on", asked))
    assert [each.to for each in mail.outbox] == [[MENTOR]]


def test_without_a_contact_there_is_nobody_to_pass_it_on_to(asked: MentoringRequest) -> None:
    MentorContact.objects.all().delete()
    moderator = signed_in("moderator")
    page = soup(moderator.get(address("pass_on", asked)))
    assert page.select_one(f'a[href="{reverse("mentor_contacts:add")}"]')
    assert page.select("main form[method=post] button[type=submit].button") == [] and mail.outbox == []
    assert said(moderator.post(address("pass_on", asked), follow=True))
    asked.refresh_from_db()
    assert asked.status == "received"


def test_not_passing_on_takes_a_word_and_gives_the_place_back(
    asked: MentoringRequest, django_capture_on_commit_callbacks: Any
) -> None:
    moderator = signed_in("moderator")
    assert moderator.post(address("refuse", asked), {"word": " "}).status_code == 200
    asked.refresh_from_db()
    assert asked.status == "received"
    with django_capture_on_commit_callbacks(execute=True):
        moderator.post(address("refuse", asked), {"word": "Ce n’est pas une question de télétravail."})
    (told,) = (each for each in mail.outbox if each.to == [SENDER])
    assert "Ce n’est pas une question de télétravail." in told.body
    assert not [each for each in mail.outbox if MENTOR in each.recipients()]
    count = MentoringCount.objects.get()
    assert (count.received, count.forwarded, count.refused) == (1, 0, 1)


def test_the_place_given_back_can_be_taken(hub: Hub, client: Client) -> None:
    case = open_case(hub, mentoring_per_year=1)
    url = hub.library("mentoring").get_url()
    Visitor(client, url, case.slug).send()
    assert soup(client.get(url, {"case": case.slug})).select(".mentor-trouble")
    row = MentoringRequest.objects.get()
    signed_in("moderator").post(address("refuse", row), {"word": "Déjà posée."})
    again = Visitor(client, url, case.slug)
    again.send()
    assert again.was_received


@pytest.mark.parametrize("role", ["editor", "legal", "campaigns", "translator"])
def test_nobody_else_reads_requests_or_contacts(asked: MentoringRequest, role: str) -> None:
    person = signed_in(role)
    contact = MentorContact.objects.get()
    addresses = [address(name, asked) for name in ("inspect", "pass_on", "refuse", "delete")]
    addresses += [reverse(f"{name}:index") for name in ("mentoring_requests", "mentor_contacts", "mentoring_overview")]
    addresses += [reverse("mentor_contacts:add"), reverse("mentor_contacts:edit", args=[contact.pk])]
    for each in addresses:
        for response in (person.get(each), person.post(each, {"word": "x"})):
            assert response.status_code == 302, each
            assert MENTOR.encode() not in response.content and SENDER.encode() not in response.content
    asked.refresh_from_db()
    assert asked.status == "received" and mail.outbox == []
    menu = person.get("/admin/").content.decode()
    assert "/admin/mentoring/" not in menu


def test_moderators_find_requests_contacts_and_counts(asked: MentoringRequest) -> None:
    moderator = signed_in("moderator")
    assert "/admin/mentoring/requests/" in moderator.get("/admin/").content.decode()
    listed = soup(moderator.get(reverse("mentoring_requests:index")))
    assert listed.select_one(f'a[href="{address("inspect", asked)}"]')
    assert SENDER not in listed.get_text()
    overview = soup(moderator.get(reverse("mentoring_overview:index"))).get_text(" ", strip=True)
    assert "Vire" in overview and MENTOR not in overview
    assert MENTOR in str(moderator.get(reverse("mentor_contacts:edit", args=[MentorContact.objects.get().pk])).content)


def test_a_request_can_be_deleted_but_never_written_or_changed(asked: MentoringRequest) -> None:
    moderator = signed_in("moderator")
    base = reverse("mentoring_requests:index")
    for gone in ("new/", f"edit/{asked.pk}/", f"history/{asked.pk}/", f"usage/{asked.pk}/"):
        assert moderator.get(base + gone).status_code == 404
    assert moderator.get(address("delete", asked)).status_code == 200
    moderator.post(address("delete", asked))
    assert MentoringRequest.objects.count() == 0 and MentoringCount.objects.get().received == 1


def test_the_log_of_the_admin_names_nobody(asked: MentoringRequest) -> None:
    moderator = signed_in("moderator")
    contact = MentorContact.objects.get()
    moderator.post(address("delete", asked))
    moderator.post(reverse("mentor_contacts:delete", args=[contact.pk]))
    logged = " ".join(f"{entry.label} {entry.data}" for entry in ModelLogEntry.objects.all())
    assert logged
    for words in ("Secret", MENTOR, SENDER, "Camille", "Bocage"):
        assert words not in logged


def test_a_contact_is_noted_for_the_french_case_whichever_page_was_chosen(hub: Hub) -> None:
    case = open_case(hub, contact=False)
    english = hub.english(case, title="Vire in English", slug="vire-en")
    moderator = signed_in("moderator")
    data = {"page": str(english.pk), "name": "Dominique", "email": MENTOR, "agreed_on": "2026-11-02"}
    moderator.post(reverse("mentor_contacts:add"), data)
    assert MentorContact.objects.get().page_id == case.pk
    again = moderator.post(reverse("mentor_contacts:add"), {**data, "page": str(case.pk)})
    assert again.status_code == 200 and MentorContact.objects.count() == 1


def test_an_open_case_without_a_contact_warns_its_editor(hub: Hub) -> None:
    case = hub.case(title="Vire")
    editor = signed_in("editor")
    url = reverse("wagtailadmin_pages:edit", args=[case.pk])

    def saved(**changes: Any) -> str:
        data = editor_form(editor.get(url).content, case, **changes)
        return said(editor.post(url, data, follow=True))

    without = saved()
    warned = saved(mentoring_open="on")
    assert len(warned) > len(without)
    MentorContact.objects.create(page=case, name="D", email=MENTOR, agreed_on=datetime.date(2026, 11, 2))
    assert len(saved(mentoring_open="on")) == len(without)
