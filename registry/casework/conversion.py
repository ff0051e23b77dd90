"""From 备案 to 登记 without typing anything twice."""

import datetime as dt

from django.db import transaction

from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import User
from registry.casework import actions
from registry.eligibility import Facts, Receipt, assess
from registry.models import Case, Organisation, PolicyPack, StandingKind
from registry.scope import Role, roles_over
from registry.vicinity import around

OPENERS = frozenset({Role.COMMUNITY, Role.STREET, Role.DISTRICT})
TRI = {True: "yes", False: "no", None: ""}


def facts_of(organisation: Organisation) -> Facts:
    """What the register knows of an organisation, as facts; what it does not know is unknown."""
    keys = (
        "category",
        "scope",
        "individual_members",
        "unit_members",
        "capital",
        "premises",
        "post_reachable",
        "larger_scale",
        "operates_normally",
        "full_party_members",
        "probationary_party_members",
    )
    known = {key: getattr(organisation, key) for key in keys}
    known |= {"name": organisation.name, "party_organisation": organisation.party_organisation or "none"}
    if organisation.legal_form != "none":
        known["legal_form"] = organisation.legal_form
    return Facts.from_json({key: value for key, value in known.items() if value not in (None, "")})


def outlook(organisation: Organisation, on: dt.date) -> Receipt | None:
    """How far a filed or listed organisation is from registration; None for others, and while no document is loaded."""
    rules = PolicyPack.objects.rules(organisation.place_code, on)
    if organisation.standing not in (StandingKind.FILED, StandingKind.LISTED) or not rules.packs:
        return None
    code = organisation.place_code
    return assess(facts_of(organisation), rules, on, place=code, tree=around(code))


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def answers_of(organisation: Organisation) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """(open answers by section, sealed answers) of a registration, as far as the register knows them."""
    term = organisation.leader_terms.select_related("person").filter(ends=None).last()
    hub = organisation.hub
    said = {
        "organisation": {
            "name": organisation.name,
            "category": organisation.category,
            "activities": organisation.activities,
            "service_groups": " ".join(organisation.services.groups()),
            "scope": organisation.scope,
            "premises": organisation.premises,
            "address": organisation.address,
            "larger_scale": TRI[organisation.larger_scale],
            "operates_normally": TRI[organisation.operates_normally],
            "post_reachable": TRI[organisation.post_reachable],
            "capital": _number(organisation.capital),
            "legal_form": "" if organisation.legal_form == "none" else organisation.legal_form,
            "hub_type": hub.hub_type if hub else "",
        },
        "people": {
            "leader_name": term.name if term else "",
            "leader_party_member": TRI[term.is_party_member] if term else "",
            "serving_cadre": TRI[term.serving_cadre] if term else "",
            "individual_members": _number(organisation.individual_members),
            "unit_members": _number(organisation.unit_members),
        },
        "party": {
            "full_party_members": _number(organisation.full_party_members),
            "probationary_party_members": _number(organisation.probationary_party_members),
            "party_organisation": organisation.party_organisation,
        },
    }
    sealed = {"leader_id_number": term.person.id_number, "leader_phone": term.phone} if term else {}
    return said, sealed


@transaction.atomic
def convert(organisation: Organisation, *, by: User) -> Case:
    """Open a registration that carries everything the filing knows; papers handed in then are taken along.

    A second click finds the registration already open.
    """
    if organisation.standing != StandingKind.FILED:
        raise Refusal("只有已备案的组织可以转登记", code="not_filed")
    if not roles_over(by, organisation.place_code) & OPENERS:
        raise NotAllowed("转登记由所在社区、街道或区县民政部门发起", code="not_allowed")
    under_way = organisation.cases.open().filter(road="registration").first()
    if under_way and under_way.state == "draft" and under_way.opened_by_id != by.pk:
        raise OutOfTurn(
            f"{under_way.opened_by}已于{under_way.opened_at:%-m月%-d日}发起转登记，正在填写", code="case_open"
        )
    if under_way:
        return under_way
    said, sealed = answers_of(organisation)
    case = actions.open_case(
        "registration", by=by, place=organisation.place, said=said, sealed=sealed, organisation=organisation
    )
    _carry_papers(organisation, case)
    return case


def _carry_papers(organisation: Organisation, case: Case) -> None:
    before = organisation.cases.filter(road="filing", state="approved").order_by("-id").first()
    for paper in before.materials.exclude(stored=None) if before else []:
        paper.pk, paper.case, paper._state.adding = None, case, True
        paper.save()
