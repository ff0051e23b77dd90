"""Conditions of a recognition as a charity."""

from portal.errors import OutOfTurn, Refusal
from registry.casework import facts
from registry.casework.guards import GUARDS as SHARED
from registry.casework.guards import another_person
from registry.casework.step import Turn
from registry.models import Organisation, StandingKind
from registry.registration.kinds.charity.checklist import CONDITIONS, LAW


def conditions_met(turn: Turn) -> None:
    """Every condition is said to hold, and the leader is under no ban the register knows of."""
    said = turn.case.answers.get("conditions", {})
    open_ones = [one for one in CONDITIONS if said.get(one.field) != "yes"]
    if open_ones:
        raise Refusal(
            f"还不符合慈善组织的条件：{'；'.join(one.label for one in open_ones)}",
            code="charity_conditions",
            clause=f"{LAW} {open_ones[0].clause}",
        )
    _leader_free(turn)


def _leader_free(turn: Turn) -> None:
    term = turn.case.organisation.leader_terms.select_related("person").filter(ends=None).last()
    until = facts.banned_until(term.person.id_number) if term else None
    if until and until >= turn.on:
        raise Refusal(
            f"负责人在从业禁止期内（至{until:%Y年%-m月%-d日}），不能认定",
            code="leader_barred",
            clause=f"{LAW} 第十六条",
        )


def still_registered(turn: Turn) -> None:
    """The organisation is registered and no charity yet; somebody else may have been quicker."""
    now = Organisation.objects.get(pk=turn.case.organisation_id)
    if now.standing != StandingKind.REGISTERED:
        raise OutOfTurn(f"“{now}”现在不是已登记的组织，不能认定", code="standing_changed")
    if now.charity_since:
        raise OutOfTurn(f"“{now}”已于{now.charity_since:%Y年%-m月%-d日}认定为慈善组织", code="charity_there")


def not_the_examiner(turn: Turn) -> None:
    another_person(turn, {"submit", "examine"}, "提交人或审查人")


GUARDS = SHARED | {
    "conditions_met": conditions_met,
    "still_registered": still_registered,
    "not_the_examiner": not_the_examiner,
}
