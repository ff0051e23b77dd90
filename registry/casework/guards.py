"""Conditions that both kinds share. A guard looks at a turn and stays silent or raises `Refusal`."""

from portal.errors import NotAllowed, Refusal
from registry.casework import answers, corrections, facts, kinds, numbers, papers
from registry.casework.consent import opinions_in
from registry.casework.demands import label
from registry.casework.step import Turn
from registry.eligibility import Receipt
from registry.models import Jurisdiction


def opinion_given(turn: Turn) -> None:
    if not turn.note:
        raise Refusal("填写意见", code="note_missing", field="note")


def defects_named(turn: Turn) -> None:
    """Every defect with its reason; a second notice on what has not changed since says why (行政许可法 32)."""
    given = turn.data.get("defects")
    if not given:
        raise Refusal("请写明需要修改的内容和原因", code="defects_missing")
    late = corrections.seen_before(turn.case, {(one["section"], one["field"]) for one in given})
    if late and not turn.data.get("why"):
        named = "、".join(one["label"] for one in given if (one["section"], one["field"]) in late)
        raise Refusal(
            f"上次退回后没有改动过：{named}。请写明为何没有一次告知",
            code="why_missing",
            clause="《行政许可法》 第三十二条",
            field="why",
        )


def complete(turn: Turn) -> None:
    """Every task done and every required paper there (or promised where that is allowed)."""
    case, road = turn.case, kinds.of(turn.case.kind)
    open_tasks = [task.section.title for task in answers.tasks(road.sections, case) if not task.done]
    if open_tasks:
        raise Refusal(f"还没有填完：{'、'.join(open_tasks)}", code="incomplete")
    lacking = [line.paper.label for line in papers.checklist(case) if line.lacking]
    if lacking:
        raise Refusal(f"还缺少材料：{'、'.join(lacking)}", code="materials_missing")


def rules_met(turn: Turn) -> None:
    """No rule that must hold fails or is still unknown, judged by the rules of the place today."""
    authority(turn, Jurisdiction.Level.COUNTY)
    turn.case.receipt = stored(facts.verdict(turn.case, turn.on))
    checked = {kind for kind in BY_HAND if turn.data.get(kind) or turn.case.decision.get(kind)}
    still = [one for one in open_findings(turn.case.receipt) if by_hand(one) not in checked]
    if still:
        worst = still[0]
        raise Refusal(
            f"还不符合登记条件：{'；'.join(finding['label'] for finding in still)}",
            code="rules_not_met",
            clause=f"{worst['document']} {worst['clause']}",
        )


BY_HAND = {"premises_checked": "premises.sharing_allowed", "name_checked": "name."}


def by_hand(finding: dict) -> str:
    """What the authority settles by looking for itself, and says so: shared premises no document speaks of, and a
    name the parser cannot take apart. Empty for everything else; a rule that fails is never settled so."""
    if finding["verdict"] != "unknown":
        return ""
    return next((kind for kind, key in BY_HAND.items() if finding["key"].startswith(key)), "")


def authority(turn: Turn, level: int) -> None:
    """Lock the authority's place, so that two decisions do not each overlook the other's name."""
    if turn.trial:
        return
    Jurisdiction.objects.select_for_update().get(pk=numbers.keeper(turn.case.place, level).pk)


def stored(receipt: Receipt) -> dict:
    """The receipt as kept on the case."""
    return receipt.to_json()


def open_findings(receipt: dict) -> list[dict]:
    """The findings that stand between the application and a registration."""
    return [
        finding
        for finding in receipt.get("rules", [])
        if finding["modality"] == "MUST" and finding.get("blocks", True) and finding["verdict"] in ("fail", "unknown")
    ]


def another_person(turn: Turn, verbs: set[str], what: str) -> None:
    """Whoever was the last to make one of these moves may not make the next, neither himself nor through whoever
    stands in for him; and nobody decides what the person he stands in for looked at.

    A correction that went on where the case was given back replaces no earlier hand-in: both persons count.
    """
    steps = turn.case.steps.filter(verb__in=verbs).order_by("id")
    last = {(step.verb, step.pk if step.data.get("resumed") else 0): {step.by_id, step.acting_for_id} for step in steps}
    before = set().union(*last.values()) - {None}
    if turn.by and turn.by.pk in before:
        raise NotAllowed(f"您是本件的{what}，不能再由您作出决定，{ANOTHER}", code="four_eyes")
    if turn.acting_for and turn.acting_for.pk in before:
        raise NotAllowed(f"您代{turn.acting_for}办理，{turn.acting_for}是本件的{what}，{ANOTHER}", code="four_eyes")


ANOTHER = "由另一位同事办理"


def promises_kept(turn: Turn) -> None:
    """Nothing is granted on a promise whose day is over: the paper comes first (容缺受理的承诺)."""
    lapsed = turn.case.materials.owed_since(turn.on)
    if lapsed:
        named = "、".join(label(material) for material in lapsed)
        words = f"承诺补交的材料已经过期，还没有交来：{named}。交来以后再办理，或者退回补正"
        raise Refusal(words, code="promise_lapsed")


def not_the_sender(turn: Turn) -> None:
    """Who handed it in does not take note of it."""
    another_person(turn, {"submit"}, "提交人")


GUARDS = {
    "opinion_given": opinion_given,
    "defects_named": defects_named,
    "complete": complete,
    "rules_met": rules_met,
    "opinions_in": opinions_in,
    "promises_kept": promises_kept,
    "not_the_sender": not_the_sender,
    corrections.CALLS_BACK: corrections.require_ours,
}
