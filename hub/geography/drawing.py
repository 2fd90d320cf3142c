"""Where a place stands on the drawing of the three départements, whose outlines are ``map.svg`` among the static files.

The drawing is flat: degrees of longitude and latitude times the units that ``outlines.json`` gives.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data" / "outlines.json"

# Where the names of the départements stand: in the open country, away from the larger towns.
NAMES = {"calvados": ("Calvados", 408, 190), "manche": ("Manche", 118, 142), "orne": ("Orne", 352, 322)}


@dataclass(frozen=True)
class Frame:
    """The size of the drawing, in its own units, and the degrees of its top left corner."""

    width: int
    height: int
    west: float
    north: float
    units_a_degree_east: float
    units_a_degree_south: float

    def position(self, latitude: float, longitude: float) -> tuple[int, int] | None:
        """Units from the left and from the top; None outside the drawing."""
        x = round((longitude - self.west) * self.units_a_degree_east)
        y = round((self.north - latitude) * self.units_a_degree_south)
        return (x, y) if 0 <= x <= self.width and 0 <= y <= self.height else None


@cache
def frame() -> Frame:
    drawn = json.loads(_DATA.read_text(encoding="utf-8"))
    return Frame(**{name: drawn[name] for name in Frame.__dataclass_fields__})
