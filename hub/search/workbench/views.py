"""The workbench's pages. Whoever may change synonyms may use them."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from hub.search import misses
from hub.search.asking import ask
from hub.search.evaluate import TOP, Change, compare, scores
from hub.search.judgements import IndexAway, UnreadableJudgement, evaluate
from hub.search.models import Evaluation, JudgedQuery, Language, SynonymGroup
from hub.search.status import status
from hub.search.thesaurus import synonyms
from hub.search.workbench.forms import DraftForm, TrialForm
from hub.search.workbench.health import engine_tables
from hub.search.workbench.trial import effect_of, try_query

_MISSES_SHOWN = 50  # of each language
_EXPECTED_SHOWN = 3
_INDEX_AWAY = gettext_noop("The index did not answer, so there is nothing to measure. Try again later.")
_EVALUATIONS_SHOWN = 10


def may_use(user: AbstractBaseUser | AnonymousUser) -> bool:
    return bool(user.has_perm("search.change_synonymgroup"))  # type: ignore[union-attr]  # every user class here has it


def first_lines(expected: str) -> list[str]:
    """The first of what would do, for tables."""
    lines = expected.splitlines()
    return [*lines[:_EXPECTED_SHOWN], *(["…"] if len(lines) > _EXPECTED_SHOWN else [])]


class WorkbenchPage(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    model = SynonymGroup
    permission_required = "change"
    header_icon = "search"
    page_title = gettext_lazy("Search workbench")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = [] if type(self) is OverviewView else [{"url": "", "label": self.get_page_title()}]
        root = {"url": reverse("search_workbench:index"), "label": _("Search workbench")}
        return [*self.breadcrumbs_items, root, *above]


class OverviewView(WorkbenchPage):
    template_name = "search/workbench/overview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        latest = list(Evaluation.objects.order_by("-pk")[:_EVALUATIONS_SHOWN])
        return {
            **context,
            "health": engine_tables(status()),
            "trial_form": TrialForm(),
            "missed": [_missed(language) for language in Language],
            "days": misses.DAYS,
            "often": misses.OFTEN,
            "top": TOP,
            "judged": JudgedQuery.objects.count(),
            "evaluations": latest,
            "scores": _named(scores(latest[0].ranks)) if latest else [],
        }


def _missed(language: Language) -> dict[str, Any]:
    """What readers of one language looked for in vain, and whether they would find something now."""
    found = misses.frequent(language.value)
    groups = synonyms(language.value)
    rows = [
        {"miss": miss, "now": ask(miss.text, language.value, size=1, known=groups).total}
        for miss in found[:_MISSES_SHOWN]
    ]
    return {"language": language, "rows": rows, "more": max(0, len(found) - _MISSES_SHOWN)}


def _named(by_language: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(_language_name(code), each) for code, each in by_language.items()]


def _language_name(code: str) -> str:
    return str(Language(code).label) if code in Language.values else code


class TrialView(WorkbenchPage):
    template_name = "search/workbench/trial.html"
    page_title = gettext_lazy("Try a query")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        form = TrialForm(self.request.GET or None)
        trial = language = None
        if form.is_bound and form.is_valid():
            language = form.cleaned_data["language"]
            trial = try_query(form.cleaned_data["q"], language)
        return {**context, "trial_form": form, "trial": trial, "language": language}


class EvaluateView(WorkbenchPage):
    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        return redirect("search_workbench:index")

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        if not JudgedQuery.objects.exists():
            messages.error(request, _("There are no judged queries to ask."))
            return redirect("search_workbench:index")
        try:
            taken = evaluate()
        except IndexAway:
            messages.error(request, _(_INDEX_AWAY))
            return redirect("search_workbench:index")
        except UnreadableJudgement as error:
            messages.error(request, _unreadable(error))
            return redirect("search_workbench:index")
        messages.success(request, _("All judged queries were asked and the score was kept."))
        return redirect("search_workbench:evaluation", taken.pk)


def _unreadable(error: UnreadableJudgement) -> str:
    return _("The judged query “%(query)s” holds an expression that cannot be read: correct it first.") % {
        "query": error.query
    }


@dataclass(frozen=True)
class Row:
    """What became of one judged query, which may have been deleted since."""

    change: Change
    judged: JudgedQuery | None

    @property
    def expected(self) -> list[str]:
        return first_lines(self.judged.expected) if self.judged else []


class EvaluationView(WorkbenchPage):
    template_name = "search/workbench/evaluation.html"

    @cached_property
    def taken(self) -> Evaluation:
        return get_object_or_404(Evaluation, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        date = date_format(localtime(self.taken.taken_at), "SHORT_DATETIME_FORMAT")
        return _("Evaluation of %(date)s") % {"date": date}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        taken = self.taken
        before = Evaluation.objects.filter(pk__lt=taken.pk).order_by("-pk").first()
        judged = {(row.language, row.text): row for row in JudgedQuery.objects.all()}
        rows = [
            Row(change, judged.get((change.language, change.text)))
            for change in compare(before.ranks if before else {}, taken.ranks)
        ]
        old = scores(before.ranks) if before else {}
        return {
            **context,
            "taken": taken,
            "before": before,
            "top": TOP,
            "scores": [(_language_name(code), old.get(code), figures) for code, figures in scores(taken.ranks).items()],
            "better": [row for row in rows if row.change.is_better],
            "worse": [row for row in rows if row.change.is_worse],
            "missing": [row for row in rows if not row.change.is_hit],
            "rows": rows,
        }


class DraftView(WorkbenchPage):
    """What a synonym group would do with other terms, or a new one. ``?group=5`` names the one to be changed."""

    template_name = "search/workbench/draft.html"
    page_title = gettext_lazy("What would this change do?")

    def _group(self) -> SynonymGroup | None:
        given = self.request.GET.get("group", "")
        if not given:
            return None
        return get_object_or_404(SynonymGroup, pk=int(given) if given.isascii() and given.isdigit() else 0)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        group = self._group()
        form = kwargs.get("form") or DraftForm(instance=group, for_user=self.request.user)
        save_url = reverse("search_synonyms:edit", args=[group.pk]) if group else reverse("search_synonyms:add")
        return {**context, "media": form.media, "group": group, "form": form, "save_url": save_url, "top": TOP}

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        group = self._group()
        form = DraftForm(request.POST, instance=self._group(), for_user=request.user)
        effect = None
        if form.is_valid():
            try:
                effect = effect_of(form.instance, replaced=group)
            except IndexAway:
                messages.error(request, _(_INDEX_AWAY))
            except UnreadableJudgement as error:
                messages.error(request, _unreadable(error))
        context = self.get_context_data(form=form)
        context["effect"] = effect
        if effect:
            context["scores"] = [(_language_name(code), before, after) for code, before, after in effect.scores]
        return self.render_to_response(context)
