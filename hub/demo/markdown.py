"""Markdown, the little of it that the files use, made into Wagtail's stored rich text."""

import re
from collections.abc import Callable

import nh3
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("zero").enable(["paragraph", "heading", "list", "emphasis", "link", "escape", "newline"])
_PAGE_LINK = re.compile(r'<a href="page:([a-z0-9-]+)">')
_TAGS = {"p", "h3", "ul", "ol", "li", "b", "i", "a", "br"}


class UnknownPage(Exception):
    pass


def rich_text(source: str, page_id: Callable[[str], int]) -> str:
    """Stored rich text of a Markdown source.

    ``page_id`` gives the id behind ``page:key`` and raises KeyError when there is none (UnknownPage here).
    Anything but paragraphs, ``###`` headings, lists, emphasis and links is escaped or dropped.
    """
    html = _MARKDOWN.render(source)
    html = html.replace("<strong>", "<b>").replace("</strong>", "</b>").replace("<em>", "<i>").replace("</em>", "</i>")
    html = re.sub(r"<li>\s*<p>(.*?)</p>\s*</li>", r"<li>\1</li>", html, flags=re.S)
    html = nh3.clean(
        html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto", "page"}, link_rel=None
    )
    html = re.sub(r"\s*\n\s*", " ", html)
    html = re.sub(r"(</(?:p|h3|ul|ol|li)>|<(?:ul|ol)>) ", r"\1", html).strip()

    def link(match: re.Match[str]) -> str:
        try:
            return f'<a id="{page_id(match[1])}" linktype="page">'
        except KeyError as error:
            raise UnknownPage(match[1]) from error

    return _PAGE_LINK.sub(link, html)
