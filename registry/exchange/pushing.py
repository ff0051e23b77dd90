"""What happened in a case becomes records for the platforms: the only maker of pushes.

The feed of events only says in which case something happened. What is still to be pushed is seen by holding what is
in the tables (`registry.exchange.happenings`) against what was made already, so that nothing is lost or made twice:
numbers within a case run 1, 2, 3 …, and (platform, number, sequence) is unique.
"""

import hashlib
import json
import logging
from typing import Any

from django.db import transaction
from django.utils import timezone

from registry.exchange import cursors, happenings, platforms, telling
from registry.exchange.happenings import Happening
from registry.exchange.mapping import Platform, RecordMap
from registry.exchange.platforms import Line
from registry.exchange.rendering import Unfit, dump, render
from registry.models import Case, Push

log = logging.getLogger(__name__)


def follow() -> int:
    """Make the records of everything that happened since; returns how many."""
    return sum(_follow(line) for line in platforms.on())


def _follow(line: Line) -> int:
    made = 0
    with cursors.reading(f"push:{line.name}"[:40]) as found:
        if found is None:
            return 0
        concerned = {one.case_id for one in found.events if one.case_id} | set(found.again)
        found.again = []
        for case in Case.objects.filter(pk__in=concerned).order_by("pk"):
            try:
                with transaction.atomic():
                    made += len(of_case(line.platform, case))
            except Exception:  # whatever is wrong with one case, the cases behind it go on
                log.exception("push: case %s for %s", case.pk, line.name)
                found.again.append(case.pk)
    return made


def of_case(platform: Platform, case: Case) -> list[Push]:
    """Make the records of a case that are still to be made, and those a correction has made good.

    Call it with the platform's cursor held: nobody else then makes pushes for it.
    """
    if not case.number or not case.submitted_at or timezone.localdate(case.submitted_at) < platform.since:
        return []
    former = {read(one)["of"]: one for one in Push.objects.filter(platform=platform.name, number=case.number)}
    wanted = [(found, record) for found in happenings.of(case) for record in platform.wanted(found.facts)]
    mended = [
        push
        for found, record in wanted
        if (push := former.get(_key(found, record))) and push.state == Push.State.REFUSED
        if _mend(platform, push, record, found)
    ]
    fresh = [(found, record) for found, record in wanted if _key(found, record) not in former]
    return mended + [_make(platform, case, len(former) + at, *pair) for at, pair in enumerate(fresh, 1)]


def read(push: Push) -> dict[str, Any]:
    """What a push holds: `of`, the happening and record it was made of, and `record`, what is sent (None: unfit)."""
    return json.loads(push.body)


def sent(push: Push) -> bytes:
    """The bytes a push sends; always the same ones."""
    return dump(read(push)["record"])


def again(platform: Platform) -> int:
    """Put everything a platform refused in line once more, made anew from the tables as they stand; how many."""
    return _all(platform, force=True)


def mended(platform: Platform) -> int:
    """As `again`, but only what reads differently now: a refusal without a correction is not repeated."""
    return _all(platform, force=False)


@transaction.atomic
def _all(platform: Platform, *, force: bool) -> int:
    rows = Push.objects.select_for_update(of=["self"]).filter(platform=platform.name, state=Push.State.REFUSED)
    return sum(_again(platform, push, force) for push in rows.select_related("case").order_by("id"))


def _again(platform: Platform, push: Push, force: bool) -> bool:
    key = read(push)["of"]
    for found in happenings.of(push.case):
        for record in platform.wanted(found.facts):
            if _key(found, record) == key:
                return _mend(platform, push, record, found, force=force)
    return False


def _key(found: Happening, record: RecordMap) -> str:
    return f"{found.key}:{record.record}"


def _make(platform: Platform, case: Case, sequence: int, found: Happening, record: RecordMap) -> Push:
    values = _rendered(platform, record, found, sequence)
    kind, _, pk = found.key.partition(":")
    named = {"platform": platform.name, "number": case.number, "sequence": sequence}
    made = Push.objects.create(**named, case=case, step_id=int(pk) if kind == "step" else None, **values)
    if made.state == Push.State.REFUSED:
        telling.refused(platform, made)
    return made


def _mend(platform: Platform, push: Push, record: RecordMap, found: Happening, *, force: bool = False) -> bool:
    """Put a refused push in line again where the record now reads differently."""
    values = _rendered(platform, record, found, push.sequence)
    if values["state"] == Push.State.REFUSED or (values["digest"] == push.digest and not force):
        return False
    changed = values | {"next_at": timezone.now(), "fault": "", "tries": 0}
    Push.objects.filter(pk=push.pk, state=Push.State.REFUSED).update(**changed)
    return True


def _rendered(platform: Platform, record: RecordMap, found: Happening, sequence: int) -> dict[str, Any]:
    """The columns of a push that follow from the mapping; refused at once where a value is missing."""
    told: dict[str, Any] = {"record": record.record, "state": Push.State.WAITING, "digest": "", "fault": ""}
    body: dict[str, Any] = {"of": _key(found, record), "record": None}
    try:
        body["record"] = render(platform, record, found.facts | {"sequence": sequence})
        told["digest"] = hashlib.sha256(dump(body["record"])).hexdigest()
    except Unfit as fault:
        told |= {"state": Push.State.REFUSED, "fault": str(fault)[:200]}
    return told | {"body": json.dumps(body, ensure_ascii=False)}
