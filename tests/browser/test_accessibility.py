"""axe-core finds nothing on any type of page or used tool, in both languages, light and dark, narrow and wide."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.addresses import LANGUAGES, PLACES, address
from tests.browser.conftest import HERE, Open
from tests.browser.states import STATES

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = "tags => axe.run({runOnly: tags, resultTypes: ['violations']})"


@cache
def _axe() -> str:
    return (HERE / "axe.min.js").read_text("utf-8")


def _told(violation: dict[str, Any]) -> str:
    lines = [f"{violation['id']} ({violation['impact']}): {violation['help']}, {violation['helpUrl']}"]
    for node in violation["nodes"][:5]:
        lines += [f"  at {' '.join(map(str, node['target']))}", f"     {node['html'][:300]}"]
        lines += [f"     {check['message']}" for check in node["any"][:1] + node["all"][:1] + node["none"][:1]]
    if len(violation["nodes"]) > 5:
        lines.append(f"  and {len(violation['nodes']) - 5} more")
    return "\n".join(lines)


ALL = {**dict.fromkeys(PLACES), **STATES}


@pytest.fixture(scope="module")
def prepared(open_page: Open) -> Callable[[str, str], Page]:
    """The page with axe in it. Kept while the same one is asked: schemes and widths follow one another on it."""
    last: dict[tuple[str, str], Page] = {}

    def preparing(name: str, language: str) -> Page:
        if (name, language) not in last:
            last.clear()
            key, reach = STATES.get(name, ("", None))
            path = address(key, language) if key else PLACES[name].path(language)
            page = open_page(path, language=language, kept_for="axe")
            if reach:
                page.set_viewport_size({"width": 1280, "height": 800})
                reach(page)
                page.wait_for_load_state()
            page.evaluate(_axe())
            last[name, language] = page
        return last[name, language]

    return preparing


# What one language leaves out, the other looks at on the same template.
_LOOKS = {"fr": ("light", 320), "en": ("dark", 1280)}
CASES = [(name, language, *_LOOKS[language]) for name in ALL for language in LANGUAGES]


@pytest.mark.parametrize(("name", "language", "scheme", "width"), CASES)
def test_axe_finds_no_violation(
    prepared: Callable[[str, str], Page], name: str, language: str, scheme: str, width: int
) -> None:
    page = prepared(name, language)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    violations = page.evaluate(_RUN, _TAGS)["violations"]
    assert not violations, f"\n{name}, {language}, {scheme}, {width} px\n" + "\n".join(map(_told, violations))
