"""The road of 变更登记: the road of 登记, judged by what changes; no credit code is given again. Pure."""

from registry.flows import revised
from registry.registration.flows import FLOWS as REGISTRATION

LABELS = {"approve": "准予变更登记", "reject": "不予变更登记"}
GUARDS = {
    "complete": ("on_the_register", "complete"),
    "our_desk": ("on_the_register",),
    "rules_met": ("on_the_register", "change_rules_met"),
    "credit_code_free": (),
}
FLOWS = {variant: revised(flow, labels=LABELS, guards=GUARDS) for variant, flow in REGISTRATION.items()}
