"""How many papers were written, month by month: the only thing that the hub knows about letters."""

from typing import ClassVar

from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from guides.letters.forms_words import KIND_NAMES
from guides.letters.papers import PaperKind
from guides.models import LettersMade


def _month(row: LettersMade) -> str:
    return formats.date_format(row.month, "YEAR_MONTH_FORMAT")


def _kind(row: LettersMade) -> str:
    return str(KIND_NAMES[PaperKind(row.kind)])


class PapersWrittenView(ReportView):
    model = LettersMade
    page_title = _("Papers written")
    header_icon = "mail"
    index_url_name = "papers_written"
    index_results_url_name = "papers_written_results"
    list_export: ClassVar[list[str]] = ["month", "kind", "language", "total"]
    columns: ClassVar[list[Column]] = [
        Column("month", label=_("Month"), accessor=_month),
        Column("kind", label=_("Paper"), accessor=_kind),
        Column("language", label=_("Language of the letter")),
        Column("total", label=_("How many")),
    ]


def urls() -> list[URLPattern]:
    return [
        path("reports/papers-written/", PapersWrittenView.as_view(), name="papers_written"),
        path(
            "reports/papers-written/results/",
            PapersWrittenView.as_view(results_only=True),
            name="papers_written_results",
        ),
    ]


def menu_item() -> MenuItem:
    return MenuItem(_("Papers written"), reverse("papers_written"), name="papers-written", icon_name="mail", order=1200)
