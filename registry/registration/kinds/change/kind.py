"""变更登记: what changes of a registered organisation, examined by one and approved by another."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from registry import changes
from registry.casework import answers, facts
from registry.casework.kinds import Kind, Paper, Section
from registry.casework.step import Turn
from registry.casework.submission import COUNTY
from registry.findings import Finding
from registry.models import Case, Organisation, StandingKind
from registry.policy.resolve import Rules
from registry.registration.guards import GUARDS
from registry.registration.kinds.change.checklist import AUDIT, CONSENT, ITEMS, MINUTES, REGIME
from registry.registration.kinds.change.flow import FLOWS
from registry.registration.kinds.change.forms import ExamineChangeForm, NewForm, WhatForm
from registry.registration.kinds.establish.kind import KIND as REGISTRATION

SECTIONS = (Section("items", "哪些内容有变化", WhatForm), Section("values", "变更后的内容", NewForm))


def about(organisation: Organisation, on: dt.date) -> str | None:
    return "" if organisation.standing == StandingKind.REGISTERED else None


def papers(case: Case) -> tuple[Paper, ...]:
    """The resolution, the supervising unit's consent where it is needed on paper, and what the ticked items ask."""
    asked = (MINUTES, *changes.papers(ITEMS, case), *((CONSENT,) if changes.consent_on_paper(case) else ()))
    return tuple(paper for one in asked for paper in ((one,) if one is not AUDIT else _audit(case)))


def _audit(case: Case) -> tuple[Paper, ...]:
    """The audit when the legal representative changes, by whichever clause of the place asks for it."""
    rules, form = facts.rules_of(case, changes.today()), case.organisation.legal_form
    keys = ("legal_rep.change_audit", "legal_rep.exit_audit")
    named = next((key for key in keys if (rule := rules.get(key, form=form)) and rule.value), "")
    return (replace(AUDIT, rule=named),) if named else ()


def rules(case: Case) -> tuple[str, ...]:
    return (*REGIME, *changes.rules(ITEMS, case))


def checks(case: Case, rules: Rules, on: dt.date) -> Iterator[Finding]:
    """A change applied for late is a warning, never a reason to refuse: the register has to be true."""
    resolved = answers.cleaned(SECTIONS, case).get("resolved_on")
    rule = rules.get("change.apply_days", form=case.organisation.legal_form)
    if rule and resolved:
        yield changes.in_time(case, rule, resolved, on, "作出决议（业务主管单位同意）", "申请变更登记")


def said(case: Case) -> dict:
    return changes.said(case) | changes.consent(case)


def submit(turn: Turn) -> None:
    changes.submit(turn, keeper_level=COUNTY)


def examine(turn: Turn) -> None:
    checked = {name: bool(turn.data.get(name)) for name in ("premises_checked", "name_checked")}
    turn.case.decision = turn.case.decision | checked


def change_rules_met(turn: Turn) -> None:
    changes.rules_met(turn, COUNTY, unknown=True)


KIND = Kind(
    key="registration-change",
    road="registration",
    label="变更登记",
    flows=FLOWS,
    variant=REGISTRATION.variant,
    sections=SECTIONS,
    papers=papers,
    guards=GUARDS | {"on_the_register": changes.still_there, "change_rules_met": change_rules_met},
    forms={**REGISTRATION.forms, "examine": ExamineChangeForm},
    effects={**REGISTRATION.effects, "submit": submit, "examine": examine, "approve": changes.carry_out},
    limits=REGISTRATION.limits,
    hint="换法定代表人、改名称、迁住所、改章程等",
    about=about,
    prefill=changes.prefill,
    said=said,
    rules=rules,
    checks=checks,
)
