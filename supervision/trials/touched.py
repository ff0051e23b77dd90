"""Open cases under an edit: drafts would be judged by the new rule, what is handed in keeps its edition.

Only numbers leave this module: nobody but its opener sees a draft. Nothing sealed is read.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from registry.casework import kinds
from registry.eligibility import Facts, FactsError, means, members, party
from registry.eligibility.context import Context
from registry.eligibility.facts import READERS
from registry.findings import Verdict
from registry.models import Case
from registry.policy.keys import KEYS
from registry.policy.parameters import Pack
from registry.policy.resolve import Rules, in_force
from supervision.trials.flips import Edit

CHECKS = (means.capital, members.members, means.premises, means.post, party.own_organisation)
SAID = (
    "legal_form",
    "hub_type",
    "category",
    "capital",
    "individual_members",
    "unit_members",
    "premises",
    "post_reachable",
    "full_party_members",
    "party_organisation",
)
FLAGS = {"yes": True, "no": False}
MOST = 5000  # cases judged one by one; beyond, the page says how many were not


@dataclass
class Touched:
    """How many open cases lie where the edit is felt, and in how many a finding would turn, by whose turn it is."""

    drafts: int = 0
    handed: int = 0
    drafts_turned: int = 0
    handed_turned: int = 0
    beyond: int = 0
    rules: dict[str, int] = field(default_factory=dict)  # label of a condition → cases in which it turns

    def to_json(self) -> dict[str, Any]:
        return dict(vars(self))


def touched(scope: str, edit: Edit, changed: Collection[str]) -> Touched:
    """The open cases of a place; `changed` are the conditions the edit changes."""
    judged = [kind.key for kind in kinds.every().values() if kind.judged and kind.rules is None]
    rows = Case.objects.open().inside(scope).filter(kind__in=judged)
    found = Touched(drafts=rows.filter(submitted_at=None).count(), handed=rows.exclude(submitted_at=None).count())
    if changed:
        _judge(rows, edit, found)
        found.beyond = max(0, found.drafts + found.handed - MOST)
    return found


def _judge(rows, edit: Edit, found: Touched) -> None:
    bench = _Bench(edit)
    columns = rows.order_by("place_code", "id").values_list("place_code", "road", "submitted_at", "answers")
    for place_code, road, submitted, said in columns[:MOST]:
        turned = bench.turned(place_code, facts(said, road))
        for label in turned:
            found.rules[label] = found.rules.get(label, 0) + 1
        if turned and submitted:
            found.handed_turned += 1
        elif turned:
            found.drafts_turned += 1


class _Bench:
    """Rules before and after, looked up once a place."""

    def __init__(self, edit: Edit) -> None:
        self.edit = edit
        self.known: dict[str, tuple[Rules, Rules]] = {}

    def turned(self, code: str, said: Facts) -> list[str]:
        """The labels of the conditions whose finding would be another one."""
        if code not in self.known:
            self.known[code] = (self._rules(self.edit.before, code), self._rules(self.edit.after, code))
        before, after = (_found(said, rules) for rules in self.known[code])
        return [KEYS[key].label for key in dict.fromkeys((*before, *after)) if before.get(key) != after.get(key)]

    def _rules(self, packs: list[Pack], code: str) -> Rules:
        return Rules(tuple(in_force(packs, code, self.edit.on)), self.edit.on)


def _found(said: Facts, rules: Rules) -> dict[str, str]:
    context = Context(said, rules, rules.on)
    found = [one for check in CHECKS for one in check(context)]
    return {one.key: one.verdict.value for one in found if one.blocks or one.verdict != Verdict.ADVICE}


def facts(said: dict[str, dict[str, Any]], road: str) -> Facts:
    """What an applicant has said about the conditions; what cannot be read yet is unknown."""
    flat = {key: value for section in said.values() if isinstance(section, dict) for key, value in section.items()}
    given = {key: _read(key, flat.get(key)) for key in SAID}
    given["hub_type"] = given["hub_type"] or "none"
    given["party_organisation"] = given["party_organisation"] or "none"
    given["legal_form"] = given["legal_form"] or ("none" if road == "filing" else None)
    return Facts(**given)


def _read(key: str, value: Any) -> Any:
    value = FLAGS.get(value, value) if isinstance(value, str) else value
    if value in (None, ""):
        return None
    try:
        return READERS[key](value, key)
    except FactsError:
        return None
