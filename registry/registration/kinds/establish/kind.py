"""The road of 登记: flow, tasks, papers by legal form, and what an approval does to the register."""

from dataclasses import replace

from registry import certificates, register, reservations
from registry.candidates import acts
from registry.casework import answers, facts, submission
from registry.casework.consent import consented
from registry.casework.kinds import Kind, Limit, Paper, Section
from registry.casework.step import Turn
from registry.forms.decisions import ExamineForm, MoveForm, OpinionForm, ReasonForm, ReturnForm
from registry.forms.sections import ConditionsForm, PartyForm, PeopleForm, RegistrationForm
from registry.models import Case, Certificate, Jurisdiction, StandingKind
from registry.registration import flows
from registry.registration.guards import GUARDS

SECTIONS = (
    Section("organisation", "组织情况", RegistrationForm),
    Section("people", "负责人与成员", PeopleForm),
    Section("party", "党的建设", PartyForm),
    Section("conditions", "登记条件", ConditionsForm),
)
FOUNDATION = frozenset({"foundation"})
PAPERS = (
    Paper("application", "登记申请书", hint="由全体发起人签名"),
    Paper("charter", "章程草案", hint="写明党的建设和社会主义核心价值观内容", rule="charter.required_clauses"),
    Paper("capital", "验资报告或资金证明", rule="registration.min_capital"),
    Paper("premises", "场所使用权证明", hint="多个组织可以共用，邮件要能送达本组织", rule="premises.required"),
    Paper("people", "发起人和拟任负责人基本情况、身份证明"),
    Paper("members", "会员名单", legal_forms=frozenset({"association"})),
    Paper("council", "理事名单和简历", legal_forms=FOUNDATION),
    Paper("consent", "业务主管单位批准文件", required=False, hint="直接登记的不需要；街道双重负责的由街道在网上办理"),
)


def papers(case: Case) -> tuple[Paper, ...]:
    form = case.answers.get("organisation", {}).get("legal_form", "")
    asked = tuple(paper for paper in PAPERS if paper.asked_of(form))
    if case.receipt.get("regime") == "dual" and case.variant == flows.DIRECT and not consented(case):
        return tuple(_binding(paper) if paper.kind == "consent" else paper for paper in asked)
    return asked


def _binding(consent: Paper) -> Paper:
    return replace(consent, required=True, rule="registration.supervising_consent")


def variant(case: Case) -> str:
    """Whether the street must consent first: dual management with the street as supervising unit."""
    rules = facts.rules_at(case.place_code, submission.today())
    regime, unit = rules.get("registration.regime"), rules.get("registration.supervising_unit")
    both = regime is not None and regime.value == "dual" and unit is not None and unit.value == "street_town"
    return flows.STREET_CONSENT if both else flows.DIRECT


def submit(turn: Turn) -> None:
    submission.stamp(turn, keeper_level=submission.COUNTY)


def consent(turn: Turn) -> None:
    turn.case.decision = turn.case.decision | {"consented": True}
    submission.judge(turn)


def examine(turn: Turn) -> None:
    turn.case.decision = turn.case.decision | {
        "credit_code": turn.data["credit_code"],
        "premises_checked": bool(turn.data.get("premises_checked")),
        "name_checked": bool(turn.data.get("name_checked")),
    }


def approve(turn: Turn) -> None:
    """Register the organisation, end its filing with a link to what followed, and issue the certificate."""
    case, said = turn.case, answers.cleaned(SECTIONS, turn.case)
    if case.organisation:
        register.cancel_certificates(case.organisation, on=turn.on, reason="该组织已转为登记，备案证明由登记证书取代")
    county = Jurisdiction.objects.above(case.place_code).filter(level=Jurisdiction.Level.COUNTY).first() or case.place
    entry = register.Entry(
        kind=StandingKind.REGISTERED,
        name=said["name"],
        place=case.place,
        said=said,
        numbers={"credit_code": case.decision["credit_code"]},
        managing_body=f"{county}民政局",
    )
    case.organisation = register.enter(entry, by=turn.by, on=turn.on, organisation=case.organisation)
    acts.registered(case, by=turn.by, on=turn.on)
    reservations.use(case, on=turn.on)
    certificates.issue(
        case.organisation,
        case,
        kind=Certificate.Kind.REGISTRATION,
        issuer=f"{county}民政局",
        on=turn.on,
        number=certificates.number_for(case, Certificate.Kind.REGISTRATION, turn.on),
    )


KIND = Kind(
    key="registration",
    road="registration",
    label="登记",
    flows=flows.FLOWS,
    variant=variant,
    sections=SECTIONS,
    papers=papers,
    guards=GUARDS,
    forms={
        "consent": OpinionForm,
        "return_street": ReturnForm,
        "refuse_consent": ReasonForm,
        "accept": MoveForm,
        "return": ReturnForm,
        "refuse": ReasonForm,
        "examine": ExamineForm,
        "approve": MoveForm,
        "back": ReasonForm,
        "reject": ReasonForm,
    },
    effects={"submit": submit, "consent": consent, "examine": examine, "approve": approve},
    limits=(
        Limit("promised", "registration.promised_days", 20, "working"),
        Limit("statutory", "registration.decision_days", 60, starts="accept"),
    ),
    hint="成立登记，成为法人",
    desks={"conditions": "consented", "materials.capital": "consented"},
)
