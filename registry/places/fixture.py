"""The demo places as a file of facts: cut out of the national files once, read on every demo load. Pure."""

import csv
from collections.abc import Iterator
from pathlib import Path

from registry import codes
from registry.places import classes

COLUMNS = ("code", "name", "level", "kind", "class")
COUNTIES = ("120103", "450103", "500112", "220202", "330302")
FILES = ("provinces.csv", "cities.csv", "areas.csv", "streets.csv", "villages.csv")
DEMO = Path(__file__).resolve().parent.parent.parent / "fixtures" / "places" / "demo.csv"
DEMO_POPULATION = DEMO.with_name("population.csv")


def cut(directory: Path, counties: tuple[str, ...] = COUNTIES) -> Iterator[tuple[str, str, int, str, str]]:
    """Rows (code, name, level, kind, class) of these counties, all that lies in them and their ancestors."""
    above = {code for county in counties for code in codes.lineage(codes.normalise(county))}
    for level, file in enumerate(FILES, start=1):
        with (directory / file).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                code = codes.normalise(row["code"])
                if code in above or code.startswith(counties):
                    yield code, row["name"], level, classes.kind(code, row["name"]), classes.area_class(code)


def write(rows: Iterator[tuple], target: Path = DEMO) -> int:
    """Write the demo file, upper levels first; the number of rows."""
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        found = list(rows)
        writer.writerows(found)
    return len(found)


def read(source: Path = DEMO) -> list[dict[str, str]]:
    """The rows of a demo file as dictionaries with the keys of `COLUMNS`, upper levels first."""
    with source.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def parent_code(code: str) -> str | None:
    """The 12 digits of the place right above, none for a province."""
    return next((above for above in codes.lineage(code) if above != code), None)
