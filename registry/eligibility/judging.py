"""Facts and rules on a day make a receipt."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from registry.eligibility import leaders, means, members, party, regime, tier
from registry.eligibility.context import Context
from registry.eligibility.facts import Facts
from registry.eligibility.receipt import Receipt, distance, edition
from registry.findings import Finding
from registry.names.check import check
from registry.names.parser import Tree
from registry.policy.resolve import Rules


def names(context: Context) -> Iterator[Finding]:
    """The rules on names, asked of the name the organisation wants."""
    facts = context.facts
    yield from check(
        facts.name,
        context.rules,
        form=facts.legal_form,
        scope=facts.scope,
        tree=context.tree,
        existing=context.existing,
    )


CHECKS: tuple[Callable[[Context], Iterator[Finding]], ...] = (
    means.legal_form,
    tier.authority,
    means.capital,
    members.members,
    means.premises,
    means.post,
    names,
    leaders.cadre,
    leaders.official,
    leaders.elsewhere,
    leaders.ban,
    leaders.notice,
    regime.regime,
    regime.consent,
    party.charter,
    party.own_organisation,
    party.coverage,
    tier.attestations,
)


def assess(
    facts: Facts,
    rules: Rules,
    on: dt.date,
    *,
    place: str = "",
    tree: Tree | None = None,
    existing: Iterable[str] = (),
) -> Receipt:
    """The receipt of an organisation under the rules of its place on a day.

    `place` (12 digits) is only noted; `tree` helps to read a pasted name; `existing` are the names under the same
    authority. Only a MUST blocks, and what is unknown is never a pass. `ValueError` when no document is in force:
    then there is nothing to judge by.
    """
    if not rules.packs:
        raise ValueError("这一天没有生效的政策文件，无法判断")
    return _judge(Context(facts, rules, on, tree, existing), place)


def _judge(context: Context, place: str) -> Receipt:
    findings = [finding for one in CHECKS for finding in one(context)]
    reached = tier.tier_of(context, findings)
    findings += tier.filing(context, reached)
    return Receipt(
        tier=reached,
        desk=tier.desk_of(context, reached),
        regime=regime.regime_of(context),
        findings=tuple(findings),
        missing=distance(findings),
        packs=tuple(map(edition, context.rules.packs)),
        on=context.on,
        place=place,
    )
