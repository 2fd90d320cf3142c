"""Work of search that a worker may do. Without a worker it is done at once, by whoever asks for it."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from hub.search import outbox

_AGAIN = timedelta(seconds=30)


@task(backend="search", queue_name="search")
def bring_changes() -> None:
    """Bring waiting changes to the engines. A worker tries again until they are all there."""
    if not settings.SEARCH_WORKER:
        outbox.drain_hurriedly()
        return
    _drained, failures = outbox.drain_all()
    if failures and not _is_due_later():
        bring_changes.using(run_after=timezone.now() + _AGAIN).enqueue()


def _is_due_later() -> bool:
    """Whether another try is already planned: one is enough, however many publications there were meanwhile."""
    from django_tasks_db.models import DBTaskResult

    planned = DBTaskResult.objects.filter(task_path=bring_changes.module_path, run_after__gt=timezone.now())
    return bool(planned.filter(status="READY").exists())
