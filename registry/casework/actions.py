"""The only writers of cases. Every function is one transaction: all of it happens, or nothing.

Nothing here talks to a broker: the step row is the outbox (`registry.casework.outbox` drains it).
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from portal import actions as audit
from portal.errors import NotAllowed, OutOfTurn
from portal.models import User
from registry import clock, flows
from registry.casework import answers, facts, rights, roads
from registry.casework.roads import Section
from registry.casework.step import Turn
from registry.models import Case, Defect, Jurisdiction, Organisation, Step
from registry.scope import Role, roles_over

DAY_FORMAT = "%m月%d日 %H:%M"


def open_case(
    road: str,
    *,
    by: User,
    place: Jurisdiction,
    key: str = "",
    said: Mapping[str, dict[str, str]] | None = None,
    organisation: Organisation | None = None,
    sealed: Mapping[str, str] | None = None,
) -> Case:
    """Begin a case. The same `key` from the same person gives the same case again (double click, F5)."""
    if not roles_over(by, place.code) & {Role.APPLICANT, Role.COMMUNITY, Role.STREET, Role.DISTRICT}:
        raise NotAllowed(f"您没有在“{place}”办理的权限", code="not_allowed")
    values = {
        "road": road,
        "place": place,
        "place_code": place.code,
        "organisation": organisation,
        "answers": dict(said or {}),
        "sealed": dict(sealed or {}),
        "name": (said or {}).get("organisation", {}).get("name", "")[:100],
    }
    try:
        with transaction.atomic():
            values["variant"] = roads.of(road).variant(Case(**values))
            values["decision"] = {"asks": facts.asked_here(place, timezone.localdate())}
            case, made = (
                Case.objects.get_or_create(opened_by=by, open_key=key or None, defaults=values)
                if key
                else (Case.objects.create(opened_by=by, **values), True)
            )
            if made:
                audit.note("case.open", f"case:{case.pk}", by=by, place_code=place.code, summary=str(case))
            return case
    except IntegrityError as fault:
        raise OutOfTurn("该组织已有同类办件正在办理", code="case_open") from fault


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
    values, sealed = answers.typed(section, post)
    if values == case.answers.get(section.key) and all(case.sealed.get(name) == one for name, one in sealed.items()):
        return case
    case.answers = {**case.answers, section.key: values}
    case.sealed = {**case.sealed, **sealed}
    case.section_versions = {**case.section_versions, section.key: now + 1}
    if "name" in values:
        case.name = values["name"].strip()[:100]
    case.saved_at = timezone.now()
    case.save(update_fields=["answers", "sealed", "section_versions", "name", "saved_at"])
    audit.note("case.save", f"case:{case.pk}", by=by, place_code=case.place_code, summary=section.title)
    return case


@transaction.atomic
def move(
    case: Case, verb: str, *, by: User, note: str = "", data: dict[str, Any] | None = None, seen: int | None = None
) -> Case:
    """Take one step along the case's road, or refuse and change nothing.

    `seen` is the version of the case the person looked at. Raises `OutOfTurn` (409) when somebody else
    was quicker, `NotAllowed` (403) for the wrong role, `Refusal` (422) when a guard says no.
    """
    case = _locked(case)
    road = roads.of(case.road)
    if seen is not None and seen != case.version:
        raise _overtaken(case)
    try:
        found = flows.find(road.flow(case), case.state, verb, label=case.get_state_display())
    except OutOfTurn as fault:
        raise _overtaken(case) from fault
    _require_role(by, found, case)
    turn = Turn(case, found, by, timezone.localdate(), note.strip(), data or {})
    for need in found.needs:
        road.guards[need](turn)
    step = _record(turn)
    effect = road.effects.get(verb)
    if effect:
        effect(turn)
    for defect in turn.data.get("defects", []):
        Defect.objects.create(step=step, **defect)
    case.save()
    audit.note(
        f"case.{verb}",
        f"case:{case.pk}",
        by=by,
        place_code=case.place_code,
        summary=f"{case}：{found.label}",
        state=[step.source, step.target],
    )
    return case


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
        target=turn.move.target,
        role=turn.move.role,
        by=turn.by,
        at=now,
        note=turn.note,
        data=kept,
    )
    case.state = turn.move.target
    case.version += 1
    case.due_on = clock.after_working_days(turn.on, turn.move.days).on if turn.move.days else None
    if case.is_closed:
        case.closed_at = now
    return step


def _require_role(by: User, found: flows.Move, case: Case) -> None:
    if found.role == Role.APPLICANT:
        rights.require_writer(case, by)
    elif found.role not in roles_over(by, case.place_code):
        raise NotAllowed(f"此操作需要“{Role(found.role).label}”权限", code="not_allowed")


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
    return [found for found in flows.leaving(roads.of(case.road).flow(case), case.state) if found.role in can]


def waiting_on(role: str) -> Q:
    """Cases of either road in which this role has the next word."""
    found = Q(pk__in=[])
    for key in settings.CASE_ROADS:
        for variant, flow in roads.of(key).flows.items():
            states = {source for move_ in flow if move_.role == role for source in move_.sources}
            found |= Q(road=key, variant=variant, state__in=states)
    return found
