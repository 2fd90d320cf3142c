"""The drawing of the three départements: where places fall, and the file that pages draw."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.geography import communes
from hub.geography.drawing import frame

ROOT = Path(__file__).resolve().parents[2]
OUTLINES = json.loads((ROOT / "hub" / "geography" / "data" / "outlines.json").read_text(encoding="utf-8"))
DRAWING = (ROOT / "hub" / "static" / "hub" / "map.svg").read_text(encoding="utf-8")


def points(path: str) -> list[tuple[int, int]]:
    found, x, y = [], 0, 0
    for kind, dx, dy in re.findall(r"([Ml])(-?\d+)\s?(-?\d+)", path):
        x, y = (int(dx), int(dy)) if kind == "M" else (x + int(dx), y + int(dy))
        found.append((x, y))
    return found


def test_every_commune_stands_on_the_drawing() -> None:
    outside = [each.name for each in communes.all_communes() if not frame().position(each.latitude, each.longitude)]
    assert outside == []


@pytest.mark.parametrize("departement", ["calvados", "manche", "orne"])
def test_communes_stand_within_their_departement(departement: str) -> None:
    outline = next(each for each in OUTLINES["departements"] if each["departement"] == departement)
    corners = points(outline["path"])
    left, right = min(x for x, _y in corners), max(x for x, _y in corners)
    top, bottom = min(y for _x, y in corners), max(y for _x, y in corners)
    for each in communes.all_communes():
        if each.departement == departement:
            x, y = frame().position(each.latitude, each.longitude) or (-1, -1)
            assert left - 2 <= x <= right + 2, each.name
            assert top - 2 <= y <= bottom + 2, each.name


@given(st.floats(40, 55), st.floats(-10, 10))
def test_a_position_is_inside_or_none(latitude: float, longitude: float) -> None:
    found = frame().position(latitude, longitude)
    if found is not None:
        assert 0 <= found[0] <= frame().width
        assert 0 <= found[1] <= frame().height


@pytest.mark.parametrize("group", ["departements", "epcis"])
def test_the_file_draws_the_outlines_and_nothing_else(group: str) -> None:
    drawn = re.search(rf'<g id="{group}">(.*?)</g>', DRAWING, re.DOTALL)
    assert drawn
    assert re.findall(r'<path d="([^"]+)"/>', drawn.group(1)) == [each["path"] for each in OUTLINES[group]]


def test_the_file_leaves_colours_to_pages_and_holds_no_code() -> None:
    assert not re.search(r"fill|stroke|style|script|<text|href", DRAWING)
    assert "Licence Ouverte 2.0" in DRAWING
