"""One row that says the starting content was loaded: from then on it belongs to the editors."""

from django.db import models


class ContentLoad(models.Model):
    finished_at = models.DateTimeField(auto_now_add=True)
    pages = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.pages} pages, {self.finished_at:%Y-%m-%d %H:%M}"
