"""Certificates: issued with the decision, true as long as the register says so."""

import datetime as dt

from registry.casework import numbers
from registry.models import Case, Certificate, Organisation

LEVEL = {Certificate.Kind.FILING: 4, Certificate.Kind.REGISTRATION: 3}


def issue(organisation: Organisation, case: Case, *, kind: str, number: str, issuer: str, on: dt.date) -> Certificate:
    """The paper for a decision just taken; call it in the transaction of the decision."""
    return Certificate.objects.create(
        organisation=organisation,
        case=case,
        kind=kind,
        number=number,
        name=organisation.name,
        issuer=issuer,
        issued_on=on,
        details=_details(organisation),
    )


def number_for(case: Case, kind: str, on: dt.date) -> str:
    """The next certificate number of the street (备案) or the county (登记)."""
    return numbers.take(str(kind), place=numbers.keeper(case.place, LEVEL[Certificate.Kind(kind)]), on=on)


def _details(organisation: Organisation) -> dict[str, str]:
    """What is printed on the paper, as it stood on the day of issue; nothing personal but the leader's name."""
    term = organisation.leader_terms.select_related("person").filter(ends=None).last()
    return {
        "place": organisation.place.lineage_names(),
        "address": organisation.address,
        "legal_form": organisation.get_legal_form_display(),
        "category": organisation.get_category_display(),
        "activities": organisation.activities,
        "leader": term.name if term else "",
        "capital": f"{organisation.capital} 元" if organisation.capital is not None else "",
        "credit_code": organisation.credit_code or "",
        "managing_body": organisation.managing_body,
    }
