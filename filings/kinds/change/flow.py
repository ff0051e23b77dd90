"""The road of a change of a filed organisation: the road of 备案, judged by what changes. Pure."""

from filings.flows import FLOWS as FILING
from registry.flows import revised

FLOWS = {
    variant: revised(
        flow,
        {
            "submit": {"needs": ("on_the_register", "complete")},
            "record": {"label": "准予变更", "needs": ("on_the_register", "not_first_reviewer", "change_rules_met")},
            "reject": {"label": "不予变更"},
        },
    )
    for variant, flow in FILING.items()
}
