"""The road of 备案延续: the road of 备案. Pure."""

from filings.flows import FLOWS as FILING
from registry.flows import revised

LABELS = {"record": "准予延续", "reject": "不予延续"}
GUARDS = {"complete": ("on_the_register", "complete"), "tier_chosen": ("on_the_register",), "filing_rules_met": ()}
FLOWS = {variant: revised(flow, labels=LABELS, guards=GUARDS) for variant, flow in FILING.items()}
