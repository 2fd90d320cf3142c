"""Small words for templates: prose, figures, periods, sources, anchors."""

import datetime
from collections import Counter
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template
from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.rich_text import RichText, expand_db_html

from hub.geography.drawing import NAMES, frame
from hub.pages.directory import PageDirectory
from hub.pages.map import DrawnMap
from hub.typography import FINE, HARD

register = template.Library()

_WORD = 4  # letters of a unit that is a word and not a sign such as km, M€ or CO2
_MONEY = ("€", "k€", "M€")


@register.simple_tag(takes_context=True)
def prose(context: template.Context, value: RichText | str) -> SafeString:
    """Stored rich text as HTML, its page links answered by the page's directory: no query here."""
    source = value.source if isinstance(value, RichText) else value or ""
    directory: PageDirectory | None = context.get("directory")
    if directory is not None:
        source = directory.expand(source)
    return mark_safe(expand_db_html(source))  # noqa: S308  (sanitised when saved)


@register.simple_tag(takes_context=True)
def linked_page(context: template.Context, page: Any) -> Any:
    """The page to link to in the reader's language, or None when it cannot be shown."""
    directory: PageDirectory | None = context.get("directory")
    if directory is None or page is None:
        return None
    return directory.get(page if isinstance(page, int) else page.pk)


@register.simple_tag(takes_context=True)
def source_of(context: template.Context, key: str) -> Any:
    bibliography = context.get("bibliography")
    return bibliography.get(key) if bibliography is not None and key else None


def number(value: Any, money: bool = False) -> str:
    """A number in the reader's language: 1 344 or 1,344; amounts of money with none or two decimals."""
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    exact = exact.quantize(Decimal("0.01")) if money and exact != exact.to_integral() else exact.normalize()
    exact = exact.quantize(Decimal(1)) if exact == exact.to_integral() else exact
    text = formats.number_format(exact, use_l10n=True, force_grouping=True)
    return text.replace("\xa0", FINE)


register.filter("number", number)


@register.filter
def day(value: datetime.date | None) -> str:
    """23 November 2026, 1er décembre 2026."""
    if value is None:
        return ""
    text = formats.date_format(value, "DATE_FORMAT")
    return f"1er{text[1:]}" if get_language() == "fr" and value.day == 1 else text


@register.filter
def amount(figure: Any) -> str:
    """The value of a figure block in words: "about 1,344", "1,500 to 2,000", "€2.88"."""
    unit = figure["unit"] or ""
    money = unit.startswith(_MONEY)
    text = number(figure["value"], money)
    if figure["upper"] not in (None, ""):
        text = _("%(low)s to %(high)s") % {"low": text, "high": number(figure["upper"], money)}
    if figure["approximate"]:
        text = _("about %(figure)s") % {"figure": text}
    return text.replace(" ", HARD) if len(text) < 18 else text


@register.filter
def with_unit(figure: Any) -> str:
    """The value with its unit: "23 firms", "40%", in French "40 %". A sign stays with its number, a word may go on to
    the next line."""
    return f"{amount(figure)}{before_unit(figure)}{figure['unit'] or ''}"


@register.filter
def before_unit(figure: Any) -> str:
    """What stands between a value and its unit, where templates write them apart."""
    unit = (figure["unit"] or "").strip()
    if not unit or (unit.startswith("%") and get_language() == "en"):
        return ""
    return HARD if len(unit.split()[0]) < _WORD else " "


@register.filter
def period(value: str) -> str:
    """2015, 2015–2016, January 2016 or 26 January 2016, in the reader's language."""
    text = str(value or "")
    if len(text) == 10:
        return day(parse_date(text)) or text
    if len(text) == 7:
        first = parse_date(f"{text}-01")
        return formats.date_format(first, "YEAR_MONTH_FORMAT") if first else text
    return text.replace("-", "–")


@register.simple_tag
def anchored(body: Any, prefix: str = "") -> list[tuple[Any, str]]:
    """The blocks of a body, headings with an id of their own: from their words, numbered where two say the same.

    The prefix keeps them apart from the ids of the page's own sections and of its other bodies.
    """
    seen: Counter[str] = Counter()
    blocks = []
    for block in body:
        identifier = ""
        if block.block_type == "heading":
            words = slugify(str(block.value))[:60].strip("-") or "section"
            seen[words] += 1
            number = f"--{seen[words]}" if seen[words] > 1 else ""
            identifier = f"{prefix or 'h'}-{words}{number}"
        blocks.append((block, identifier))
    return blocks


@register.filter
def headings(body: Any) -> list[tuple[str, str]]:
    """The headings of a body and their ids, for its contents."""
    return [(str(block.value), identifier) for block, identifier in anchored(body) if identifier]


@register.inclusion_tag("components/map.html")
def places_map(drawn: DrawnMap, heading: str) -> dict[str, Any]:
    return {"drawn": drawn, "frame": frame(), "names": NAMES.values(), "heading": heading}


@register.filter
def short_title(page: Any, frame: Any) -> str:
    """The page's name in the menu, where it has one, else its title."""
    return (frame.short_titles.get(page.pk) if frame else "") or page.title


@register.filter
def source_number(bibliography: Any, key: str) -> int | None:
    """The number of a source in the page's list, for the link to it."""
    return bibliography.number(key) if bibliography and key else None
