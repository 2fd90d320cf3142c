"""The page editor's form as a browser would post it."""

from typing import Any

from bs4 import BeautifulSoup
from django.forms.models import model_to_dict
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield


def editor_form(html: bytes, page: Page, **changes: Any) -> dict[str, Any]:
    """What the form holds, with empty blocks, and the given fields changed. Add ``action-publish`` to publish."""
    form = BeautifulSoup(html, "html.parser").find("form", id="page-edit-form")
    data = {name: values for name, values in querydict_from_html(str(form), form_id="page-edit-form").lists()}
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            data |= nested_form_data({field.name: streamfield([])})
        elif isinstance(field, RichTextField):
            data[field.name] = rich_text(getattr(page, field.name) or "<p>x</p>")
    known = model_to_dict(page)
    return {**data, **{name: value for name, value in changes.items() if name in known or name.startswith("action")}}
