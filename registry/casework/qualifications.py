"""Whether the proposed person in charge qualifies: what the register knows, what other bodies say, what is still open.

温民社组〔2018〕127号 三（九） (joint review), 广西 2020 五（一） (serving cadres), 社会团体登记管理条例
第十二条、第十三条, 基金会管理条例 第二十三条. Reads only: `registry.eligibility.leaders` decides.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from portal.models import User
from registry.casework import facts
from registry.eligibility import leaders
from registry.eligibility.context import Context
from registry.findings import Finding, Verdict
from registry.models import Case, Opinion
from registry.scope import DESK, roles_over

CHECKS = (leaders.ban, leaders.elsewhere, leaders.cadre, leaders.official, leaders.notice)
CAPACITY = "具有完全民事行为能力，没有因犯罪被剥夺政治权利"
SAID = {Opinion.Answer.AGREE: "pass", Opinion.Answer.CONDITIONAL: "unknown", Opinion.Answer.DISAGREE: "fail"}


@dataclass(frozen=True)
class Line:
    """One thing that is looked at: what, with which outcome (pass, fail, unknown), what was found, by which clause."""

    label: str
    verdict: str
    said: str = ""
    clause: str = ""


def panel(case: Case, user: User) -> dict:
    """The review for whoever holds a desk over the case; applicants read the verdict of the rules, not this."""
    shown = roles_over(user, case.place_code) & DESK
    return {"qualification": review(case, timezone.localdate()) if shown else []}


def review(case: Case, on: dt.date) -> list[Line]:
    """Every line of the review; none for a case that names no person in charge."""
    if not case.sealed.get("leader_id_number"):
        return []
    return [*of_person(case, on), *_joint(case), *_objections(case)]


def of_person(case: Case, on: dt.date) -> list[Line]:
    """What the register itself knows of the person in charge; no word of any other body."""
    if not case.sealed.get("leader_id_number"):
        return []
    context = Context(facts.facts(case), facts.rules_of(case, on), on)
    findings = [finding for check in CHECKS for finding in check(context)]
    return [*map(_line, findings), *_posts(case)]


def _line(finding: Finding) -> Line:
    verdict = "unknown" if finding.verdict == Verdict.ADVICE else str(finding.verdict)
    source = "没有条款依据（暂定）" if finding.assumed else f"{finding.document} {finding.clause}"
    return Line(finding.label, verdict, finding.remedy, source)


def _posts(case: Case) -> Iterator[Line]:
    """The other organisations the same person leads, filed ones too: whether that matters is for the reviewer."""
    terms = facts.posts_elsewhere(case.sealed["leader_id_number"], besides=case.organisation_id)
    held = [term.organisation for term in terms.select_related("organisation").order_by("organisation_id")[:20]]
    named = "、".join(f"{one}（{_kind(one)}）" for one in held)
    yield Line("同时担任负责人的其他组织", "pass" if not held else "unknown", named or "没有")


def _kind(organisation) -> str:
    if organisation.legal_form != "none":
        return organisation.get_legal_form_display()
    return organisation.get_standing_display()


def _joint(case: Case) -> Iterator[Line]:
    """What other bodies found of the person; without them nobody has looked at what the register cannot know."""
    asked = list(case.opinions.filter(kind=Opinion.Kind.QUALIFICATION, withdrawn_on=None).order_by("id"))
    cleared = any(one.answer == Opinion.Answer.AGREE for one in asked)
    text = "" if cleared else "可以向公安、司法等部门征求资格审查意见，或者核对本人的承诺和证明"
    yield Line(CAPACITY, "pass" if cleared else "unknown", text, "《社会团体登记管理条例》 第十三条")
    for one in asked:
        said = f"{one.get_answer_display()}{f'：{one.text}' if one.text else ''}"
        yield Line(f"{one.unit}联合审查", SAID.get(one.answer, "unknown"), said)


def _objections(case: Case) -> Iterator[Line]:
    """Objections made while an appointment was public: how they ended, not what was said (`registry.announcements`)."""
    for number, one in enumerate(case.objections.all(), 1):
        verdict = {True: "fail", False: "pass", None: "unknown"}[one.upheld]
        yield Line(f"公示异议（第 {number} 条）", verdict, "尚未答复" if one.upheld is None else "已答复")
