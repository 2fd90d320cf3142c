"""Contributions and Wagtail's own workflow: a moderator approves, or asks for changes with a word.

Wagtail writes to moderators while the transaction is still open, so a mail server that is down would take the
contribution with it. Of contributions ``hub.submissions.mail`` tells them, after the commit.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.mail import (
    GroupApprovalTaskStateSubmissionEmailNotifier,
    WorkflowStateSubmissionEmailNotifier,
)
from wagtail.models import GroupApprovalTask, Page, TaskState, Workflow, WorkflowState, WorkflowTask
from wagtail.signals import task_submitted, workflow_submitted

from casestudies.models import CaseStudyPage, Contribution
from hub.submissions.mail import TEAM_GROUP, TEAM_LANGUAGE


def ensure_workflow() -> Workflow:
    """The active workflow in which moderators approve, whatever they call it; made when there is none."""
    group = Group.objects.get_or_create(name=TEAM_GROUP)[0]
    tasks = GroupApprovalTask.objects.filter(groups=group, active=True)
    workflow = Workflow.objects.filter(active=True, workflow_tasks__task__in=tasks).order_by("pk").first()
    if workflow is None:
        with override(TEAM_LANGUAGE):
            name = _("Reading of first-hand accounts")
        workflow = Workflow.objects.create(name=name)
        task = GroupApprovalTask.objects.create(name=name)
        task.groups.add(group)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow


def submit(page: CaseStudyPage) -> None:
    """Give the latest revision to the moderators, in place of one that they may be reading."""
    cancel(page)
    ensure_workflow().start(page, user=None)


def cancel(page: CaseStudyPage) -> None:
    state = page.current_workflow_state
    if state is not None:
        state.cancel(user=None)


def unread_for(user: Any, chosen: Iterable[Page], with_descendants: bool) -> list[Page]:
    """Those of the chosen pages that wait for moderators and are locked for this user meanwhile."""
    waiting = Contribution.objects.filter(decided_at=None).exclude(status=Contribution.Status.WITHDRAWN)
    pages = CaseStudyPage.objects.filter(pk__in=waiting.values("page"))
    found = pages.filter(pk__in=[page.pk for page in chosen])
    if with_descendants:
        found = found | pages.filter(reduce(or_, (Q(path__startswith=page.path) for page in chosen)))
    locks = [(page, page.get_lock()) for page in found]
    return [page for page, lock in locks if lock is not None and lock.for_user(user)]


# --- Wagtail's notices, without those about contributions ---

_NOTICES = (
    (
        task_submitted,
        TaskState,
        GroupApprovalTaskStateSubmissionEmailNotifier(),
        "group_approval_task_submitted_email_notification",
    ),
    (
        workflow_submitted,
        WorkflowState,
        WorkflowStateSubmissionEmailNotifier(),
        "workflow_state_submitted_email_notification",
    ),
)


def _is_contribution(instance: Any) -> bool:
    state = instance.workflow_state if isinstance(instance, TaskState) else instance
    if state.requested_by_id is not None or state.content_type.model_class() is not CaseStudyPage:
        return False
    return Contribution.objects.filter(page_id=int(state.object_id)).exists()


class _Notice:
    def __init__(self, notifier: Any) -> None:
        self.notifier = notifier

    def __call__(self, instance: Any, **kwargs: Any) -> None:
        if not _is_contribution(instance):
            self.notifier(instance=instance, **kwargs)


def take_over_notices() -> None:
    """Called before Wagtail's admin is ready: its own receivers have these names, and a name is taken once."""
    for signal, sender, notifier, name in _NOTICES:
        signal.connect(_Notice(notifier), sender=sender, dispatch_uid=name, weak=False)
