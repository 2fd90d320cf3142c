"""The outbox: pages whose place in the index is to be looked at again."""

from django.db import models


class OutboxRow(models.Model):
    """One page that changed, written in the transaction of the change itself.

    It does not say what to do: that is read from the page when the row is drained, so rows may be drained twice or
    together without harm. No foreign key: the page may be gone by then.
    """

    page_id = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"page {self.page_id}"
