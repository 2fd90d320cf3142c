"""What came in, for moderators: the list, one account with its answers and files, and its pictures put on the page."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.files.images import ImageFile
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views import View
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy

from casestudies.contributing import workflow
from casestudies.contributing.form import ContributionForm
from casestudies.models import Contribution, ContributionFile
from hub.media.models import HubImage
from hub.pages.templatetags.hub_tags import day

VIEW, CHANGE = "casestudies.view_contribution", "casestudies.change_contribution"
_CREDIT = 200
# Named, for a view that knows of no policy lets everybody in.
_POLICY = ModelPermissionPolicy(Contribution)


class ContributionIndexView(IndexView):
    model = Contribution
    permission_required = "view"
    any_permission_required = None
    permission_policy = _POLICY
    page_title = gettext_lazy("Accounts sent by visitors")
    header_icon = "mail"
    inspect_url_name = "contributions:inspect"
    index_url_name = "contributions:index"
    index_results_url_name = "contributions:index_results"
    default_ordering = "-created_at"
    list_filter = ["status", "language"]
    search_fields = ["organisation_name"]
    list_export: list[str] = []
    list_display = [
        "__str__",
        "status",
        "language",
        DateColumn("created_at", label=gettext_lazy("Received"), sort_key="created_at"),
        DateColumn("amended_at", label=gettext_lazy("Amended"), sort_key="amended_at"),
        Column(
            "keep_until",
            label=gettext_lazy("Erased by"),
            accessor=lambda row: day(row.keep_until),
            sort_key="keep_until",
        ),
    ]


class ContributionInspectView(InspectView):
    model = Contribution
    permission_required = "view"
    any_permission_required = None
    permission_policy = _POLICY
    page_title = gettext_lazy("Account")
    header_icon = "mail"
    index_url_name = "contributions:index"
    template_name = "casestudies/contribution/inspect.html"
    fields = ["status", "organisation_name", "may_be_named", "name", "role", "email", "language"]
    fields += ["created_at", "amended_at", "decided_at", "keep_until", "has_photo_rights", "word_to_contributor"]

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        return "–" if value in (None, "") else value

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row: Contribution = self.object
        with override(row.language):
            told = [
                (str(step.title), answers)
                for step, answers in ContributionForm(row.answers, row.language).read_through()
                if answers
            ]
        page = row.page
        return super().get_context_data(
            told=told,
            files=list(row.files.order_by("pk")),
            page_url=reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else "",
            may_place=page is not None and _may_place(self.request, page),
            **kwargs,
        )


def _may_place(request: HttpRequest, page: Page) -> bool:
    return bool(_has(request, CHANGE) and page.permissions_for_user(request.user).can_edit())


def _has(request: HttpRequest, permission: str) -> bool:
    return not isinstance(request.user, AnonymousUser) and request.user.has_perm(permission)


class FileView(PermissionCheckedMixin, View):
    """A file to be saved, never shown: whatever it holds, the browser runs none of it from here."""

    model = Contribution
    permission_required = "view"
    any_permission_required = None
    permission_policy = _POLICY

    def get(self, request: HttpRequest, pk: int, file_pk: int) -> FileResponse:
        row = get_object_or_404(ContributionFile, pk=file_pk, contribution_id=pk)
        try:
            content = row.file.open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        response = FileResponse(content, as_attachment=True, filename=_download_name(row))
        response["Content-Type"] = row.media_type
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response["Cache-Control"] = "no-store"
        return response


def _download_name(row: ContributionFile) -> str:
    """The sender's name for it with the extension of what it holds."""
    stem = row.name.rpartition(".")[0] or row.name
    return f"{stem}.{_extension(row)}"


def _extension(row: ContributionFile) -> str:
    return str(row.file.name).rpartition(".")[2]


class PlaceView(PermissionCheckedMixin, View):
    """Put a picture into the hub's own and on the draft of the page. It is seen once the page is published."""

    model = Contribution
    permission_required = "change"
    any_permission_required = None
    permission_policy = _POLICY
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
        row = get_object_or_404(
            ContributionFile.objects.select_related("contribution__page"), pk=file_pk, contribution_id=pk
        )
        page = row.contribution.page
        if not row.is_picture or page is None or not _may_place(request, page):
            raise Http404
        with transaction.atomic():
            draft = page.get_latest_revision_as_object()
            draft.picture, draft.picture_alt = _picture(row, request), row.alternative
            revision = draft.save_revision(user=request.user, log_action=True)
            state = page.current_workflow_task_state
            if state is not None:
                state.revision = revision
                state.save(update_fields=["revision"])
        messages.success(request, _("The picture stands on the draft of the page."))
        return redirect("contributions:inspect", pk)


def _picture(row: ContributionFile, request: HttpRequest) -> HubImage:
    contribution = row.contribution
    image = HubImage(
        title=(row.alternative or row.name)[:255],
        credit=contribution.organisation_name[:_CREDIT] if contribution.may_be_named else "",
        uploaded_by_user=request.user,
    )
    with row.file.open("rb") as content:
        image.file.save(f"{row.copy_name}.{_extension(row)}", ImageFile(content), save=False)
    image.save()
    return image


@hooks.register("before_bulk_action")
def leave_what_is_read_to_its_readers(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Wagtail keeps a page in moderation out of the hands of others, but for the action on several pages at once."""
    if request.method != "POST" or action_type != "publish" or not all(isinstance(each, Page) for each in objects):
        return None
    kept = workflow.unread_for(request.user, objects, bool(request.POST.get("include_descendants")))
    if not kept:
        return None
    titles = ", ".join(page.get_admin_display_title() for page in kept)
    messages.error(
        request,
        _("Nothing was published: moderators alone publish what they still read: %(titles)s.") % {"titles": titles},
    )
    return redirect(action.next_url)


class ContributionMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return _has(request, VIEW)


class ContributionViewSet(ViewSet):
    name = "contributions"
    icon = "mail"
    menu_label = gettext_lazy("Accounts received")
    menu_order = 155
    menu_item_class = ContributionMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", ContributionIndexView.as_view(), name="index"),
            path("results/", ContributionIndexView.as_view(results_only=True), name="index_results"),
            path("<int:pk>/", ContributionInspectView.as_view(), name="inspect"),
            path("<int:pk>/files/<int:file_pk>/", FileView.as_view(), name="file"),
            path("<int:pk>/files/<int:file_pk>/place/", PlaceView.as_view(), name="place"),
        ]
