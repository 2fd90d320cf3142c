"""Listings and forms of what steers search, and one entry for all of it in the admin's menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import CreateView
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from hub.search.models import JudgedQuery, Language, PromotedResult, SynonymGroup
from hub.search.plan import normalise
from hub.search.workbench import views
from hub.search.workbench.forms import JudgedQueryForm, PromotedResultForm, SynonymGroupForm


class PrefilledCreateView(CreateView):
    """A form for something new that an address may have begun: ``?language=en&terms=wfh``."""

    def get_initial(self) -> dict[str, Any]:
        given = {
            name: normalise(value)
            for name in ("terms", "queries", "text")
            if (value := self.request.GET.get(name)) and hasattr(self.model, name)
        }
        if self.request.GET.get("language") in Language.values:
            given["language"] = self.request.GET["language"]
        return {**super().get_initial(), **given}


class SynonymGroupViewSet(ModelViewSet):
    model = SynonymGroup
    name = "search_synonyms"
    url_prefix = "search/synonyms"
    icon = "list-ul"
    menu_label = gettext_lazy("Synonyms")
    add_view_class = PrefilledCreateView
    copy_view_enabled = False
    create_template_name = edit_template_name = "search/workbench/synonym_group_form.html"
    list_display = [
        "__str__",
        "language",
        DateColumn("changed_at", label=gettext_lazy("Changed"), sort_key="changed_at"),
    ]
    list_filter = ["language"]
    search_fields = ["terms"]
    edit_handler = ObjectList([FieldPanel("language"), FieldPanel("terms")], base_form_class=SynonymGroupForm)


def _state(promotion: PromotedResult) -> str:
    today = timezone.localdate()
    if promotion.starts_on and promotion.starts_on > today:
        return _("Planned")
    if promotion.ends_on and promotion.ends_on < today:
        return _("Over")
    return _("Running") if promotion.page.live else _("Page not published")


class PromotedResultViewSet(ModelViewSet):
    model = PromotedResult
    name = "search_promoted"
    url_prefix = "search/promoted"
    icon = "thumbtack"
    menu_label = gettext_lazy("Promoted results")
    copy_view_enabled = False
    add_view_class = PrefilledCreateView
    list_display = [
        "__str__",
        "page",
        "language",
        Column("state", label=gettext_lazy("State"), accessor=_state),
        "starts_on",
        "ends_on",
        "position",
    ]
    list_filter = ["language", "starts_on", "ends_on"]
    search_fields = ["queries", "page__title"]
    edit_handler = ObjectList(
        [
            FieldPanel("language"),
            FieldPanel("queries"),
            FieldPanel("page"),
            FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")], heading=gettext_lazy("Dates")),
            FieldPanel("position"),
        ],
        base_form_class=PromotedResultForm,
    )

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(queryset=PromotedResult.objects.select_related("page"), **kwargs)


def _shortened(judged: JudgedQuery) -> str:
    return ", ".join(views.first_lines(judged.expected))


class JudgedQueryViewSet(ModelViewSet):
    model = JudgedQuery
    name = "search_judged"
    url_prefix = "search/judged"
    icon = "tasks"
    menu_label = gettext_lazy("Judged queries")
    copy_view_enabled = False
    add_view_class = PrefilledCreateView
    list_display = ["text", "language", Column("expected", gettext_lazy("Expected"), accessor=_shortened)]
    list_filter = ["language"]
    search_fields = ["text", "expected"]
    edit_handler = ObjectList(
        [FieldPanel("language"), FieldPanel("text"), FieldPanel("expected")], base_form_class=JudgedQueryForm
    )


class _WorkbenchMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return views.may_use(request.user)


class WorkbenchViewSet(ViewSet):
    name = "search_workbench"
    url_prefix = "search"
    icon = "search"
    menu_label = gettext_lazy("Workbench")

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        return _WorkbenchMenuItem

    @cached_property
    def menu_url(self) -> str:
        return reverse("search_workbench:index")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", views.OverviewView.as_view(), name="index"),
            path("try/", views.TrialView.as_view(), name="try"),
            path("draft/", views.DraftView.as_view(), name="draft"),
            path("evaluate/", views.EvaluateView.as_view(), name="evaluate"),
            path("evaluations/<int:pk>/", views.EvaluationView.as_view(), name="evaluation"),
        ]


class SearchGroup(ViewSetGroup):
    menu_label = gettext_lazy("Site search")
    menu_icon = "search"
    menu_order = 600
    items = (WorkbenchViewSet, SynonymGroupViewSet, PromotedResultViewSet, JudgedQueryViewSet)
