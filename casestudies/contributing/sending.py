"""What happens to a contribution: it arrives, is amended, is withdrawn. Each is one transaction."""

import datetime
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from casestudies.contributing import workflow
from casestudies.contributing.drafting import Draft
from casestudies.contributing.files import FilesForm, store
from casestudies.contributing.form import ContributionForm
from casestudies.models import (
    CaseStudyIndexPage,
    CaseStudyPage,
    Contribution,
    ContributionFile,
    ContributionPage,
)
from casestudies.models.contribution import KEPT_AFTER_WITHDRAWAL, KEPT_WITHOUT_DECISION
from hub.submissions.mail import TEAM, tell


def receive(page: ContributionPage, once: str, form: ContributionForm, files: FilesForm) -> Contribution:
    """Keep a contribution and hand its draft to the moderators. The same form sent twice gives the first one."""
    row = Contribution(once=once, language=page.locale.language_code)
    _fill(row, form)
    try:
        with transaction.atomic(), _files_of_this_attempt(row, files.attachments()):
            draft = Draft(row, form).write()
            _index(page).add_child(instance=draft)
            _hand_over(row, draft)
    except IntegrityError:
        first = Contribution.objects.filter(once=once).first()
        if first is None:
            raise
        return first
    return row


def amend(row: Contribution, form: ContributionForm, files: FilesForm, dropped: Collection[int] = ()) -> Contribution:
    """A new revision for the moderators to read; what is public stays as it is until they have."""
    _fill(row, form)
    row.amended_at, row.decided_at = timezone.now(), None
    if row.status == Contribution.Status.REFUSED:
        row.status = Contribution.Status.RECEIVED
    with transaction.atomic(), _files_of_this_attempt(row, files.attachments()):
        if row.page is None:
            draft = Draft(row, form).write()
            _index_of(row.language).add_child(instance=draft)
        else:
            latest = CaseStudyPage.objects.get(pk=row.page_id).get_latest_revision_as_object()
            draft = Draft(row, form, latest).write()
        taken_away = list(row.files.filter(pk__in=dropped))
        if draft.picture and any(each.is_shown_as(draft.picture) for each in taken_away):
            draft.picture, draft.picture_alt = None, ""
        _hand_over(row, draft)
        for each in taken_away:
            each.forget()
    return row


def withdraw(row: Contribution) -> None:
    """Off the site at once, in every language, and its sender erased. A draft that nobody could read is deleted; a
    page that was public, which others may link to, by the purge, so that editors can still mend a mistake."""
    with transaction.atomic():
        row.status, row.withdrawn_at, row.keep_until = Contribution.Status.WITHDRAWN, timezone.now(), None
        if row.was_public:
            row.keep_until = timezone.localdate() + KEPT_AFTER_WITHDRAWAL
            row.erase_sender()
            row.erase_pictures()
            for each in row.versions():
                workflow.cancel(each)
                each.unpublish()
                # A version that waits for its hour is not live yet, and unpublishing leaves that hour standing.
                each.revisions.update(approved_go_live_at=None)
        else:
            row.forget()
        tell(row, TEAM)


# --- Parts ---


def _fill(row: Contribution, form: ContributionForm) -> None:
    answers, moment = form.cleaned_data, timezone.now()
    row.organisation_name, row.name = answers["organisation"], answers["name"]
    row.role, row.email = answers["role"], answers["email"]
    row.may_be_named, row.has_photo_rights = answers["may_be_named"], answers["photo_rights"]
    row.agreed_to_publish_at = moment
    row.answers = form.kept()
    row.keep_until = _last_day(moment)


def _last_day(moment: datetime.datetime) -> datetime.date:
    return timezone.localdate(moment) + KEPT_WITHOUT_DECISION


def _hand_over(row: Contribution, draft: CaseStudyPage) -> None:
    row.page = draft
    row.save()
    draft.save_revision(log_action=True, clean=True)
    workflow.submit(draft)
    tell(row)


@contextmanager
def _files_of_this_attempt(row: Contribution, attachments: list[tuple[UploadedFile, str]]) -> Iterator[None]:
    """The files are stored once the rest holds; what was written of an attempt that fails is taken away again."""
    kept: list[ContributionFile] = []
    try:
        yield
        for file, alternative in attachments:
            kept.append(store(row, file, alternative))
    except BaseException:
        for each in kept:
            each.file.delete(save=False)
        raise


def _index(page: ContributionPage) -> Any:
    return CaseStudyIndexPage.objects.get(pk=page.get_parent().pk)


def _index_of(language: str) -> Any:
    return CaseStudyIndexPage.objects.filter(locale__language_code=language).order_by("path")[0]
