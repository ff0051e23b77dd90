"""Targets as the board shows them: what the documents ask of a place, how it stands, and which places fall short."""

import datetime as dt
from typing import Any

from django.http import Http404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.conditional import tag
from portal.api.doors import Door, operation
from portal.errors import Refusal
from registry.api.reach import place
from registry.models import Jurisdiction
from supervision import boards
from supervision.api.shapes import BoardQuery, BoardTold, OneTargetTold
from supervision.boards import Held
from supervision.boards.target import Line
from supervision.counts import current_packs

ABILITY = "targets.read"
WHERE = "`place` 不在权限范围内时为 404。已撤销的地方只能问撤销以前的日子（422 place_ended）。"


class Targets(Door):
    """All targets of a place."""

    @operation(
        "targets.list",
        "一个地方的各项目标",
        ability=ABILITY,
        description=f"某一天各项目标的现值、结论和差额，与看板一致，附文件、条款和政策版本。{WHERE}带 ETag。",
        query=BoardQuery,
        tagged=True,
        answers={200: BoardTold},
        refuses=(404, 422),
    )
    def get(self, request: Request) -> Response:
        found, on = asked(self)
        board, known = boards.coverage(found, on), editions()
        told = {"place": found.code, "name": found.name, "level": found.level, "on": on}
        told["targets"] = [target(held, known) for held in board.held]
        return self.told(told, etag=tag(told))


class Target(Door):
    """One target of a place."""

    @operation(
        "targets.read",
        "一项目标和各下级的情况",
        ability=ABILITY,
        description=(
            f"目标的现值和结论，以及直接下级各自的情况，按代码排列。本地的文件里没有的目标为 404。{WHERE}带 ETag。"
        ),
        query=BoardQuery,
        tagged=True,
        answers={200: OneTargetTold},
        refuses=(422,),
    )
    def get(self, request: Request, parameter: str) -> Response:
        found, on = asked(self)
        try:
            seen = boards.standing(found, parameter, on)
        except Refusal as no:
            raise Http404 from no
        told = {"place": found.code, "name": found.name, "on": on}
        told["target"] = target(seen.held, editions()) if seen.held else None
        told["children"] = [_child(line) for line in seen.lines]
        return self.told(told, etag=tag(told))


def asked(door: Door) -> tuple[Jurisdiction, dt.date]:
    """The place, if the token gives targets there, and the day; `Refusal` for a day on which it was no more."""
    found, on = place(door.caller, ABILITY, door.asked["place"]), door.asked.get("on") or timezone.localdate()
    if found.ends and on >= found.ends:
        last = found.ends - dt.timedelta(days=1)
        raise Refusal(f"{found}已经撤销，最后一天是 {last:%Y-%m-%d}", code="place_ended", field="on")
    return found, on


def editions() -> dict[str, str]:
    """Parameter → the digest of the edition that sets it."""
    return {parameter.id: pack.digest for pack in current_packs() for parameter in pack.parameters}


def target(held: Held, known: dict[str, str]) -> dict[str, Any]:
    """A target as `manage.py targets` prints it, with the edition and what is missing."""
    more = {
        "edition": known[held.parameter.id],
        "missing": held.judgement.missing,
        "value_text": held.figure.text if held.figure else "",
    }
    return held.to_json() | more


def _child(line: Line) -> dict[str, Any]:
    told = line.figure.to_json()
    names = ("numerator", "denominator", "value", "missing", "status", "gap")
    return {
        "place": line.code,
        "name": line.name,
        "own_level": line.figure.own,
        "formal": line.formal,
        **{name: told[name] for name in names},
    }
