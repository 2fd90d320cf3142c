"""What each role may do in the sections of others, and who decides on what waits for approval."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Page, PageViewRestriction, Workflow, WorkflowPage, WorkflowTask

from hub.accounts.roles import ROLES
from tests.factories.forms import editor_form
from tests.factories.hub import Hub
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db

# Whose the sections are. Moderator and administrator write everywhere; the translator changes drafts everywhere.
SECTIONS = {
    "case": "editor",
    "tool": "editor",
    "event": "editor",
    "step": "editor",
    "plain": "editor",
    "explainer": "legal",
    "campaign": "campaigns",
}
WRITERS = {kind: {owner, "moderator", "admin"} for kind, owner in SECTIONS.items()}
EVERYBODY = ("admin", *ROLES)


@pytest.fixture
def pages(hub: Hub) -> dict[str, Page]:
    """One live page in each section, and a user in each role."""
    made = {
        "case": hub.case(title="Alençon"),
        "tool": hub.library("dossier", title="Un dossier", slug="dossier"),
        "event": hub.feedback_event(title="Un an après"),
        "step": hub.step(title="Faire le point"),
        "plain": hub.plain(title="À propos"),
        "explainer": hub.explainer(title="Refus"),
        "campaign": hub.campaign(title="Essayez"),
    }
    call_command("create_demo_users", password=PASSWORD, verbosity=0)
    return made


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username=role), "django.contrib.auth.backends.ModelBackend")
    return client


def fresh(page: Page) -> Page:
    return Page.objects.get(pk=page.pk)


def is_open(response: Any) -> bool:
    where = response.get("Location", "")
    shut = response.status_code == 403 or (response.status_code == 302 and where == reverse("wagtailadmin_home"))
    assert shut or response.status_code in (200, 302), response.status_code
    return not shut


def act(client: Client, name: str, page: Page, *arguments: Any, **data: Any) -> bool:
    """Open an address of the page, then use it. Whether it was open both times; it must not be open once."""
    url = reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *arguments])
    seen, done = is_open(client.get(url)), is_open(client.post(url, data))
    assert seen == done, url
    return done


@pytest.mark.parametrize("role", EVERYBODY)
def test_pages_of_others_are_not_opened_for_writing(pages: dict[str, Page], role: str) -> None:
    client = signed_in(role)
    opened = {kind for kind, page in pages.items() if is_open(client.get(_edit(page)))}
    assert opened == {kind for kind in pages if role in WRITERS[kind] | {"translator"}}


def _edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.mark.parametrize("role", EVERYBODY)
def test_what_is_sent_to_a_page_of_others_changes_nothing(pages: dict[str, Page], role: str) -> None:
    client = signed_in(role)
    for kind, page in pages.items():
        if role not in WRITERS[kind] | {"translator"}:
            assert not is_open(client.post(_edit(page), {"title": "Pris", "slug": "pris", "action-publish": "1"}))
            assert fresh(page).title == page.title
            assert fresh(page).latest_revision_id == page.latest_revision_id


@pytest.mark.parametrize("role", EVERYBODY)
def test_pages_of_others_are_neither_taken_down_nor_moved_nor_hidden(
    pages: dict[str, Page], hub: Hub, role: str
) -> None:
    client = signed_in(role)
    for kind, page in pages.items():
        owns = role in WRITERS[kind]
        privacy = {"restriction_type": PageViewRestriction.LOGIN}
        assert is_open(client.post(_privacy(page), privacy)) is owns, kind
        assert PageViewRestriction.objects.filter(page=page).exists() is owns, kind
        assert act(client, "unpublish", page) is owns, kind
        assert fresh(page).live is not owns, kind
        elsewhere = hub.home["fr"]
        if not owns:
            moved = client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, elsewhere.pk]))
            assert not is_open(moved), kind
            assert fresh(page).path == page.path
        assert act(client, "delete", page) is owns, kind
        assert Page.objects.filter(pk=page.pk).exists() is not owns, kind


def _privacy(page: Page) -> str:
    return reverse("wagtailadmin_pages:set_privacy", args=[page.pk])


@pytest.mark.parametrize("role", EVERYBODY)
def test_nothing_is_added_to_the_sections_of_others(pages: dict[str, Page], role: str) -> None:
    client = signed_in(role)
    for kind in ("case", "event", "step", "explainer", "campaign"):
        page = pages[kind]
        parent = page.get_parent()
        model = page.specific_class._meta
        url = reverse("wagtailadmin_pages:add", args=[model.app_label, model.model_name, parent.pk])
        allowed = role in WRITERS[kind]
        assert is_open(client.get(url)) is allowed, kind
        if not allowed:
            assert not is_open(client.post(url, {"title": "Intrus", "slug": "intrus", "action-publish": "1"}))
    assert not Page.objects.filter(title="Intrus").exists()


@pytest.mark.parametrize("role", EVERYBODY)
def test_locks_are_the_moderators(pages: dict[str, Page], role: str) -> None:
    client, page = signed_in(role), pages["case"]
    client.post(reverse("wagtailadmin_pages:lock", args=[page.pk]))
    assert fresh(page).locked is (role in ("admin", "moderator"))


@pytest.mark.parametrize("role", EVERYBODY)
def test_a_copy_of_a_page_goes_live_only_where_one_may_publish(pages: dict[str, Page], role: str) -> None:
    client = signed_in(role)
    for kind in ("case", "explainer", "campaign"):
        page, parent = pages[kind], pages[kind].get_parent()
        data = {"new_title": f"Copie {kind}", "new_slug": f"copie-{kind}", "new_parent_page": parent.pk}
        client.post(
            reverse("wagtailadmin_pages:copy", args=[page.pk]),
            {**data, "publish_copies": "on", "copy_subpages": "", "alias": ""},
        )
        copied = Page.objects.filter(title=f"Copie {kind}").first()
        assert (copied is not None) is (role in WRITERS[kind]), kind


# --- Approval ---


@pytest.fixture
def waiting(hub: Hub, pages: dict[str, Page]) -> Page:
    """An unpublished case in the hands of the moderators."""
    workflow = Workflow.objects.create(name="Relecture")
    task = GroupApprovalTask.objects.create(name="Relecture")
    task.groups.add(Group.objects.get(name="moderator"))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=hub.home["fr"])
    page = hub.case(title="Un récit", live=False)
    page.save_revision()
    workflow.start(page, user=None)
    return page


@pytest.mark.parametrize("role", EVERYBODY)
def test_moderators_approve_and_nobody_else(
    waiting: Page, role: str, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    state = waiting.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[waiting.pk, "approve", state.pk])
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(role).post(url)
    assert fresh(waiting).live is (role in ("admin", "moderator"))


@pytest.mark.parametrize("role", EVERYBODY)
def test_what_waits_for_the_moderators_is_published_by_nobody_else(
    waiting: Page, role: str, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    """Not even by an editor, who publishes other cases: approval would be for show."""
    client = signed_in(role)
    opened = client.get(_edit(waiting))
    data = {"title": waiting.title, "slug": waiting.slug}
    if opened.status_code == 200 and b"page-edit-form" in opened.content:
        data = editor_form(opened.content, waiting, title="Un récit relu")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(_edit(waiting), {**data, "action-publish": "action-publish"})
    assert fresh(waiting).live is (role in ("admin", "moderator"))


@pytest.mark.parametrize("role", ["editor", "translator"])
def test_who_writes_may_ask_the_moderators(
    hub: Hub, waiting: Page, role: str, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    page = hub.case(title="Un autre récit", live=False)
    page.save_revision()
    client = signed_in(role)
    data = editor_form(client.get(_edit(page)).content, page, title="Un autre récit relu")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(_edit(page), {**data, "action-submit": "action-submit"})
    page = page.specific_class.objects.get(pk=page.pk)
    assert not page.live
    assert page.current_workflow_state is not None
