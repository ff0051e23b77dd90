"""What the answers of other bodies mean for a decision. Reads only; `registry.casework.opinions` writes."""

from portal.errors import Refusal
from registry.casework.step import Turn
from registry.models import Case, Opinion

SUPERVISING, AGREE, DISAGREE = Opinion.Kind.SUPERVISING, Opinion.Answer.AGREE, Opinion.Answer.DISAGREE


def last_words(case: Case, kind: str) -> list[Opinion]:
    """The last answer of each unit on a matter; a unit asked again is bound by what it said last."""
    answered = case.opinions.filter(kind=kind).exclude(answered_on=None).order_by("id") if case.pk else ()
    return list({opinion.unit: opinion for opinion in answered}.values())


def consented(case: Case) -> bool:
    """Whether the supervising unit agrees, plainly: a condition is for the desk to weigh, not a consent yet."""
    said = last_words(case, SUPERVISING)
    return bool(said) and all(opinion.answer == AGREE for opinion in said)


def opinions_in(turn: Turn) -> None:
    """No decision while a required answer is out, and none against the supervising unit, in its own words."""
    out = turn.case.opinions.open().filter(required=True)
    if waiting := [f"{one.unit}（{one.due_on:%-m月%-d日}前）" for one in out]:
        raise Refusal(f"还在等待答复：{'、'.join(waiting)}", code="opinion_open")
    against = [one for one in last_words(turn.case, SUPERVISING) if one.answer == DISAGREE]
    if against:
        raise Refusal(f"业务主管单位“{against[0].unit}”不同意：{against[0].text}", code="supervisor_disagrees")
