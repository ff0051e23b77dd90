"""Appointments made public: what everybody may read, what somebody objects, and how each objection is answered.

Public are the organisation, the candidate's name, post and introduction, and the last day; no number, no phone.
Objections are read by the deciding desk alone.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal import actions as audit
from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import User
from registry import codes
from registry.casework import answers, kinds, noticed, numbers, rights
from registry.models import Case, Jurisdiction, Notice, Objection, State
from registry.scope import Role, roles_over

DECIDING = (Role.DISTRICT, Role.APPROVER)
LONGEST = 500


@dataclass(frozen=True)
class Announcement:
    """One appointment as the public may read it; `until` is the last day (inclusive) on which somebody may object."""

    case: Case
    organisation: str
    person: str
    post: str
    introduction: str
    authority: str
    since: dt.date
    until: dt.date
    assumed: bool

    def open_on(self, on: dt.date) -> bool:
        return self.case.state == State.PUBLISHED and on <= self.until


def published() -> QuerySet[Case]:
    """The cases that are public now, the one that ends first on top."""
    return Case.objects.filter(kind=noticed.KIND, state=State.PUBLISHED).order_by("decision__until", "id")


def read_all(cases: Iterable[Case]) -> list[Announcement]:
    """Published cases as the public may read them; the counties are asked for once."""
    cases = list(cases)
    known = Jurisdiction.objects.filter(level=Jurisdiction.Level.COUNTY)
    counties = known.in_bulk({codes.normalise(case.place_code[:6]) for case in cases}, field_name="code")
    return [read(case, counties.get(codes.normalise(case.place_code[:6]))) for case in cases]


def read(case: Case, county: Jurisdiction | None = None) -> Announcement:
    """A published case as the public may read it."""
    said = answers.cleaned(kinds.of(case.kind).sections, case)
    county = county or numbers.keeper(case.place, Jurisdiction.Level.COUNTY)
    return Announcement(
        case=case,
        organisation=case.name,
        person=said.get("leader_name", ""),
        post=said.get("post", ""),
        introduction=said.get("introduction", ""),
        authority=f"{county}民政局",
        since=dt.date.fromisoformat(case.decision["published_on"]),
        until=dt.date.fromisoformat(case.decision["until"]),
        assumed=bool(case.decision.get("assumed")),
    )


@transaction.atomic
def object_to(case: Case, *, text: str, on: dt.date, name: str = "", phone: str = "") -> Objection:
    """Somebody objects, with or without a name. `OutOfTurn` once the last day is over or the notice was withdrawn."""
    case = Case.objects.select_for_update(of=["self"]).select_related("place").get(pk=case.pk)
    if case.state != State.PUBLISHED or not read(case).open_on(on):
        raise OutOfTurn("公示已经结束，不能再提出异议。可以直接向登记机关反映", code="notice_over")
    if not text.strip():
        raise Refusal("写明异议的内容", code="objection_empty", field="text")
    made = Objection.objects.create(case=case, text=text.strip()[:LONGEST], name=name.strip()[:30], phone=phone)
    audit.note("objection.made", f"case:{case.pk}", by=None, place_code=case.place_code, summary=f"{case}：收到异议")
    _tell(made)
    return made


def _tell(objection: Objection) -> None:
    case = objection.case
    desk = {user.pk for role in DECIDING for user in rights.holders(role, case.place_code)}
    notices = [
        Notice(
            user_id=pk,
            case=case,
            kind=Notice.Kind.OTHER,
            key=f"objection:{objection.pk}",
            text=f"{case.name}（{case.matter}）：收到异议，请答复"[:200],
        )
        for pk in sorted(desk)
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def may_decide(case: Case, user: User) -> bool:
    """Whether somebody sits at the desk that reads and answers objections."""
    return bool(roles_over(user, case.place_code) & set(DECIDING))


def objections(case: Case, user: User) -> QuerySet[Objection]:
    """The objections to an appointment, for the deciding desk; nothing for anybody else."""
    rows = case.objections.select_related("handled_by")
    return rows if case.kind == noticed.KIND and may_decide(case, user) else rows.none()


@transaction.atomic
def answer(objection: Objection, *, upheld: bool, answer: str, by: User) -> Objection:
    """Answer an objection, upheld or not, with words. `OutOfTurn` when a colleague has answered, or all is decided."""
    case = Case.objects.select_for_update(of=["self"]).get(pk=objection.case_id)
    if not may_decide(case, by):
        raise NotAllowed("异议由区县民政部门答复", code="not_allowed")
    if case.state != State.PUBLISHED:
        raise OutOfTurn(f"这件公示已经是“{case.get_state_display()}”，不能再答复异议", code="decided")
    found = Objection.objects.select_related("handled_by").get(pk=objection.pk)
    if found.handled_by and found.handled_by != by:
        raise OutOfTurn(f"这条异议已由{found.handled_by}答复", code="objection_answered")
    if not answer.strip():
        raise Refusal("写明处理意见", code="answer_empty", field="answer")
    before = found.upheld
    found.upheld, found.answer, found.handled_by, found.handled_at = upheld, answer.strip(), by, timezone.now()
    found.save(update_fields=["upheld", "answer", "handled_by", "handled_at"])
    audit.note(
        "objection.answer",
        f"case:{case.pk}",
        by=by,
        place_code=case.place_code,
        summary=f"{case}：答复异议",
        upheld=[before, upheld],
    )
    return found


def panel(case: Case, user: User) -> dict:
    """For the case page: the notice, and the objections where this person answers them."""
    if case.kind != noticed.KIND or "until" not in case.decision:
        return {}
    return {"announcement": read(case), "objections": objections(case, user), "may_decide": may_decide(case, user)}
