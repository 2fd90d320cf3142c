"""wagtail-localize's two shortcuts that put French text under another language's address, closed.

Version 1.14 asks for ``submit_translation`` alone before it publishes from "Sync translated pages", and for the right
to edit before it turns a translation back into an alias: a translator, who may not publish, could do both.
"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail_localize.views.update_translations import UpdateTranslationsView


class SyncWithoutPublishingView(UpdateTranslationsView):
    """Brings the French changes to the translator's view; what is public changes when somebody publishes it."""

    def get_form(self) -> forms.Form:
        form = super().get_form()
        field = form.fields["publish_translations"]
        field.disabled, field.initial, field.widget = True, False, forms.HiddenInput()
        return form


def refuse_alias(request: HttpRequest, page_id: int, **_kwargs: Any) -> HttpResponse:
    messages.error(request, _("A translation stays a translation: as an alias it would show French text."))
    return redirect("wagtailadmin_pages:edit", page_id)
