"""The tier rule in SQL says what `registry.eligibility` says, for any organisation and any edited value."""

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.eligibility import Facts, means, members, party, tier
from registry.eligibility.context import Context
from registry.models import Hub, Jurisdiction, Organisation, Standing
from registry.policy.resolve import Rules, in_force
from supervision.trials import edits, verdicts
from supervision.trials.regions import regions
from tests.supervision import scene

DAY = dt.date(2022, 6, 1)
NATION = "0" * 12
HOMES = ("450102001001", "220202001001")  # Guangxi has rules of its own, Jilin lives under national law
CHECKS = (means.capital, members.members, means.premises, means.post, party.own_organisation)
KEYS = (
    "registration.min_capital",
    "registration.foundation.min_fund",
    verdicts.conditions.MEMBERS,
    "premises.required",
    "premises.sharing_allowed",
    "premises.postal_reachable_required",
    "party.own_org.min_full_members",
)
floor = st.integers(0, 6)  # small, so that values meet floors often
CAPITAL = st.sampled_from([0, 1, 2, 2000, 30000])
EDITS = {
    "guangxi-2020": {
        "GX.p01": CAPITAL,
        "GX.p02": floor,
        "GX.p05": st.booleans(),
        "GX.p07": st.sampled_from([["registered", "filed"], ["registered", "street_managed", "community_guided"]]),
    },
    "national": {"CN.01": floor, "CN.02": floor, "CN.03": floor, "CN.04": CAPITAL, "CN.05": CAPITAL},
}
edited_values = st.one_of(
    *[st.tuples(st.just(slug), st.fixed_dictionaries(values)) for slug, values in EDITS.items()],
    *[
        st.tuples(st.just(slug), st.fixed_dictionaries({}, optional=values).filter(bool))
        for slug, values in EDITS.items()
    ],
)
maybe = st.none()
near = st.sampled_from([None, 0, 0, 1, 2, 3, 4, 5])
organisations = st.fixed_dictionaries(
    {
        "home": st.sampled_from(HOMES),
        "kind": st.sampled_from(["registered", "filed", "listed"]),
        "legal_form": st.sampled_from(["none", "association", "association", "social_service_org", "foundation"]),
        "hub": st.sampled_from(["", "federation", "service_centre"]),
        "capital": maybe | st.sampled_from([0, 1, 2, 1999, 2000, 29999, 30000, 2000000]),
        "individual_members": near,
        "unit_members": near,
        "premises": st.sampled_from(["", "own", "shared", "none"]),
        "post_reachable": st.sampled_from([None, True, False]),
        "larger_scale": st.sampled_from([None, True, False]),
        "operates_normally": st.sampled_from([None, True, False]),
        "full_party_members": maybe | st.integers(0, 5),
        "party_organisation": st.sampled_from(["", "own", "pending", "joint", "fallback"]),
    }
)
FACTS = (
    "capital",
    "individual_members",
    "unit_members",
    "post_reachable",
    "larger_scale",
    "operates_normally",
    "full_party_members",
)


@pytest.fixture
def ground(packs):
    for code, name in [("22", "吉林省"), ("2202", "吉林市"), ("220202", "昌邑区"), ("220202001", "东街街道")]:
        scene.place(code.ljust(12, "0"), name)
    for code, name in [("45", "广西"), ("4501", "南宁市"), ("450102", "兴宁区"), ("450102001", "民生街道")]:
        scene.place(code.ljust(12, "0"), name)
    for code in HOMES:
        scene.place(code, "社区", "urban")
    return Jurisdiction.objects.in_bulk(HOMES, field_name="code")


def _write(said: list[dict], homes: dict[str, Jurisdiction]) -> list[int]:
    """The organisations with one standing each; returns the standings' keys in order."""
    made = Organisation.objects.bulk_create(
        Organisation(
            name="组织",
            place=homes[one["home"]],
            place_code=one["home"],
            legal_form=one["legal_form"],
            standing=one["kind"],
            **{name: one[name] for name in (*FACTS, "premises", "party_organisation")},
        )
        for one in said
    )
    Hub.objects.bulk_create(
        Hub(organisation=org, hub_type=one["hub"], serves=org.place, serves_code=one["home"], starts=scene.FOUNDED)
        for org, one in zip(made, said, strict=True)
        if one["hub"]
    )
    held = ("legal_form", "place_code", "scope")
    rows = Standing.objects.bulk_create(
        Standing(
            organisation=org, kind=one["kind"], starts=scene.FOUNDED, **{name: getattr(org, name) for name in held}
        )
        for org, one in zip(made, said, strict=True)
    )
    return [row.pk for row in rows]


def _facts(said: dict, reading: str) -> Facts:
    """What the register knows, as the eligibility module is told it."""
    return Facts(
        legal_form=reading if said["legal_form"] == "none" else said["legal_form"],
        hub_type=said["hub"] or "none",
        premises=said["premises"] or None,
        party_organisation=said["party_organisation"] or "none",
        **{name: said[name] for name in FACTS},
    )


def _expected(said: dict, packs: list, reading: str) -> tuple[str, dict[str, str]]:
    context = Context(_facts(said, reading), Rules(tuple(in_force(packs, said["home"], DAY)), DAY), DAY)
    found = [finding for check in CHECKS for finding in check(context)]
    told: dict[str, str] = {}
    for finding in found:
        counted = finding.key.startswith("registration.") and "_members" in finding.key
        told.setdefault(verdicts.conditions.MEMBERS if counted else finding.key, finding.verdict.value)
    return tier.tier_of(context, found), told


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    said=st.lists(organisations, min_size=10, max_size=25),
    edit=edited_values,
    reading=st.sampled_from(["association", "social_service_org"]),
)
def test_sql_and_eligibility_agree_before_and_after_any_edit(ground, documents, said, edit, reading):
    slug, values = edit
    documents = [one for one in documents if one.slug in EDITS]
    pack = next(one for one in documents if one.slug == slug)
    copy, _ = edits.edited(pack, {name: {"value": value} for name, value in values.items()})
    later = [copy if one.slug == slug else one for one in documents]
    branches = verdicts.branches(regions(NATION, documents, copy, DAY), reading, DAY)
    with transaction.atomic():
        rows = _write(said, ground)
        found = verdicts.standing(NATION, DAY).annotate(**verdicts.tiers(branches))
        words = {f"{key}:{after}": verdicts.verdict(branches, key, after=after) for key in KEYS for after in (0, 1)}
        names = {f"w{at}": word for at, word in enumerate(words.values())}
        answers = {row["pk"]: row for row in found.annotate(**names).values("pk", "before", "after", *names)}
        transaction.set_rollback(True)
    for pk, one in zip(rows, said, strict=True):
        for after, packs in enumerate((documents, later)):
            reached, told = _expected(one, packs, reading)
            assert answers[pk]["after" if after else "before"] == reached
            at = {key: f"w{2 * place + after}" for place, key in enumerate(KEYS)}
            assert {key: answers[pk][at[key]] for key in KEYS if answers[pk][at[key]]} == {
                key: word for key, word in told.items() if key in KEYS
            }
