"""Certificates: issued with the decision, true as long as the register says so."""

import datetime as dt

from registry import events
from registry.casework import numbers
from registry.models import Case, Certificate, Organisation

LEVEL = {Certificate.Kind.FILING: 4, Certificate.Kind.REGISTRATION: 3}


def issue(organisation: Organisation, case: Case, *, kind: str, number: str, issuer: str, on: dt.date) -> Certificate:
    """The paper for a decision just taken; call it in the transaction of the decision."""
    made = Certificate.objects.create(
        organisation=organisation,
        case=case,
        kind=kind,
        number=number,
        name=organisation.name,
        issuer=issuer,
        issued_on=on,
        details=_details(organisation),
    )
    events.issued(made)
    return made


RENEWED = "变更换发"


def renew(organisation: Organisation, case: Case, *, on: dt.date) -> Certificate | None:
    """A new paper in place of the valid one when something printed on it changed; None when nothing did.

    The number stays and says which edition it is (…号-2); the old paper says from now on that it was replaced.
    """
    old = organisation.certificates.select_for_update().filter(cancelled_on=None).first()
    if old is None or (old.name, old.details) == (organisation.name, _details(organisation)):
        return None
    old.cancelled_on, old.cancel_reason = on, RENEWED
    old.save(update_fields=["cancelled_on", "cancel_reason"])
    events.cancelled([old])
    return issue(organisation, case, kind=old.kind, number=_next_edition(old), issuer=old.issuer, on=on)


def _next_edition(old: Certificate) -> str:
    stem = old.number.partition("号")[0] + "号"
    return f"{stem}-{Certificate.objects.filter(number__startswith=stem).count() + 1}"


def number_for(case: Case, kind: str, on: dt.date) -> str:
    """The next certificate number of the street (备案) or the county (登记)."""
    return numbers.take(str(kind), place=numbers.keeper(case.place, LEVEL[Certificate.Kind(kind)]), on=on)


def _details(organisation: Organisation) -> dict[str, str]:
    """What is printed on the paper, as it stood on the day of issue; nothing personal but the leader's name."""
    term = organisation.leader_terms.select_related("person").filter(ends=None).last()
    last = organisation.valid_until
    valid = {"valid_until": f"{last.year}年{last.month}月{last.day}日"} if last else {}
    return valid | {
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
