"""The road of 备案: flow, tasks, papers, and what a decision does to the register."""

from filings import flows, validity
from filings.forms import TIER_WORDS, RecordForm, street_body
from filings.guards import GUARDS
from registry import certificates, codes, register
from registry.casework import answers, facts, submission
from registry.casework.kinds import Kind, Limit, Paper, Section
from registry.casework.step import Turn
from registry.forms.decisions import OpinionForm, ReasonForm, ReturnForm
from registry.forms.sections import OrganisationForm, PartyForm, PeopleForm
from registry.models import Case, Certificate, Jurisdiction, StandingKind

SECTIONS = (
    Section("organisation", "组织情况", OrganisationForm),
    Section("people", "负责人与成员", PeopleForm),
    Section("party", "党的建设", PartyForm),
)
PAPERS = (
    Paper(
        "charter",
        "章程（简易章程也可以）",
        promise=True,
        hint="可以是手写件的照片",
        rule="charter.simplified_required",
    ),
    Paper("members", "成员名单", hint="可以是手写件的照片"),
    Paper(
        "premises",
        "活动场所使用证明",
        required=False,
        promise=True,
        hint="暂时拿不到的，可以承诺补交",
        rule="premises.required",
    ),
)


def variant(case: Case) -> str:
    """Whether the rules of the place give the first review to the committee the street entrusts.

    What is at home in a street and not in one community has no committee: the street reviews it itself.
    """
    if codes.level(case.place_code) < Jurisdiction.Level.COMMUNITY:
        return flows.DIRECT
    rule = facts.rules_at(case.place_code, submission.today()).get("filing.preliminary_reviewer")
    return flows.DELEGATED if rule is not None and rule.value == "rc_vc" else flows.DIRECT


def submit(turn: Turn) -> None:
    submission.stamp(turn, keeper_level=submission.STREET)


def record(turn: Turn) -> None:
    """Enter the organisation as filed with number and certificate, or as listed where the street finds it small."""
    case, said = turn.case, answers.cleaned(SECTIONS, turn.case)
    guided = turn.data["tier"] == "community_guided"
    kind = StandingKind.LISTED if guided else StandingKind.FILED
    number = None if guided else certificates.number_for(case, Certificate.Kind.FILING, turn.on)
    entry = register.Entry(
        kind=kind,
        name=said["name"],
        place=case.place,
        said=said | {"legal_form": "none"},
        numbers={"filing_number": number},
        valid_until=None if guided else validity.until(case.place_code, turn.on, on=turn.on),
        managing_body=turn.data["managing_body"],
    )
    case.organisation = register.enter(entry, by=turn.by, on=turn.on, organisation=case.organisation)
    case.decision = case.decision | {"tier": turn.data["tier"], "managing_body": turn.data["managing_body"]}
    if number:
        certificates.issue(
            case.organisation,
            case,
            kind=Certificate.Kind.FILING,
            number=number,
            issuer=street_body(case),
            on=turn.on,
        )


def bulk_data(case: Case, verb: str) -> tuple[dict[str, str], str]:
    """What the form of a decision would hold if nothing in it were touched, and the same in words."""
    if verb != "record":
        return {}, ""
    fields = RecordForm(case=case).fields
    given = {name: fields[name].initial for name in ("tier", "managing_body")}
    return given, f"{TIER_WORDS[given['tier']]}；管理单位：{given['managing_body']}"


KIND = Kind(
    key="filing",
    road="filing",
    label="备案",
    flows=flows.FLOWS,
    variant=variant,
    sections=SECTIONS,
    papers=lambda case: PAPERS,
    guards=GUARDS,
    forms={
        "review": OpinionForm,
        "send_back": ReturnForm,
        "return": ReturnForm,
        "record": RecordForm,
        "reject": ReasonForm,
    },
    effects={"submit": submit, "record": record},
    limits=(Limit("promised", "filing.promised_days", 12, "working"),),
    hint="第一次备案",
    bulk_data=bulk_data,
)
