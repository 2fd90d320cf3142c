"""What moderators decide in Wagtail is noted on the contribution, and its sender is told."""

from typing import Any

from django.db.models.signals import pre_delete
from django.utils import timezone
from wagtail.models import WorkflowState
from wagtail.signals import page_published, page_unpublished, workflow_rejected

from casestudies.models import CaseStudyPage, Contribution
from casestudies.models.contribution import KEPT_AFTER_DECISION
from hub.submissions.mail import SENDER, tell


def _decide(page_id: int, status: str, word: str = "") -> None:
    open_ones = Contribution.objects.filter(page_id=page_id).exclude(status=Contribution.Status.WITHDRAWN)
    for row in open_ones:
        if status == row.status == Contribution.Status.PUBLISHED and not row.is_to_be_read and not word:
            continue  # an editor mended something: nothing that its sender waits for
        row.status, row.word_to_contributor = status, word[:1000]
        row.decided_at = timezone.now()
        fields = ["status", "word_to_contributor", "decided_at"]
        if row.keep_until is not None:  # else its term is over: nobody is left to be told
            row.keep_until = min(row.keep_until, timezone.localdate(row.decided_at) + KEPT_AFTER_DECISION)
            fields.append("keep_until")
        row.save(update_fields=fields)
        tell(row, SENDER)


def _published(instance: Any, **_kwargs: Any) -> None:
    _decide(instance.pk, Contribution.Status.PUBLISHED)


def _unpublished(instance: Any, **_kwargs: Any) -> None:
    _decide(instance.pk, Contribution.Status.REFUSED)


def _rejected(instance: WorkflowState, **_kwargs: Any) -> None:
    """ "Request changes": what the moderator wrote goes to the contributor. A page that is public stays so."""
    page = instance.content_object
    if instance.content_type.model_class() is CaseStudyPage:
        word = instance.current_task_state.comment if instance.current_task_state else ""
        _decide(page.pk, Contribution.Status.PUBLISHED if page.live else Contribution.Status.REFUSED, word)


def _deleted(instance: CaseStudyPage, **_kwargs: Any) -> None:
    _decide(instance.pk, Contribution.Status.REFUSED)


def connect() -> None:
    page_published.connect(_published, sender=CaseStudyPage, dispatch_uid="contribution-published")
    page_unpublished.connect(_unpublished, sender=CaseStudyPage, dispatch_uid="contribution-unpublished")
    workflow_rejected.connect(_rejected, sender=WorkflowState, dispatch_uid="contribution-rejected")
    pre_delete.connect(_deleted, sender=CaseStudyPage, dispatch_uid="contribution-deleted")
