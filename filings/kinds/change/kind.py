"""变更备案: what a filed organisation reports as changed, decided on the road of its filing."""

import datetime as dt

from filings.guards import GUARDS
from filings.kinds.change.checklist import ITEMS, MINUTES
from filings.kinds.change.flow import FLOWS
from filings.kinds.change.forms import NewForm, WhatForm
from filings.kinds.establish.kind import KIND as FILING
from registry import changes
from registry.casework.kinds import Kind, Paper, Section
from registry.casework.step import Turn
from registry.casework.submission import STREET
from registry.forms.decisions import OpinionForm, ReasonForm, ReturnForm
from registry.models import Case, Organisation, StandingKind

SECTIONS = (Section("items", "哪些内容有变化", WhatForm), Section("values", "变更后的内容", NewForm))


def about(organisation: Organisation, on: dt.date) -> str | None:
    return "" if organisation.standing == StandingKind.FILED else None


def papers(case: Case) -> tuple[Paper, ...]:
    return (MINUTES, *changes.papers(ITEMS, case))


def rules(case: Case) -> tuple[str, ...]:
    return changes.rules(ITEMS, case)


def submit(turn: Turn) -> None:
    changes.submit(turn, keeper_level=STREET)


def change_rules_met(turn: Turn) -> None:
    changes.rules_met(turn, STREET, unknown=False)


KIND = Kind(
    key="filing-change",
    road="filing",
    label="变更备案",
    flows=FLOWS,
    variant=FILING.variant,
    sections=SECTIONS,
    papers=papers,
    guards=GUARDS | {"on_the_register": changes.still_there, "change_rules_met": change_rules_met},
    forms={"review": OpinionForm, "send_back": ReturnForm, "return": ReturnForm, "reject": ReasonForm},
    effects={"submit": submit, "record": changes.carry_out},
    limits=FILING.limits,
    hint="换了负责人、改了名称或搬了地方，在这里告诉街道",
    about=about,
    prefill=changes.prefill,
    said=changes.said,
    rules=rules,
)
