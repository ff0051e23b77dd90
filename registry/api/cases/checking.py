"""Looking at an application before it is handed in: everything that is missing at once, and a trial of the real act."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.errors import Refusal
from portal.models import User
from registry.api.cases import history, materials, said, sections
from registry.casework import actions, answers, clockface, facts, kinds, papers, turns
from registry.flows import leaving
from registry.models import CLOSED, Case
from registry.scope import Role

Fault = dict[str, str]  # pointer, code, reason, clause


class Incomplete(Refusal):
    """Something is missing; `wrong` names all of it at once."""

    def __init__(self, faults: list[Fault]) -> None:
        words = "；".join(dict.fromkeys(one["reason"] for one in faults))
        super().__init__(f"还不能提交：{words}"[:500], code="incomplete")
        self.wrong = [(one["pointer"], one["code"], one["reason"], one["clause"]) for one in faults]


def lacking(case: Case) -> list[Fault]:
    """Every question that is not answered rightly and every paper that is missing, with pointers into the case."""
    return [*_unanswered(case), *_unbrought(case)]


def _unanswered(case: Case) -> Iterator[Fault]:
    for section in kinds.of(case.kind).sections:
        form = answers.bound(section, case)
        form.is_valid()
        for one in said.problems(section, form, sections.pointer(section.key)):
            yield one | {"clause": ""}


def _unbrought(case: Case) -> Iterator[Fault]:
    for line in papers.checklist(case):
        if line.lacking:
            code, words = ("promise_lapsed", "承诺已经过期，请上传") if line.lapsed else ("material_missing", "请上传")
            at, reason = materials.pointer(line.paper.kind), f"{words}《{line.paper.label}》"
            yield {"pointer": at, "code": code, "reason": reason, "clause": line.source}


def hand_in(case: Case, *, by: User) -> Case:
    """The application goes to its desk, also after a correction. `Incomplete` with everything that is missing,
    else what the act itself refuses (`registry.casework.actions.move`)."""
    actions.require_turn(case, verb(case), by=by)
    if faults := lacking(case):
        raise Incomplete(faults)
    return actions.move(case, verb(case), by=by, seen=case.version)


def verb(case: Case) -> str:
    """The step by which an application is handed in: the applicant's own that leads to a desk."""
    flow = leaving(kinds.of(case.kind).flow(case), case.state)
    ours = (move.verb for move in flow if move.role == Role.APPLICANT and move.target not in CLOSED)
    return next(ours, "submit")


@dataclass(frozen=True)
class Trial:
    """What handing in would do: the refusal it would meet, or the desk that would look at it next."""

    no: Refusal | None
    desk: str


def trial(case: Case, *, by: User) -> Trial:
    """Hand the application in and take it back: all guards and effects are asked, nothing is written."""
    with transaction.atomic():
        try:
            after = hand_in(case, by=by)
            found = Trial(None, _desk(after))
        except Refusal as no:
            found = Trial(no, "")
        transaction.set_rollback(True)
    return found


def _desk(case: Case) -> str:
    return "、".join(dict.fromkeys(clockface.HOLDERS[role] for role in sorted(turns.desks(case))))


def told(case: Case, *, by: User) -> dict[str, Any]:
    """The answer of a dry run. `is_valid` says that handing it in now would succeed."""
    faults, tried = lacking(case), trial(case, by=by)
    if tried.no and not isinstance(tried.no, Incomplete):
        no = tried.no
        faults.append({"pointer": "", "code": no.code, "reason": no.reason, "clause": no.clause})
    return {
        "is_valid": tried.no is None,
        "errors": faults,
        "missing_materials": [one["pointer"].rpartition("/")[2] for one in _unbrought(case)],
        "verdict": _verdict(case),
        "next_desk": tried.desk,
    }


def _verdict(case: Case) -> dict[str, Any] | None:
    """What the rules say of it as it stands; None for a kind they do not judge."""
    if not kinds.of(case.kind).judged:
        return None
    return history.verdict(facts.verdict(case, timezone.localdate()).to_json(), case.road)
