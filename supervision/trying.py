"""Keeps a trial as a report. The only writer of `Trial`; nothing else is ever written by a trial."""

import hashlib
import json
from typing import Any

from django.db import transaction

from portal.actions import note
from portal.models import User
from registry.models import Jurisdiction
from supervision.models import Trial
from supervision.trials import running
from supervision.trials.running import Asked


def digest(title: str, content: dict[str, Any]) -> str:
    """SHA-256 of the title and the content as canonical JSON."""
    plain = json.dumps({"title": title} | content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


@transaction.atomic
def keep(asked: Asked, *, title: str, by: User) -> Trial:
    """Run the trial and keep it. The same report kept twice is one row. `EditError` when it cannot be tried."""
    place = Jurisdiction.objects.select_for_update(no_key=True).get(pk=asked.place.pk)
    found = running.run(asked)
    mark = digest(title, found.to_json())
    known = Trial.objects.filter(place_code=place.code, digest=mark).first()
    if known:
        return known
    made = Trial.objects.create(
        place_code=place.code,
        on=found.on,
        edition=found.edition,
        title=title,
        changes=found.changes,
        result=found.result,
        digest=mark,
        by=by,
    )
    note("trial.keep", f"trial:{made.pk}", by=by, place_code=place.code, summary=f"{title}（{asked.pack.short}）")
    return made


def intact(kept: Trial) -> bool:
    """Whether a kept report is still what was kept."""
    fixed = {"place": kept.place_code, "on": kept.on.isoformat(), "edition": kept.edition}
    return kept.digest == digest(kept.title, fixed | {"changes": kept.changes, "result": kept.result})
