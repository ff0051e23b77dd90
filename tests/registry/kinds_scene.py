"""What the cases of the year say, and drafts of them in one line."""

from registry.casework import actions, kinds, papers
from tests import builders

YEARLY = {
    "compliance": {"within_law": "yes", "penalised": "no", "charter_meetings": "4"},
    "changes": {"changed": "no"},
    "activities": {"activities_held": "36", "people_served": "1200", "summary": "排练和演出"},
    "staff": {"full_time": "0", "volunteers": "12"},
    "finance": {"opening": "1000", "income": "30000", "expense": "29000", "balance": "2000"},
    "party_work": {"party_meetings": "12"},
}
SHEET = {
    "year": {
        "still_active": "yes",
        "activities_held": "12",
        "people_served": "300",
        "summary": "每周排练",
        "income": "0",
        "expense": "0",
    }
}
WORK = {"work": {"activities_held": "5", "summary": "巡逻和排练"}}
DUTY = {"duty": {"meetings": "4", "duties": "主持理事会", "money_checked": "yes", "other_posts": "no"}}
APPOINTMENT = {
    "candidate": {
        "leader_name": "刘桂兰",
        "post": "会长",
        "introduction": "退休教师，由会员代表大会选举产生",
        "leader_party_member": "yes",
        "serving_cadre": "no",
    }
}
CHARITY = {
    "work": {"charity_work": "助老助残", "beneficiaries": "独居老人 40 人"},
    "conditions": dict.fromkeys(
        (
            "purpose not_for_profit property bodies charter_purpose charter_property charter_remainder"
            " no_private_benefit leader_clean"
        ).split(),
        "yes",
    ),
}
NAME = "天津市河西区暖阳养老服务中心"
NAMED = {
    "organisation": {
        "name": NAME,
        "legal_form": "social_service_org",
        "category": "elderly_care",
        "activities": "为老年人送餐和照料",
        "scope": "street",
    }
}
SAID = {
    "annual": YEARLY,
    "annual_sheet": SHEET,
    "periodic": WORK,
    "duty": DUTY,
    "appointment": APPOINTMENT,
    "charity": CHARITY,
    "name": NAMED,
}


def drafted(kind, organisation, by, **more):
    """A report with every answer and paper."""
    return filled(actions.open_case(kind, by=by, place=organisation.place, organisation=organisation), by, **more)


def filled(case, by, **more):
    """Every question answered and every required paper there."""
    for key, values in SAID[case.kind].items():
        given = values | more.get(key, {}) | builders.sealed()
        case = actions.save_section(case, kinds.of(case.kind).section(key), given, by=by)
    for line in papers.checklist(case):
        if line.lacking:
            papers.attach(case, line.paper.kind, builders.png(), by=by)
    return case


def noted(kind, organisation, by, officer, **more):
    case = actions.move(drafted(kind, organisation, by, **more), "submit", by=by)
    return actions.move(case, "take_note", by=officer)


def registered(where, **said):
    return builders.organisation(where, kind="registered", category=said.pop("category", "community_service"), **said)
