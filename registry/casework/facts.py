"""From a case to the facts the rules may look at, and the verdict on them."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from portal.crypto import blind
from portal.errors import Refusal
from registry.casework import answers, consent, kinds, noticed, taken
from registry.eligibility import Facts, Receipt, assess
from registry.models import Case, Jurisdiction, LeaderTerm, OccupationalBan, PolicyPack
from registry.policy.parameters import Modality
from registry.policy.resolve import Rules, in_force
from registry.vicinity import around

PLAIN = (
    "category",
    "scope",
    "premises",
    "capital",
    "post_reachable",
    "larger_scale",
    "operates_normally",
    "individual_members",
    "unit_members",
    "full_party_members",
    "probationary_party_members",
    "supervising_consent",
    "public_notice_done",
)


def rules_at(place_code: str, on: dt.date) -> Rules:
    """The rules in force at a place on a day, nearest place first; `Refusal` when no document is loaded."""
    rules = PolicyPack.objects.rules(place_code, on)
    if not rules.packs:
        raise Refusal("系统里还没有载入政策文件，暂时不能判断，请联系系统管理人员", code="no_policy")
    return rules


def asked_here(place: Jurisdiction, on: dt.date) -> list[str]:
    """The questions that only some places ask, by their rules on a day: what no rule here needs is not asked."""
    rules = rules_at(place.code, on)
    asked = []
    if place.level < Jurisdiction.Level.COMMUNITY or rules.get("target.hub.per_community"):
        asked.append("hub_type")
    regime, unit = rules.get("registration.regime"), rules.get("registration.supervising_unit")
    if regime and regime.value != "direct" and not (unit and unit.value == "street_town"):
        asked.append("supervising_consent")
    if _must(rules, "leader.pre_appointment_notice"):
        asked.append("public_notice_done")
    if _must(rules, "charter.required_clauses"):
        asked += ["charter_party", "charter_values"]
    tiers = rules.get("tier.model")
    if tiers and "street_managed" in tiers.value:
        asked += ["larger_scale", "operates_normally"]
    if rules.get("leader.party_member_share"):
        asked.append("leader_party_member")
    return asked


def _must(rules: Rules, key: str) -> bool:
    found = rules.get(key)
    return found is not None and found.modality == Modality.MUST


def facts(case: Case) -> Facts:
    """The facts of an application as it stands; what is not said yet is unknown."""
    kind = kinds.of(case.kind)
    said = kind.said(case) if kind.said else answers.cleaned(kind.sections, case)
    given: dict[str, Any] = {key: said[key] for key in PLAIN if said.get(key) not in (None, "")}
    given["legal_form"] = said.get("legal_form") or ("none" if case.road == "filing" else None)
    given["hub_type"] = said.get("hub_type") or "none"
    given["name"] = said.get("name") or None
    given["party_organisation"] = said.get("party_organisation") or "none"
    given["charter_clauses"] = _charter(said)
    given["leader"] = _leader(said, case.organisation_id)
    if case.decision.get("consented") or consent.consented(case):
        given["supervising_consent"] = True
    if noticed.done(case):
        given["public_notice_done"] = True
    return Facts.from_json({key: value for key, value in given.items() if value is not None})


def _charter(said: dict[str, Any]) -> list[str] | None:
    named = {"charter_party": "party_building", "charter_values": "core_socialist_values"}
    if all(said.get(field) is None for field in named):
        return None
    return [code for field, code in named.items() if said.get(field)]


def _leader(said: dict[str, Any], besides: int | None) -> dict[str, Any]:
    leader = {"serving_cadre": said.get("serving_cadre"), "cadre_approval": said.get("cadre_approval")}
    found = {key: value for key, value in leader.items() if value is not None}
    if said.get("leader_id_number"):  # looked up: a day, or null for no ban on record
        ban = banned_until(said["leader_id_number"])
        found["banned_until"] = ban.isoformat() if ban else None
        led = posts_elsewhere(said["leader_id_number"], besides=besides).filter(organisation__standing="registered")
        forms = led.exclude(organisation__legal_form="none").order_by()
        found["leads_others"] = list(forms.values_list("organisation__legal_form", flat=True).distinct())
    return found


def posts_elsewhere(id_number: str, *, besides: int | None = None) -> QuerySet[LeaderTerm]:
    """The terms in which the person with this number leads an organisation that stands today, one of them left out."""
    terms = LeaderTerm.objects.in_force().exclude(organisation__standing="").exclude(organisation=besides)
    return terms.filter(person__id_index=blind(id_number)) if id_number else terms.none()


def banned_until(id_number: str) -> dt.date | None:
    """The last day of an occupational ban on the person with this number, if one stands; a lifted one does not."""
    if not id_number:
        return None
    bans = OccupationalBan.objects.standing().filter(id_index=blind(id_number)).order_by("-until")
    return bans.values_list("until", flat=True).first()


def verdict(case: Case, on: dt.date) -> Receipt:
    """Judge the case by the rules of its place on a day, its name beside the names under the same authority.

    Of a kind that concerns only some rules (`Kind.rules`) nothing else is told.
    """
    kind, rules = kinds.of(case.kind), rules_of(case, on)
    given = facts(case)
    wanted = given.name if isinstance(given.name, str) else ""
    receipt = assess(
        given,
        rules,
        on,
        place=case.place_code,
        tree=around(case.place_code),
        existing=taken.names(case, wanted, rules, on),
    )
    if kind.rules is None and kind.checks is None:
        return receipt
    concerned = kind.rules(case) if kind.rules else ("",)
    more = kind.checks(case, rules, on) if kind.checks else ()
    return receipt.over([*(one for one in receipt.findings if one.key.startswith(concerned)), *more])


def rules_of(case: Case, on: dt.date) -> Rules:
    """The rules a case is judged by: once it is handed in, the editions of that day, whatever is loaded later."""
    digests = [edition["digest"] for edition in case.receipt.get("pack", [])]
    if not case.submitted_at or not digests:
        return rules_at(case.place_code, on)
    day = timezone.localdate(case.submitted_at)
    packs = PolicyPack.objects.filter(digest__in=digests).read()
    return Rules(tuple(in_force(packs, case.place_code, day)), day)
