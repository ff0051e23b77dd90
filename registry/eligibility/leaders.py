"""The proposed person in charge: serving cadres, other posts, occupational bans, public notice before appointment.

Guangxi 五（一） (approval of serving cadres), Wenzhou 三（九） (occupational ban) and 三（十二） (public notice),
基金会管理条例 第二十三条 (no serving officials, no other legal person),
社会团体登记管理条例 第十二条 (no other association).
A ban that is known bars a person everywhere: 行政处罚法 第九条（四）.
"""

from collections.abc import Iterator

from registry.eligibility.context import Context, title
from registry.eligibility.facts import NOT_BANNED
from registry.findings import Finding, Verdict, found
from registry.policy.parameters import Modality

BAN = "行政处罚法", "第九条（四）"


def cadre(context: Context) -> Iterator[Finding]:
    """A serving cadre needs the approval of the authority that manages cadres; anybody else needs nothing."""
    rule, leader = context.rule("leader.serving_cadre_approval_required"), context.facts.leader
    if rule is None or not rule.value:
        return
    answer = leader.cadre_approval if leader.serving_cadre else _not(leader.serving_cadre)
    remedy = "取得在职干部任职的批准文件" if answer is False else "尚未填写负责人是否在职干部、是否已经批准"
    actual = "not_serving" if leader.serving_cadre is False else leader.cadre_approval
    yield found(rule, answer, required=True, actual=actual, label=title(rule), remedy=remedy)


def official(context: Context) -> Iterator[Finding]:
    """No serving official may lead a foundation; the register's "serving cadre" is read as one."""
    rule, serving = context.rule("leader.serving_official_barred"), context.facts.leader.serving_cadre
    if rule and rule.value and context.facts.legal_form is not None:
        remedy = "尚未填写负责人是否在职干部" if serving is None else "另选负责人"
        yield found(rule, _not(serving), required=False, actual=serving, label=title(rule), remedy=remedy)


def elsewhere(context: Context) -> Iterator[Finding]:
    """Whoever represents an association may represent no other one; a foundation's, no other legal person at all.

    Silent until somebody has looked: the register is asked as soon as the leader's number is known.
    """
    rule, led = context.rule("leader.legal_rep_elsewhere"), context.facts.leader.leads_others
    if rule is None or led is None:
        return
    barred = sorted(set(led) & set(rule.value))
    remedy = "负责人先辞去其他组织的法定代表人，或另选负责人"
    yield found(rule, not barred, required=list(rule.value), actual=barred, label=title(rule), remedy=remedy)


def _not(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def ban(context: Context) -> Iterator[Finding]:
    """Barred up to and including the last day of the ban. Where no local clause asks, silence is not held against."""
    rule, until = context.rule("leader.measures"), context.facts.leader.banned_until
    asked = rule is not None and "occupational_ban" in rule.value
    if until is None and not asked:
        return
    free = None if until is None else until < context.on
    yield Finding(
        key="leader.occupational_ban",
        document=rule.document if rule and asked else BAN[0],
        clause=rule.clause if rule and asked else BAN[1],
        modality=Modality.MUST,
        required=None,
        actual=None if until in (None, NOT_BANNED) else until.isoformat(),
        verdict=Verdict.UNKNOWN if free is None else (Verdict.PASS if free else Verdict.FAIL),
        label="负责人不在从业禁止期内",
        remedy="" if free else ("尚未填写负责人有无从业禁止" if free is None else "另选负责人，或等从业禁止期满"),
    )


def notice(context: Context) -> Iterator[Finding]:
    """The appointment needs a completed public notice (Wenzhou 三（十二）)."""
    rule, done = context.rule("leader.pre_appointment_notice"), context.facts.public_notice_done
    if rule and rule.value:
        remedy = "尚未填写任职前公示是否完成" if done is None else "完成负责人任职前公示"
        yield found(rule, done, required=True, actual=done, label=title(rule), remedy=remedy)
