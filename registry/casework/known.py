"""What the register already knows of an organisation, by the name a form asks it under: nobody is asked it again.

A form about an organisation on the register may have a field of one of these names only when it is filled in
beforehand, belongs to a ticked item (`SectionForm.belongs`), or is declared to ask for the new value (`renewed`,
or a name that begins with `new_`). `tests/registry/test_known.py` holds every kind to it.
"""

from registry.casework import conversion
from registry.models import Organisation

HELD = (
    "name",
    "category",
    "activities",
    "service_groups",
    "scope",
    "premises",
    "address",
    "larger_scale",
    "operates_normally",
    "hub_type",
    "legal_form",
    "capital",
    "post_reachable",
    "leader_name",
    "leader_id_number",
    "leader_phone",
    "leader_party_member",
    "serving_cadre",
    "individual_members",
    "unit_members",
    "full_party_members",
    "probationary_party_members",
    "party_organisation",
    "managing_body",
    "filing_number",
    "credit_code",
)


def answers(organisation: Organisation) -> dict[str, str]:
    """Every answer of `HELD` as the register has it, "" for what it was never told. Personal numbers are plain."""
    said, sealed = conversion.answers_of(organisation)
    flat = {name: value for section in said.values() for name, value in section.items()} | sealed
    flat |= {name: getattr(organisation, name) or "" for name in ("managing_body", "filing_number", "credit_code")}
    return {name: flat.get(name, "") for name in HELD}
