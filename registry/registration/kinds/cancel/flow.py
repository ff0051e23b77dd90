"""The road of 注销登记: the road of 登记, with another end. Pure."""

from registry.flows import revised
from registry.registration.flows import FLOWS as REGISTRATION

LABELS = {"approve": "准予注销登记", "reject": "不予注销登记"}
GUARDS = {
    "complete": ("on_the_register", "complete"),
    "our_desk": ("on_the_register",),
    "rules_met": ("on_the_register", "liquidation_done"),
    "credit_code_free": (),
}
FLOWS = {variant: revised(flow, labels=LABELS, guards=GUARDS) for variant, flow in REGISTRATION.items()}
