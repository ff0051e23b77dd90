"""The road of 注销备案: the road of 备案, with another end. Pure."""

from filings.flows import FLOWS as FILING
from registry.flows import revised

LABELS = {"record": "准予注销", "reject": "不予注销"}
GUARDS = {"complete": ("on_the_register", "complete"), "tier_chosen": ("on_the_register",), "filing_rules_met": ()}
FLOWS = {variant: revised(flow, labels=LABELS, guards=GUARDS) for variant, flow in FILING.items()}
