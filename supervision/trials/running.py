"""One trial from the question to the outcome, and the list behind its numbers. Asks the register, never writes."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from registry import codes
from registry.models import Jurisdiction, LegalForm, Standing
from registry.models.jurisdictions import PSEUDO
from registry.policy import resolve
from registry.policy.keys import KEYS
from registry.policy.parameters import Pack
from supervision import counts
from supervision.indicators import MEASURED_BY
from supervision.trials import edits, outcome, reach, regions, touched, verdicts
from supervision.trials.edits import Change, Values
from supervision.trials.flips import Edit, Flips, Held, flips
from supervision.trials.outcome import Outcome
from supervision.trials.reach import Reach, Shift
from supervision.trials.verdicts import Branch

WIDTHS = {0: 2, 1: 6, 2: 9, 3: 9, 4: 12, 5: 12}  # by which places a trial of each level is laid out


def documents(place_code: str, on: dt.date) -> list[Pack]:
    """The documents on the path of a place that have begun on the day, nearest first."""
    return resolve.in_force(counts.current_packs(), place_code, on)


@dataclass(frozen=True)
class Asked:
    """A trial as it is asked for: where, as of when, which document with which values, and the form of who has none."""

    place: Jurisdiction
    on: dt.date
    pack: Pack
    values: Values
    reading: str = LegalForm.ASSOCIATION

    def edited(self) -> tuple[Pack, list[Change]]:
        return edits.edited(self.pack, self.values)

    @property
    def scope(self) -> str:
        return regions.scope(self.place.code, self.pack)

    def branches(self) -> list[Branch]:
        copy, _ = self.edited()
        return verdicts.branches(
            regions.regions(self.scope, counts.current_packs(), copy, self.on), self.reading, self.on
        )


def run(asked: Asked) -> Outcome:
    """Try the edit out. `EditError` when it cannot be tried."""
    copy, changes = asked.edited()
    packs = counts.current_packs()
    after = [copy if pack.slug == copy.slug else pack for pack in packs]
    keys = {one.id: one.key for one in asked.pack.parameters}
    edit = Edit(packs, after, asked.on, frozenset(keys[change.parameter] for change in changes))
    told = outcome.spoken(changes, asked.pack, copy)
    found = _result(asked, edit)
    return Outcome(asked.place.code, asked.on, asked.pack.digest, told, found)


def _result(asked: Asked, edit: Edit) -> dict[str, Any]:
    branches = asked.branches()
    changed = verdicts.changed_keys(branches)
    width = WIDTHS[asked.place.level]
    found = reach.scan(asked.scope, branches, asked.on, width) if _matters(branches) else Reach()
    return {
        "place_name": asked.place.name,
        "document": {"slug": asked.pack.slug, "short": asked.pack.short, "edition": asked.pack.digest[:12]},
        "reading": LegalForm(asked.reading).label,
        "looked": found.looked,
        "targets": _targets(flips(asked.place, edit)),
        "conditions": [{"label": _label(key), **found.conditions[key]} for key in changed],
        "places": _places(found, width),
        "cases": touched.touched(asked.scope, edit, changed).to_json(),
    }


def _matters(branches: list[Branch]) -> bool:
    return any(branch.before != branch.after for branch in branches)


def _label(key: str) -> str:
    return KEYS[key].label if key in KEYS else "会员"


def _targets(found: Flips) -> dict[str, Any]:
    rows = [{"code": one.code, "name": one.name, "rows": _held(helds)} for one, helds in found.rows]
    return {"judged": found.judged, "own": _held(found.own), "below": rows}


def _held(helds: list[Held]) -> list[dict[str, Any]]:
    return [held.to_json() for held in helds]


def _places(found: Reach, width: int) -> list[dict[str, Any]]:
    """In code order. What stands at a place itself comes under its own name with 本级."""
    heads = sorted(found.heads)
    named = Jurisdiction.objects.filter(code__in=[head.ljust(12, "0") for head in heads])
    names = {code: (name, above) for code, name, above in named.values_list("code", "name", "parent__name")}
    return [
        {"code": head.ljust(12, "0"), "name": _name(head, width, names), "counts": found.heads[head]} for head in heads
    ]


def _name(head: str, width: int, names: dict[str, tuple[str, str | None]]) -> str:
    code = head.ljust(12, "0")
    name, above = names.get(code, ("已撤销的地方", ""))
    own = codes.level(code) < codes.WIDTHS.index(width) + 1
    return f"{name}本级" if own else f"{'' if not above or above in PSEUDO else above}{name}"


def listing(asked: Asked, shift: Shift | None = None, within: str = "") -> QuerySet[Standing]:
    """The very organisations behind a number: of one way to change, in one place of the table."""
    rows = reach.changing(asked.scope, asked.branches(), asked.on, shift)
    if not within:
        return rows
    width = WIDTHS[asked.place.level]
    return rows.filter(place_code__startswith=within[:width])


def variable(pack: Pack) -> list:
    """The parameters of a document that can be varied."""
    return edits.varied(pack, MEASURED_BY)
