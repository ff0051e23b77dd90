"""Conditions of a public notice before appointment."""

import datetime as dt

from portal.errors import Refusal
from registry.casework import facts
from registry.casework.guards import GUARDS as SHARED
from registry.casework.guards import another_person, open_findings, stored
from registry.casework.step import Turn


def leader_may_stand(turn: Turn) -> None:
    """No rule on leaders fails, judged today: a ban, a serving cadre without approval, a post that excludes another."""
    turn.case.receipt = stored(facts.verdict(turn.case, turn.on))
    failed = [one for one in open_findings(turn.case.receipt) if one["verdict"] == "fail"]
    if failed:
        raise Refusal(
            f"拟任人还不能公示：{'；'.join(one['label'] for one in failed)}",
            code="leader_barred",
            clause=f"{failed[0]['document']} {failed[0]['clause']}",
        )


def notice_over(turn: Turn) -> None:
    """The last day of the notice is over: on that day itself somebody may still object."""
    until = dt.date.fromisoformat(turn.case.decision["until"])
    if turn.on <= until:
        raise Refusal(f"公示到{until:%Y年%-m月%-d日}为止，次日起才能作出结论", code="notice_running")


def objections_answered(turn: Turn) -> None:
    """Every objection has been answered, with words."""
    waiting = turn.case.objections.filter(upheld=None).count()
    if waiting:
        raise Refusal(f"还有 {waiting} 条异议没有答复，请先逐条答复", code="objections_open")


def none_upheld(turn: Turn) -> None:
    if turn.case.objections.filter(upheld=True).exists():
        raise Refusal("有异议成立，不能办理“公示无异议”", code="objection_upheld")


def one_upheld(turn: Turn) -> None:
    if not turn.case.objections.filter(upheld=True).exists():
        raise Refusal("没有成立的异议，不能办理“异议成立”", code="no_objection_upheld")


def not_the_publisher(turn: Turn) -> None:
    another_person(turn, {"submit", "publish"}, "提交人或公示经办人")


GUARDS = SHARED | {
    "leader_may_stand": leader_may_stand,
    "notice_over": notice_over,
    "objections_answered": objections_answered,
    "none_upheld": none_upheld,
    "one_upheld": one_upheld,
    "not_the_publisher": not_the_publisher,
}
