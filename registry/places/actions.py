"""The only writers of places, of their dated changes and of their populations."""

import csv

from django.db import transaction

from registry.models import Jurisdiction, Population
from registry.places import fixture

BATCH = 1000


@transaction.atomic
def load_demo() -> int:
    """Put the demo places and their populations in; what stands already stays as it is. How many were added."""
    rows = fixture.read()
    ids = dict(Jurisdiction.objects.values_list("code", "id"))
    added = 0
    for level in range(1, 6):
        fresh = [row for row in rows if int(row["level"]) == level and row["code"] not in ids]
        places = Jurisdiction.objects.bulk_create([_place(row, ids) for row in fresh], BATCH)
        ids.update((place.code, place.pk) for place in places)
        added += len(places)
    _load_population(ids)
    return added


def _place(row: dict[str, str], ids: dict[str, int]) -> Jurisdiction:
    above = fixture.parent_code(row["code"])
    return Jurisdiction(
        code=row["code"],
        name=row["name"],
        level=int(row["level"]),
        kind=row["kind"],
        area_class=row["class"],
        parent_id=ids[above] if above else None,
    )


def _load_population(ids: dict[str, int]) -> None:
    with fixture.DEMO_POPULATION.open(encoding="utf-8", newline="") as lines:
        Population.objects.bulk_create(
            [
                Population(
                    place_id=ids[row["code"]],
                    year=int(row["year"]),
                    kind=row["kind"],
                    people=int(row["people"]),
                    source=row["source"],
                )
                for row in csv.DictReader(lines)
            ],
            ignore_conflicts=True,
        )
