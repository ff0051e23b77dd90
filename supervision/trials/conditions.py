"""The numeric conditions of eligibility as sets of rows: who certainly meets each, who certainly does not.

The mirror of `registry.eligibility` for what the register knows of every organisation (capital, members, premises,
post, party members); a test holds the two together. Unknown is in neither set and is never a pass. Rows are
`Standing`s with `heads` (the members that are known). No statement is asked here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from registry.eligibility.members import FEDERATION, KEY
from registry.eligibility.tier import CRITERIA, NAMED
from registry.policy.keys import KEYS
from registry.policy.parameters import Modality, Parameter
from registry.policy.resolve import Rules

NONE = Q(pk__in=[])
ORG = "organisation__"
IND, UNIT, CAPITAL = f"{ORG}individual_members", f"{ORG}unit_members", f"{ORG}capital"
PREMISES, POST = f"{ORG}premises", f"{ORG}post_reachable"
PARTY, PARTY_STATE = f"{ORG}full_party_members", f"{ORG}party_organisation"
MEMBERS = "members"


@dataclass(frozen=True)
class Condition:
    """One condition for one legal form and hub type: who meets it (`yes`), who does not (`no`), whom it spares.

    `stops` is whether only `yes` (and the spared) may be registered: a MUST that blocks.
    """

    key: str
    rule: Parameter
    yes: Q
    no: Q
    spared: Q = NONE
    blocks: bool = True

    @property
    def stops(self) -> bool:
        return self.blocks and self.rule.modality == Modality.MUST

    @property
    def label(self) -> str:
        return "会员" if self.key == MEMBERS else KEYS[self.key].label


@dataclass(frozen=True)
class Asked:
    """Whose conditions are asked for: a legal form and a hub type (None: none), under the rules of a place."""

    rules: Rules
    form: str
    hub: str | None

    def rule(self, key: str) -> Parameter | None:
        return self.rules.get(key, form=self.form, hub=self.hub)

    def floor(self, key: str) -> int:
        return need(self.rule(key))


def need(rule: Parameter | None) -> int:
    """The whole number a rule asks for; 0 without one."""
    return int(rule.exact or 0) if rule else 0


def of(rules: Rules, form: str, hub: str | None) -> tuple[Condition, ...]:
    """The conditions of registration the register can answer, in the order of a receipt."""
    asked = Asked(rules, form, hub)
    parts = (capital, members, premises, sharing, post, party)
    return tuple(condition for part in parts for condition in part(asked))


def capital(asked: Asked) -> Iterator[Condition]:
    """`registry.eligibility.means.capital`."""
    key = "registration.foundation.min_fund" if asked.form == "foundation" else "registration.min_capital"
    if rule := asked.rule(key):
        yield Condition(key, rule, Q(**{f"{CAPITAL}__gte": need(rule)}), Q(**{f"{CAPITAL}__lt": need(rule)}))


COMPLETE = Q(**{f"{IND}__isnull": False, f"{UNIT}__isnull": False})


def members(asked: Asked) -> Iterator[Condition]:
    """`registry.eligibility.members.members`: the floor of a federation, else the one of the kind of members."""
    if asked.form != "association":
        return
    if floor := asked.rule(FEDERATION):
        enough, short = Q(heads__gte=need(floor)), Q(heads__lt=need(floor)) & COMPLETE
        yield Condition(MEMBERS, floor, enough, short)
    else:
        yield from _statutory(asked)


def _statutory(asked: Asked) -> Iterator[Condition]:
    yes, no, spared, first = NONE, NONE, NONE, None
    for kind, who in _kinds().items():
        rule = asked.rule(KEY[kind])
        if rule is None:
            spared |= who
            continue
        first = first or rule
        some, mixed = need(rule), asked.floor(KEY["mixed"])
        yes |= who & ((COMPLETE & Q(heads__gte=some)) | Q(heads__gte=max(some, mixed)))
        no |= who & COMPLETE & Q(heads__lt=some)
    if first:
        yield Condition(MEMBERS, first, yes, no, spared)


def _kinds() -> dict[str, Q]:
    """Whose members are individuals, units, or both; one that is not known counts as none."""
    people, units = Q(**{f"{IND}__gt": 0}), Q(**{f"{UNIT}__gt": 0})
    no_people, no_units = (Q(**{name: 0}) | Q(**{f"{name}__isnull": True}) for name in (IND, UNIT))
    return {"individual": no_units, "unit": units & no_people, "mixed": units & people}


def premises(asked: Asked) -> Iterator[Condition]:
    """`registry.eligibility.means.premises`: a fixed place."""
    if rule := asked.rule("premises.required"):
        have, lack = Q(**{f"{PREMISES}__in": ("own", "shared")}), Q(**{PREMISES: "none"})
        yield Condition("premises.required", rule, have, lack)


def sharing(asked: Asked) -> Iterator[Condition]:
    """Shared premises: allowed by a clause, else for a person to look at, which is no pass."""
    shared, others = Q(**{PREMISES: "shared"}), Q(**{f"{PREMISES}__in": ("own", "none", "")})
    allowed, required = asked.rule("premises.sharing_allowed"), asked.rule("premises.required")
    if allowed:
        yes, no = (shared, NONE) if allowed.value else (NONE, shared)
        yield Condition("premises.sharing_allowed", allowed, yes, no, others)
    elif required:
        yield Condition("premises.sharing_allowed", required, NONE, NONE, others)


def post(asked: Asked) -> Iterator[Condition]:
    """`registry.eligibility.means.post`."""
    rule = asked.rule("premises.postal_reachable_required")
    if rule and rule.value:
        yield Condition(rule.key, rule, Q(**{POST: True}), Q(**{POST: False}))


def party(asked: Asked) -> Iterator[Condition]:
    """`registry.eligibility.party.own_organisation`: a duty after founding, never in the way of a registration."""
    if rule := asked.rule("party.own_org.min_full_members"):
        few, many = Q(**{f"{PARTY}__lt": need(rule)}), Q(**{f"{PARTY}__gte": need(rule)})
        own, others = Q(**{PARTY_STATE: "own"}), Q(**{f"{PARTY_STATE}__in": ("joint", "fallback", "")})
        yield Condition(rule.key, rule, few | (many & own), many & others, blocks=False)


def attested(rules: Rules, form: str, hub: str | None) -> Q | None:
    """Whom the street manages where there are three tiers (`registry.eligibility.tier`); None where there are two."""
    asked = Asked(rules, form, hub)
    model, criteria = asked.rule("tier.model"), asked.rule(CRITERIA)
    if model is None or "street_managed" not in model.value:
        return None
    facts = tuple(criteria.value) if criteria else NAMED.get(model.area, ("larger_scale",))
    return Q(**{f"{ORG}{fact}": True for fact in facts})
