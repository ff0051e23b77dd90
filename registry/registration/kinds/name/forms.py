"""Which name is wanted: the questions of a registration that the rules on names look at, and no others."""

from django import forms

from registry.forms.decisions import MoveForm
from registry.forms.sections import RegistrationForm
from registry.models import Case


class NameForm(RegistrationForm):
    """A name and what it is for; what a registration asks besides is asked there."""

    premises = address = larger_scale = operates_normally = None
    service_groups = capital = post_reachable = hub_type = None


class ReserveForm(MoveForm):
    """Keep a name; one the system cannot take apart is looked at by hand."""

    name_checked = forms.BooleanField(
        label="已人工核对：名称由行政区划、字号、业务领域、组织形式依次组成",
        required=False,
        help_text="系统拆不开这个名称，请核对后勾选",
    )

    def __init__(self, *args, case: Case, **kwargs) -> None:
        super().__init__(*args, case=case, **kwargs)
        if not any(one["verdict"] == "unknown" for one in case.receipt.get("rules", [])):
            del self.fields["name_checked"]
