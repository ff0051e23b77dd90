"""The road of a change of a filed organisation: the road of 备案, judged by what changes. Pure."""

from filings.flows import FLOWS as FILING
from registry.flows import revised

LABELS = {"record": "准予变更", "reject": "不予变更"}
GUARDS = {
    "complete": ("on_the_register", "complete"),
    "tier_chosen": ("on_the_register",),
    "filing_rules_met": ("change_rules_met",),
}
FLOWS = {variant: revised(flow, labels=LABELS, guards=GUARDS) for variant, flow in FILING.items()}
