"""The relay in the admin: contacts, requests with their two decisions, and the state of every case."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import linebreaksbr
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from casestudies.mentoring.openings import left, main_version, totals
from casestudies.mentoring.passing_on import CannotPassOn, contact_of, pass_on, refuse
from casestudies.models import CaseStudyPage, MentorContact, MentoringCount, MentoringRequest

_REQUESTS = "mentoring_requests"


# --- Contacts ---


class MentorContactForm(WagtailAdminModelForm):
    def clean_page(self) -> CaseStudyPage:
        """One contact for a case, whichever of its languages was chosen."""
        main = main_version(self.cleaned_data["page"])
        taken = MentorContact.objects.filter(page__translation_key=main.translation_key).exclude(pk=self.instance.pk)
        if taken.exists():
            raise forms.ValidationError(_("This case already has a contact: change that one."))
        return main


class MentorContactViewSet(ModelViewSet):
    model = MentorContact
    name = "mentor_contacts"
    url_prefix = "mentoring/contacts"
    icon = "user"
    menu_label = gettext_lazy("Mentors’ contacts")
    copy_view_enabled = False
    list_display = ["page", "name", DateColumn("agreed_on", label=gettext_lazy("Agreed on"), sort_key="agreed_on")]
    form_fields = ["page", "name", "email", "agreed_on"]
    add_to_reference_index = False

    def get_edit_handler(self) -> Any:
        panels = [FieldPanel(name) for name in self.form_fields]
        return ObjectList(panels, base_form_class=MentorContactForm).bind_to_model(self.model)

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(queryset=MentorContact.objects.select_related("page"), **kwargs)


# --- Requests ---


class RequestInspectView(InspectView):
    any_permission_required = ["view"]
    page_title = gettext_lazy("Request")

    def get_field_label(self, field_name: str, field: Any) -> str:
        return _("Commune") if field_name == "commune_name" else str(super().get_field_label(field_name, field))

    def get_message_display_value(self) -> Any:
        return linebreaksbr(self.object.message)

    def get_fields_context(self) -> list[dict[str, Any]]:
        """What is empty says nothing."""
        return [each for each in super().get_fields_context() if each["value"] not in (None, "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = self.user_has_permission("change") and self.object.status == MentoringRequest.Status.RECEIVED
        urls = {name: reverse(f"{_REQUESTS}:{name}", args=[self.object.pk]) for name in ("pass_on", "refuse")}
        context = super().get_context_data(**kwargs)
        return {**context, "undecided": may, "contact": contact_of(self.object), "urls": urls}


class _Decision(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A page that asks once more before something is sent."""

    model = MentoringRequest
    permission_required = "change"
    header_icon = "mail"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.object = get_object_or_404(MentoringRequest.objects.select_related("page"), pk=kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{_REQUESTS}:index"), "label": _("Requests for mentoring")},
            {"url": reverse(f"{_REQUESTS}:inspect", args=[self.object.pk]), "label": str(self.object)},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contact = contact_of(self.object)
        return {**super().get_context_data(**kwargs), "object": self.object, "contact": contact}

    def done(self, row: MentoringRequest | None, words: str) -> HttpResponse:
        if row is None:
            messages.warning(self.request, _("Somebody else has dealt with this request meanwhile."))
        else:
            messages.success(self.request, words)
        return redirect(f"{_REQUESTS}:index")


class PassOnView(_Decision):
    page_title = gettext_lazy("Pass on")
    template_name = "casestudies/mentoring/admin/pass_on.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            row = pass_on(self.object.pk, request.user)
        except CannotPassOn:
            messages.error(
                request, _("The request could not be sent, and nothing was noted: it still waits. Try again later.")
            )
            return redirect(request.path)
        return self.done(row, _("The request has been sent to the mentor."))


class RefusalForm(forms.Form):
    word = forms.CharField(
        label=gettext_lazy("Word to the sender"),
        help_text=gettext_lazy("Sent by e-mail to whoever asked."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class RefuseView(_Decision):
    page_title = gettext_lazy("Do not pass on")
    template_name = "casestudies/mentoring/admin/refuse.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"form": RefusalForm(), **super().get_context_data(**kwargs)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = RefusalForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        row = refuse(self.object.pk, request.user, form.cleaned_data["word"])
        return self.done(row, _("The request is closed. Whoever asked is told."))


class RequestIndexView(IndexView):
    any_permission_required = ["view"]


# Views that the set of a model brings along and that have no sense for what visitors wrote.
_NOT_THERE = ("add_url_name", "edit_url_name", "history_url_name", "usage_url_name")


class MentoringRequestViewSet(ModelViewSet):
    """Visitors write requests; here they are read, decided and deleted, never written or changed."""

    model = MentoringRequest
    name = _REQUESTS
    url_prefix = "mentoring/requests"
    icon = "mail"
    menu_label = gettext_lazy("Requests")
    inspect_view_enabled = True
    copy_view_enabled = False
    index_view_class = RequestIndexView
    inspect_view_class = RequestInspectView
    inspect_template_name = "casestudies/mentoring/admin/request.html"
    list_display = [
        "__str__",
        "status",
        "sender_kind",
        DateColumn("created_at", label=gettext_lazy("Received"), sort_key="created_at"),
        Column("handled_by", label=gettext_lazy("Handled by")),
    ]
    list_filter = ["status", "sender_kind", "created_at"]
    form_fields = ["status"]  # of the set's own form, which no address shows
    add_to_reference_index = False
    inspect_view_fields = [
        *("page", "status", "created_at", "sender_kind", "organisation_name", "commune_name", "name", "email"),
        *("theme", "message", "word_to_sender", "forwarded_at", "handled_by", "keep_until"),
    ]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_common_view_kwargs(**kwargs), **dict.fromkeys(_NOT_THERE)}

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(queryset=MentoringRequest.objects.select_related("page"), **kwargs)

    def register_admin_url_finder(self) -> None:
        """Nothing to edit, so nothing to find."""

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = ("index", "index_results", "inspect", "delete")
        return [
            *(pattern for pattern in super().get_urlpatterns() if pattern.name in kept),
            path("pass-on/<int:pk>/", PassOnView.as_view(), name="pass_on"),
            path("refuse/<int:pk>/", RefuseView.as_view(), name="refuse"),
        ]


# --- The state of every case ---


@dataclass(frozen=True)
class CaseState:
    case: CaseStudyPage
    has_contact: bool
    count: MentoringCount | None

    @property
    def left(self) -> int | None:
        taken = self.count.received - self.count.refused if self.count else 0
        return left(self.case.mentoring_per_year, taken)


def _states() -> list[CaseState]:
    """Cases that say they are open, and those that had requests this year: one row a case, in its main language."""
    counts = {
        each.page.translation_key: each
        for each in MentoringCount.objects.filter(year=timezone.localdate().year).select_related("page")
        if each.page
    }
    contacts = set(MentorContact.objects.values_list("page__translation_key", flat=True))
    pages = CaseStudyPage.objects.filter(alias_of__isnull=True).select_related("locale").order_by("title")
    keys = {*counts, *contacts, *pages.filter(mentoring_open=True).values_list("translation_key", flat=True)}
    cases: dict[Any, CaseStudyPage] = {}
    for case in pages.filter(translation_key__in=keys):
        if case.translation_key not in cases or case.locale.language_code == "fr":
            cases[case.translation_key] = case
    return [CaseState(case, key in contacts, counts.get(key)) for key, case in cases.items()]


class OverviewView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    model = MentoringRequest
    permission_required = "view"
    header_icon = "group"
    page_title = gettext_lazy("Mentoring: cases and counts")
    template_name = "casestudies/mentoring/admin/overview.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "states": _states(), "totals": totals(), "year": timezone.localdate().year}


class _OverviewMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("casestudies.view_mentoringrequest"))


class OverviewViewSet(ViewSet):
    name = "mentoring_overview"
    url_prefix = "mentoring"
    icon = "group"
    menu_label = gettext_lazy("Cases and counts")

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        return _OverviewMenuItem

    @cached_property
    def menu_url(self) -> str:
        return reverse("mentoring_overview:index")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", OverviewView.as_view(), name="index")]


class MentoringGroup(ViewSetGroup):
    menu_label = gettext_lazy("Mentoring")
    menu_icon = "group"
    menu_order = 160
    items = (MentoringRequestViewSet, MentorContactViewSet, OverviewViewSet)


@hooks.register("register_admin_viewset")
def mentoring_group() -> MentoringGroup:
    return MentoringGroup()


# --- In the editor of a case ---


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_of_an_open_case_without_contact(request: HttpRequest, page: Any) -> None:
    """Visitors see no such case among those that take requests."""
    if not isinstance(page, CaseStudyPage) or not page.mentoring_open:
        return
    if MentorContact.objects.filter(page__translation_key=page.translation_key).exists():
        return
    words = _("This case says that it takes requests, but no recipient is recorded: it is not offered yet.")
    buttons = []
    if request.user.has_perm("casestudies.add_mentorcontact"):
        buttons = [messages.button(reverse("mentor_contacts:add"), _("Note the contact"))]
    messages.warning(request, words, buttons=buttons)
