"""Facts for the tables of cases: an organisation that can be registered anywhere, changed one fact at a time."""

import datetime as dt
from pathlib import Path
from typing import Any

from registry.eligibility import Facts, Finding, Receipt, assess
from registry.policy.files import read_dir
from registry.policy.resolve import Rules, in_force

PACKS = read_dir(Path(__file__).resolve().parents[2] / "fixtures" / "policy")
TJ, GX, YB, JL, WZ, CN = "120103", "450103", "500112", "220202", "330302", "110101"
DAY = dt.date(2022, 6, 1)
NAME = {"division": "重庆市渝北区", "community": "花卉园社区", "zihao": "暖阳", "field": "养老", "form": "服务中心"}
FULL: dict[str, Any] = {
    "legal_form": "association",
    "hub_type": None,
    "category": "elderly_care",
    "individual_members": 50,
    "unit_members": 0,
    "capital": 30_000,
    "premises": "own",
    "post_reachable": True,
    "larger_scale": True,
    "operates_normally": True,
    "name": NAME,
    "scope": "community",
    "full_party_members": 0,
    "probationary_party_members": 0,
    "party_organisation": "fallback",
    "supervising_consent": True,
    "leader": {"serving_cadre": False, "cadre_approval": None, "banned_until": None},
    "public_notice_done": True,
    "charter_clauses": ["party_building", "core_socialist_values"],
}


def rules(place: str, on: dt.date = DAY) -> Rules:
    return Rules(tuple(in_force(PACKS, place, on)), on)


def judge(place: str, facts: dict[str, Any], on: dt.date = DAY) -> Receipt:
    return assess(Facts.from_json(facts), rules(place, on), on)


def changed(**changes: Any) -> dict[str, Any]:
    """The full facts with some changed; `...` takes a fact away."""
    return {key: value for key, value in {**FULL, **changes}.items() if value is not ...}


def verdicts(receipt: Receipt) -> dict[str, str]:
    return {finding.key: str(finding.verdict) for finding in receipt.findings}


def finding(receipt: Receipt, key: str) -> Finding:
    return next(one for one in receipt.findings if one.key == key)


def standing(receipt: Receipt) -> list[str]:
    """The keys that stand between the organisation and its registration."""
    return [one.key for one in receipt.findings if one.open]
