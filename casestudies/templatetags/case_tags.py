"""What a case's page says of itself to those who cite it and to machines."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from casestudies.citing import citation
from casestudies.models import CaseStudyPage
from casestudies.opendata import LICENCE, QUERY
from hub.pages.feed import absolute

register = template.Library()

# As Django's json_script does: no markup can end the script element.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def cited(context: template.Context, page: CaseStudyPage) -> str:
    return citation(page, _author(context), _address(context, page))


@register.simple_tag(takes_context=True)
def article_data(context: template.Context, page: CaseStudyPage) -> SafeString:
    """The page as a schema.org article. A data block: browsers do not run it, so the policy lets it stand."""
    address = _address(context, page)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": page.title,
        "description": page.search_description,
        "inLanguage": page.locale.language_code,
        "url": address,
        "author": {"@type": "Organization", "name": _author(context)},
        "about": {"@type": "Organization", "name": page.organisation.name},
        "license": LICENCE["url"],
        "encoding": {"@type": "MediaObject", "encodingFormat": "application/json", "contentUrl": f"{address}{QUERY}"},
    }
    if page.first_published_at:
        data["datePublished"] = page.first_published_at.date().isoformat()
    if page.last_published_at:
        data["dateModified"] = page.last_published_at.date().isoformat()
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308  (escaped above)


def _author(context: template.Context) -> str:
    frame = context.get("frame")
    return frame.name if frame else ""


def _address(context: template.Context, page: CaseStudyPage) -> str:
    return absolute(page.get_url(context.get("request")) or "")
