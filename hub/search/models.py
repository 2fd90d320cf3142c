"""What search keeps in the database: the outbox, and what editors say of how search behaves."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class OutboxRow(models.Model):
    """One page that changed and one engine that is still to hear of it, written in the transaction of the change.

    It does not say what to do: that is read from the page when the row is drained, so rows may be drained twice or
    together without harm. No foreign key: the page may be gone by then.
    """

    engine = models.CharField(max_length=20, default="embedded")
    page_id = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["engine", "id"], name="outbox_by_engine")]

    def __str__(self) -> str:
        return f"page {self.page_id} for {self.engine}"


class Language(models.TextChoices):
    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")


class SynonymGroup(models.Model):
    """Terms that stand for one another in one language. Whoever types one finds the pages that hold another."""

    language = models.CharField(_("language"), max_length=5, choices=Language, default=Language.FRENCH)
    terms = models.TextField(
        _("terms"), max_length=2000, help_text=_("Separated by commas or line breaks; a term may hold several words.")
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("synonym group")
        verbose_name_plural = _("synonym groups")
        ordering = ["language", "terms"]

    def __str__(self) -> str:
        return ", ".join(self.words()[:6])

    def words(self) -> list[str]:
        return [term.strip() for line in self.terms.splitlines() for term in line.split(",") if term.strip()]


class PromotedResultQuerySet(models.QuerySet["PromotedResult"]):
    def running(self) -> "PromotedResultQuerySet":
        today = timezone.localdate()
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=today), Q(ends_on__isnull=True) | Q(ends_on__gte=today)
        )


class PromotedResult(models.Model):
    """A page that stands first when visitors type one of some queries, between two dates if editors say so."""

    language = models.CharField(_("language"), max_length=5, choices=Language, default=Language.FRENCH)
    queries = models.TextField(
        _("queries"),
        max_length=1000,
        help_text=_("One per line, as visitors type them; accents, capitals and plurals do not matter."),
    )
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True, help_text=_("Included."))
    position = models.PositiveSmallIntegerField(_("order"), default=1)

    objects = PromotedResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("promoted result")
        verbose_name_plural = _("promoted results")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.queries.splitlines()[0] if self.queries else ""


class MissedQuery(models.Model):
    """How often a query found nothing on one day.

    Nothing of the visitor is kept. The text itself is kept only once it was asked often enough to be nobody's own
    (``hub.search.misses``); until then ``digest``, keyed with the hub's secret, stands for it.
    """

    language = models.CharField(max_length=5)
    digest = models.CharField(max_length=64)
    day = models.DateField()
    count = models.PositiveIntegerField(default=1)
    text = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-day", "digest"]
        constraints = [models.UniqueConstraint(fields=["language", "digest", "day"], name="one_miss_per_day")]

    def __str__(self) -> str:
        return self.text or self.digest[:8]


class JudgedQuery(models.Model):
    """A query and the pages that it should find among the first three, by which search is measured."""

    language = models.CharField(_("language"), max_length=5, choices=Language, default=Language.FRENCH)
    text = models.CharField(_("query"), max_length=200)
    expected = models.TextField(
        _("expected"),
        max_length=4000,
        help_text=_("One regular expression a line, on the title and the address of a page; any of them will do."),
    )

    class Meta:
        verbose_name = _("judged query")
        verbose_name_plural = _("judged queries")
        ordering = ["language", "text"]
        constraints = [models.UniqueConstraint(fields=["language", "text"], name="one_judgement_per_query")]

    def __str__(self) -> str:
        return self.text


class Evaluation(models.Model):
    """The judged queries' score on one day, so that a change can be compared with what was before it.

    ``ranks`` maps "language query" to the rank of the first good result, or null.
    """

    taken_at = models.DateTimeField(_("taken"), auto_now_add=True)
    engine = models.CharField(_("engine"), max_length=20)
    hits = models.PositiveIntegerField(_("in the first three"))
    total = models.PositiveIntegerField(_("queries"))
    reciprocal_rank = models.FloatField(_("mean reciprocal rank"))
    ranks = models.JSONField(default=dict)

    class Meta:
        ordering = ["-taken_at"]

    def __str__(self) -> str:
        return f"{self.hits}/{self.total}"


class DocumentText(models.Model):
    """The words of an uploaded document, read once for each content: ``file_hash`` says of which."""

    document = models.OneToOneField(
        settings.WAGTAILDOCS_DOCUMENT_MODEL, on_delete=models.CASCADE, related_name="search_text"
    )
    file_hash = models.CharField(max_length=40)
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"document {self.document_id}"
