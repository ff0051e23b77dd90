"""Changes of an organisation on the register: what may change, what each item asks for, and what becomes of it.

The items stand in a table of each kind (`checklist.py` of its folder). What is asked, which papers are wanted, by
which rules the case is judged and what is written to the register all follow from the ticked lines.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from portal.errors import OutOfTurn, Refusal
from registry import identity, register
from registry.casework import answers, facts, kinds, submission
from registry.casework.guards import authority, by_hand, open_findings, stored
from registry.casework.kinds import Paper
from registry.casework.step import Turn
from registry.eligibility.context import Context
from registry.eligibility.regime import regime_of
from registry.findings import Finding, Verdict, found
from registry.models import Case, Jurisdiction, Organisation, State
from registry.policy.parameters import Parameter

SHOWN = (  # what the register says, beside the question for the new value
    "activities",
    "scope",
    "category",
    "premises",
    "address",
    "capital",
    "individual_members",
    "unit_members",
    "managing_body",
    "post_reachable",
)


@dataclass(frozen=True)
class Item:
    """Something that may change: what is ticked, the questions for the new value, and what follows.

    `rules` are the beginnings of the rules by which a change of it is judged; `decides` says who decides; `clause`
    on what basis. Without `legal_forms` it is open to every form the kind serves.
    """

    key: str
    label: str
    fields: tuple[str, ...]
    decides: str
    clause: str
    papers: tuple[Paper, ...] = ()
    rules: tuple[str, ...] = ()
    legal_forms: frozenset[str] = frozenset()

    def open_to(self, organisation: Organisation) -> bool:
        """Whether an organisation of this form may report it."""
        return not self.legal_forms or organisation.legal_form in self.legal_forms


def ticked(items: Iterable[Item], case: Case) -> tuple[Item, ...]:
    """The items a case is about, in the order of the table."""
    return tuple(item for item in items if item.key in case.asks)


def rules(items: Iterable[Item], case: Case) -> tuple[str, ...]:
    """The beginnings of the rules that judge what is ticked."""
    return tuple(dict.fromkeys(key for item in ticked(items, case) for key in item.rules))


def papers(items: Iterable[Item], case: Case) -> tuple[Paper, ...]:
    """The papers the ticked items ask for, each once."""
    asked = {paper.kind: paper for item in ticked(items, case) for paper in item.papers}
    return tuple(asked.values())


def present(organisation: Organisation) -> dict[str, str]:
    """What the register says now, in words, by the field that asks for the new value; numbers masked."""
    found = {name: organisation.said(name) for name in SHOWN}
    found |= {"new_name": organisation.name, "new_place": str(organisation.place)}
    found["service_groups"] = organisation.services.words()
    term = organisation.leader_terms.filter(ends=None).last()
    if term:
        found |= {"leader_name": term.name, "leader_phone": identity.mask_phone(term.phone) if term.phone else ""}
    return {name: word for name, word in found.items() if word}


def prefill(organisation: Organisation) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """Nothing is filled in; what the register says stands beside each question."""
    return {answers.PRESENT: present(organisation)}, {}


def look_again(case: Case) -> None:
    """Renew what the register says beside the answers (not saved here)."""
    case.answers = {**case.answers, answers.PRESENT: present(case.organisation)}


def known(organisation: Organisation) -> dict[str, Any]:
    """What the register knows of an organisation, under the names the rules read."""
    found = {key: getattr(organisation, key) for key in facts.PLAIN if hasattr(organisation, key)}
    hub = organisation.hub
    found |= {
        "name": organisation.name,
        "legal_form": organisation.legal_form,
        "party_organisation": organisation.party_organisation or "none",
        "hub_type": hub.hub_type if hub else "none",
    }
    term = organisation.leader_terms.select_related("person").filter(ends=None).last()
    if term:
        found |= {"leader_id_number": term.person.id_number, "serving_cadre": term.serving_cadre}
    return found


def new(case: Case) -> dict[str, Any]:
    """The new values of what was ticked, under the names the register uses."""
    said = answers.cleaned(kinds.of(case.kind).sections, case)
    found = {key: value for key, value in said.items() if value not in (None, "")}
    found.pop("items", None)
    if "new_name" in found:
        found["name"] = found.pop("new_name")
    if "new_place" in found:
        found["place"] = Jurisdiction.objects.get(code=found.pop("new_place"))
    return found


def said(case: Case) -> dict[str, Any]:
    """The organisation as it would be: the register, with the new values in place of the old."""
    return known(case.organisation) | new(case)


def consent_on_paper(case: Case) -> bool:
    """Whether the supervising unit's consent has to be handed over: dual regime, and the unit is not the street, which
    consents in the portal."""
    regime = case.receipt.get("regime")
    if not case.receipt:
        context = Context(facts.facts(case), facts.rules_of(case, today()), today())
        regime = regime_of(context)
    return regime == "dual" and case.variant == "direct"


def consent(case: Case) -> dict[str, bool]:
    """The supervising unit's consent as a fact: there when the paper is."""
    return {"supervising_consent": True} if case.materials.filter(kind="consent").exclude(stored=None).exists() else {}


def in_time(case: Case, rule: Parameter, since: dt.date, on: dt.date, what: str, act: str) -> Finding:
    """Whether a case was handed in within the days of a rule after a day; late is a warning and nothing more."""
    handed_in = timezone.localdate(case.submitted_at) if case.submitted_at else on
    days, most = (handed_in - since).days, int(rule.exact or 0)
    late = days > most
    return found(
        rule,
        not late,
        required=most,
        actual=max(days, 0),
        label=f"{what}之日起 {most} 日内{act}{f'，已是第 {days} 日；可以继续办理' if late else ''}",
        verdict=Verdict.ADVICE if late else Verdict.PASS,
    )


def today() -> dt.date:
    """The day in the time zone of the portal."""
    return timezone.localdate()


def submit(turn: Turn, *, keeper_level: int) -> None:
    """The effect of handing a change in."""
    look_again(turn.case)
    submission.stamp(turn, keeper_level=keeper_level)


def still_there(turn: Turn) -> None:
    """The organisation can still have this change; `OutOfTurn` when it left the register or its standing changed."""
    kind, organisation = kinds.of(turn.case.kind), turn.case.organisation
    organisation.refresh_from_db()
    why = kind.about(organisation, turn.on)
    if why is None or why:
        raise OutOfTurn(why or f"“{organisation}”的状态已经改变，这份办件不能再继续", code="standing_changed")
    others = organisation.cases.open().exclude(pk=turn.case.pk).exclude(state=State.DRAFT)
    if "place" in turn.case.asks and others:  # they would stay at the desks of a place the organisation has left
        named = "、".join(other.matter for other in others)
        raise Refusal(f"这个组织还有正在办理的事项：{named}。办结以后再变更所在社区（村）", code="cases_open")


def rules_met(turn: Turn, level: int, *, unknown: bool) -> None:
    """No rule on what changes fails, judged today; with `unknown`, none is left open either unless settled by hand."""
    authority(turn, level)
    case = turn.case
    case.receipt = stored(facts.verdict(case, turn.on))
    checked = {kind for kind in ("premises_checked", "name_checked") if turn.data.get(kind) or case.decision.get(kind)}
    still = [
        one
        for one in open_findings(case.receipt)
        if one["verdict"] == "fail" or (unknown and by_hand(one) not in checked)
    ]
    if still:
        raise Refusal(
            f"还不能变更：{'；'.join(one['label'] for one in still)}",
            code="rules_not_met",
            clause=f"{still[0]['document']} {still[0]['clause']}",
        )


def carry_out(turn: Turn) -> None:
    """The effect of the decision: the new values go to the register, the old ones stay beside them on the case."""
    case = turn.case
    look_again(case)
    register.amend(case.organisation, new(case), by=turn.by, on=turn.on, case=case)
