"""The only writers of cases. Every function is one transaction: all of it happens, or nothing.

Nothing here talks to a broker: the step row is the outbox (`registry.casework.outbox` drains it).
"""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from portal import actions as audit
from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import User
from registry import events, flows
from registry.casework import answers, clockwork, corrections, facts, kinds, leases, noticed, rights
from registry.casework.kinds import Kind, Section
from registry.casework.step import Turn
from registry.models import Case, Jurisdiction, Organisation, Step
from registry.scope import Role, roles_over

DAY_FORMAT = "%-m月%-d日 %H:%M"


def open_case(
    kind: str,
    *,
    by: User,
    place: Jurisdiction,
    key: str = "",
    said: Mapping[str, dict[str, str]] | None = None,
    organisation: Organisation | None = None,
    sealed: Mapping[str, str] | None = None,
) -> Case:
    """Begin a case of a kind. The same `key` from the same person gives the same case again (double click, F5).

    `NotAllowed` without an office there, `Refusal` when the organisation cannot have such a case, `OutOfTurn` when
    one is under way.
    """
    found = kinds.of(kind)
    rights.require_opener(found, by, place, organisation)
    _require_possible(found, organisation)
    if found.prefill and organisation and said is None:
        said, sealed = found.prefill(organisation)
    name = organisation.name if organisation else (said or {}).get("organisation", {}).get("name", "")
    values = {
        "road": found.road,
        "kind": found.key,
        "matter": found.label,
        "place": place,
        "place_code": place.code,
        "organisation": organisation,
        "answers": dict(said or {}),
        "sealed": dict(sealed or {}),
        "name": name[:100],
    }
    try:
        with transaction.atomic():
            values["variant"] = found.variant(Case(**values))
            values["decision"] = {"asks": facts.asked_here(place, timezone.localdate())}
            values["decision"] = noticed.settled(Case(**values))
            case, made = (
                Case.objects.get_or_create(opened_by=by, open_key=key or None, defaults=values)
                if key
                else (Case.objects.create(opened_by=by, **values), True)
            )
            if made:
                events.opened(case)
                audit.note("case.open", f"case:{case.pk}", by=by, place_code=case.place_code, summary=str(case))
            return case
    except IntegrityError as fault:
        raise OutOfTurn("该组织已有同类办件正在办理", code="case_open") from fault


def _require_possible(kind: Kind, organisation: Organisation | None) -> None:
    if kind.about is None or (kind.anew and organisation is None):
        return
    why = kind.about(organisation, timezone.localdate()) if organisation else "先选择组织"
    if why is None or why:
        raise Refusal(why or f"这个组织不能办理“{kind.label}”", code="not_for_this_organisation")


@transaction.atomic
def save_section(case: Case, section: Section, post: Mapping[str, Any], *, by: User, seen: int | None = None) -> Case:
    """Keep what was typed in a section of a draft, right or wrong.

    `seen` is the section version the page was built from; `OutOfTurn` when another window saved since.
    """
    case = _locked(case)
    _require_editor(case, by)
    now = case.section_versions.get(section.key, 0)
    if seen is not None and seen != now:
        raise OutOfTurn("这一部分已在另一个窗口修改过。请刷新页面查看最新内容，再继续填写", code="stale_section")
    values, sealed = corrections.only_questioned(case, section, *answers.typed(section, post))
    if values == case.answers.get(section.key) and all(case.sealed.get(name) == one for name, one in sealed.items()):
        return case
    case.answers = {**case.answers, section.key: values}
    case.sealed = {**case.sealed, **sealed}
    case.section_versions = {**case.section_versions, section.key: now + 1}
    if "name" in values and (values["name"].strip() or not case.organisation_id):
        case.name = values["name"].strip()[:100]
    case.decision = noticed.settled(case)
    case.saved_at = timezone.now()
    case.save(update_fields=["answers", "sealed", "section_versions", "name", "decision", "saved_at"])
    audit.note("case.save", f"case:{case.pk}", by=by, place_code=case.place_code, summary=section.title)
    return case


@transaction.atomic
def move(
    case: Case,
    verb: str,
    *,
    by: User | None,
    note: str = "",
    data: dict[str, Any] | None = None,
    seen: int | None = None,
) -> Case:
    """Take one step along the case's road, or refuse and change nothing.

    `seen` is the version of the case the person looked at; `by` None is an act of the system (silence, expiry).
    Raises `OutOfTurn` (409) when somebody else was quicker or holds the case, `NotAllowed` (403) for the wrong role,
    `Refusal` (422) when a guard says no.
    """
    case = _locked(case)
    kind = kinds.of(case.kind)
    if seen is not None and seen != case.version:
        raise _overtaken(case)
    try:
        found = flows.find(kind.flow(case), case.state, verb, label=case.get_state_display())
    except OutOfTurn as fault:
        raise _overtaken(case) from fault
    turn = Turn(case, found, by, timezone.localdate(), note.strip(), data or {})
    _require_role(turn)
    for need in found.needs:
        kind.guards[need](turn)
    corrections.route(turn)
    step = _record(turn)
    effect = kind.effects.get(verb)
    if effect:
        effect(turn)
    corrections.keep(turn, step)
    clockwork.tick(turn, step)
    case.save()
    events.moved(case, step)
    audit.note(
        f"case.{verb}",
        f"case:{case.pk}",
        by=by,
        place_code=case.place_code,
        summary=f"{case}：{found.label}",
        state=[step.source, step.target],
    )
    return case


@transaction.atomic
def adopt(case: Case, *, by: User) -> Case:
    """Go on with an unfinished case whose opener may no longer; the caller checks rights. `OutOfTurn` when it moved."""
    found = _locked(case)
    if found.opened_by_id == by.pk:
        return found
    if found.state not in rights.EDITABLE or found.opened_by_id != case.opened_by_id:
        raise _overtaken(found)
    former, found.opened_by, found.open_key = found.opened_by_id, by, None
    found.save(update_fields=["opened_by", "open_key"])
    audit.note(
        "case.hand_over",
        f"case:{found.pk}",
        by=by,
        place_code=found.place_code,
        summary=f"{found}：由现在的经办人接着办",
        opened_by=[f"user:{former}", f"user:{by.pk}"],
    )
    return found


def _locked(case: Case) -> Case:
    return Case.objects.select_for_update(of=["self"]).select_related("place").get(pk=case.pk)


def _record(turn: Turn) -> Step:
    case, now = turn.case, timezone.now()
    kept = {key: value for key, value in turn.data.items() if key not in ("defects", "version", "note")}
    step = Step.objects.create(
        case=case,
        verb=turn.move.verb,
        label=turn.move.label,
        source=case.state,
        target=turn.target,
        role=turn.move.role,
        by=turn.by,
        acting_for=turn.acting_for,
        at=now,
        note=turn.note,
        data=kept,
    )
    case.state = turn.target
    case.version += 1
    case.moved_at = now
    leases.let_go(case)
    if case.is_closed:
        case.closed_at = now
    return step


def _require_role(turn: Turn) -> None:
    """The person holds the role of the move, for himself or standing in for somebody, and nobody else has the case."""
    found, case, by = turn.move, turn.case, turn.by
    if by is None or found.silent:
        if by or not found.silent:
            who = "这一步到期后由系统办理" if found.silent else "这一步要由工作人员办理"
            raise NotAllowed(who, code="not_allowed")
        return
    if found.role == Role.APPLICANT:
        rights.require_writer(case, by)
        turn.acting_for = leases.speaking_for(by, case)
        return
    if found.role not in roles_over(by, case.place_code):
        raise NotAllowed(_whose(found, case), code="not_allowed")
    leases.require_free(case, by)
    turn.acting_for = leases.acting_for(by, found.role, case.place_code)


def _whose(found: flows.Move, case: Case) -> str:
    who = rights.holders(found.role, case.place_code)
    ask = f"，可以联系{'、'.join(map(str, who[:3]))}" if who else "，现在没有人担任，可以联系本地管理员"
    return f"“{found.label}”需要“{Role(found.role).label}”权限{ask}"


def require_turn(case: Case, verb: str, *, by: User) -> flows.Move:
    """The move this person may make now, or the refusal `move` would give before any guard is asked."""
    try:
        found = flows.find(kinds.of(case.kind).flow(case), case.state, verb, label=case.get_state_display())
    except OutOfTurn as fault:
        raise _overtaken(case) from fault
    _require_role(Turn(case, found, by, timezone.localdate()))
    return found


def _require_editor(case: Case, by: User) -> None:
    rights.require_writer(case, by)
    if case.state not in rights.EDITABLE:
        raise _overtaken(case)


def _overtaken(case: Case) -> OutOfTurn:
    last = case.steps.select_related("by").last()
    if last is None:
        return OutOfTurn("这份申请还没有提交", code="out_of_turn")
    at = timezone.localtime(last.at).strftime(DAY_FORMAT)
    done = f"这份办件已由{last.by or '系统'}于{at}办理“{last.label}”"
    return OutOfTurn(f"{done}，当前状态为“{case.get_state_display()}”，您的操作没有生效", code="overtaken")


def allowed(case: Case, user: User) -> list[flows.Move]:
    """The moves this person may make now, for buttons; a shown button always works unless a guard says why not."""
    held = roles_over(user, case.place_code)
    mine = rights.may_write(case, user)
    can = held - {Role.APPLICANT} | ({Role.APPLICANT} if mine else set())
    after = flows.leaving(kinds.of(case.kind).flow(case), case.state)
    shown = [found for found in after if found.role in can and not found.silent]
    return [found for found in shown if not corrections.calls_back(found) or corrections.ours(case, found)]


def waiting_on(role: str) -> Q:
    """Cases of every kind in which this role has the next word."""
    found = Q(pk__in=[])
    for key, kind in kinds.every().items():
        for variant, flow in kind.flows.items():
            turns = [turn for turn in flow if turn.role == role and not turn.silent and not turn.aside]
            states = {source for turn in turns for source in turn.sources}
            found |= Q(kind=key, variant=variant, state__in=states)
    return found
