"""What pioneers send through the public form, and what became of it."""

import datetime
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.files.storage import storages
from django.db import models
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casestudies.models.case import CaseStudyPage
from casestudies.models.organisation import Organisation
from casestudies.models.tools import FOLLOW, ContributionPage
from hub.media.models import HubImage
from hub.pages.links import public_path, root_paths
from hub.pages.models import HubPage
from hub.submissions.models import Mail, Submission

# Personal data go when the case has been published or refused this long, and at the latest this long after it was sent.
KEPT_AFTER_DECISION = datetime.timedelta(days=180)
KEPT_WITHOUT_DECISION = datetime.timedelta(days=365)
# A page that was public and is withdrawn stays an unpublished draft this long, then it is deleted.
KEPT_AFTER_WITHDRAWAL = datetime.timedelta(days=30)
_LINKS = signing.Signer(salt="casestudies.contribution.follow")


def _path(page: HubPage) -> str:
    return public_path(page.url_path, page.locale.language_code, root_paths())


def private_storage() -> Any:
    """Files that no public address serves."""
    return storages["private"]


class Contribution(Submission):
    """An account sent by a pioneer. Its case is an unpublished page in moderation, written from ``answers``."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("received, to be read")
        PUBLISHED = "published", _("published")
        REFUSED = "refused", _("not published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    page = models.ForeignKey(
        CaseStudyPage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("case")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.RECEIVED)
    organisation_name = models.CharField(_("organisation"), max_length=120)
    role = models.CharField(_("function"), max_length=120, blank=True)
    answers = models.JSONField(_("answers"), default=dict)
    agreed_to_publish_at = models.DateTimeField(_("agreed to publication"), null=True, blank=True)
    has_photo_rights = models.BooleanField(_("holds the rights to the pictures"), default=False)
    may_be_named = models.BooleanField(_("may be named"), default=False)
    amended_at = models.DateTimeField(_("amended"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    word_to_contributor = models.TextField(
        _("word to the contributor"), max_length=1000, blank=True, help_text=_("Shown on their page and in the mail.")
    )

    class Meta(Submission.Meta):
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")

    def __str__(self) -> str:
        return self.organisation_name or f"{self._meta.verbose_name} {self.reference.hex[:8]}"

    # --- How it stands ---

    @property
    def is_to_be_read(self) -> bool:
        """Whether moderators still have to read what was sent last: ``decided_at`` is about that."""
        return self.decided_at is None and self.status in (self.Status.RECEIVED, self.Status.PUBLISHED)

    @property
    def is_forgotten(self) -> bool:
        """Whether the term is over and nobody can be told apart any more."""
        return not self.email and self.status != self.Status.WITHDRAWN

    # --- The contributor's link ---

    @property
    def key(self) -> str:
        """What stands in the contributor's own link. Whoever holds it may amend and withdraw."""
        return _LINKS.sign(self.reference.hex)

    @classmethod
    def behind(cls, key: str) -> "Contribution | None":
        """The contribution behind a link that is ours and still holds."""
        try:
            reference = _LINKS.unsign(key)
        except signing.BadSignature:
            return None
        found = cls.objects.filter(reference=reference).select_related("page").first()
        return None if found is None or found.is_forgotten else found

    def follow_url(self, form: ContributionPage) -> str:
        """Below the form. The key is a query, for the hub's own log writes paths and no queries."""
        return f"{_path(form)}{FOLLOW[form.locale.language_code]}/?key={self.key}"

    # --- Mail ---

    def mail_to_sender(self) -> Mail | None:
        if self.status == self.Status.WITHDRAWN or self.is_forgotten:
            return None
        if self.is_to_be_read:
            subject = gettext("We have received your account")
        elif self.status == self.Status.PUBLISHED:
            subject = gettext("Your account is published")
        else:
            subject = gettext("Your account is not published as it is")
        return Mail(subject, render_to_string("casestudies/contribution/mail_to_sender.txt", self._mail_context()))

    def mail_to_team(self) -> Mail | None:
        if self.status == self.Status.WITHDRAWN:
            subject = gettext("An account has been withdrawn")
        elif not self.is_to_be_read:
            return None
        elif self.amended_at:
            subject = gettext("An account has been amended")
        else:
            subject = gettext("A new account is waiting to be read")
        return Mail(subject, render_to_string("casestudies/contribution/mail_to_team.txt", self._mail_context()))

    def _mail_context(self) -> dict[str, Any]:
        forms = ContributionPage.objects.live().order_by("path").select_related("locale")
        form = forms.filter(locale__language_code=self.language).first() or forms.first()
        page = self.page
        return {
            "row": self,
            "link": f"{settings.BASE_URL}{self.follow_url(form)}" if form else "",
            "case_url": f"{settings.BASE_URL}{_path(page)}" if page and page.live else "",
            "admin_url": f"{settings.BASE_URL}{reverse('wagtailadmin_pages:edit', args=[page.pk])}" if page else "",
        }

    # --- Forgetting ---

    def forget(self) -> None:
        """A page that was public stays as it is, a withdrawn one goes, and so does a draft that nobody ever published:
        it is what they typed, and they could withdraw it no more. Who sent it and their files go in any case."""
        self.erase_sender()
        if self.status == self.Status.WITHDRAWN or not self.was_public:
            self.erase_pictures()
            for each in self.versions().filter(live=False):
                each.delete()
            made = Organisation.objects.filter(slug__startswith=self.mark)
            # One that an editor published again all the same is in use.
            made.exclude(pk__in=CaseStudyPage.objects.values("organisation")).delete()

    def versions(self) -> Any:
        """The case in every language."""
        key = self.page.translation_key if self.page else None
        return CaseStudyPage.objects.filter(translation_key=key)

    @property
    def was_public(self) -> bool:
        """Whether the case is, or ever was, on the site in any language."""
        return bool(self.versions().filter(models.Q(live=True) | models.Q(first_published_at__isnull=False)).exists())

    def erase_pictures(self) -> None:
        """Those that moderators put on the page: copies in the hub's own library, which its addresses serve."""
        for image in HubImage.objects.filter(file__contains=f"/{self.mark}"):
            image.delete()

    def erase_sender(self) -> None:
        for each in self.files.all():
            each.forget()
        self.name = self.email = self.role = self.word_to_contributor = ""
        self.answers = {}
        if self.status != self.Status.PUBLISHED or not self.may_be_named:
            self.organisation_name = ""
        self.save()

    @property
    def mark(self) -> str:
        """How what is made of this contribution is known by: so begin the slugs of its organisations, and the names
        of its pictures in the library."""
        return f"temoignage-{self.reference.hex[:12]}"


class ContributionFile(models.Model):
    """A picture or document that came with a contribution. Moderators alone see it, until they put it on the page."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="files", verbose_name=_("contribution")
    )
    file = models.FileField(_("file"), storage=private_storage, upload_to="contributions/%Y/")
    name = models.CharField(_("name"), max_length=120)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    alternative = models.CharField(_("alternative text"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("file of a contribution")
        verbose_name_plural = _("files of contributions")

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")

    @property
    def copy_name(self) -> str:
        """Of its copy in the hub's own library, without the extension."""
        return f"{self.contribution.mark}-{self.pk}"

    def is_shown_as(self, image: HubImage) -> bool:
        return f"/{self.copy_name}." in image.file.name or f"/{self.copy_name}_" in image.file.name

    def forget(self) -> None:
        """The file first: should the row stay because something failed, the next purge tries again."""
        self.file.delete(save=False)
        self.delete()
