"""The only writer of events: called in the transaction of what happened, so that neither is there without the other.

An event names things by number (`data` holds small keys only, nothing of a person); who wants to know more follows
`href` with a token. The feed and the webhooks (`registry.webhooks`) read what is written here.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from registry.models import Case, Certificate, Event, Organisation, Step

PREFIX = "cn.shzz."  # every type begins so: our own vocabulary, no standard is claimed
TYPES = {
    "case.created": "新建办件",
    "case.submitted": "提交申请",
    "case.accepted": "受理（含视为受理、开始公示）",
    "case.not_accepted": "不予受理（含街道不同意、不予公示）",
    "case.correction_requested": "要求补正",
    "case.corrected": "补正后重新提交",
    "case.suspended": "暂停计时",
    "case.resumed": "恢复计时（含补正通知被撤回）",
    "case.forwarded": "转下一环节：初审、上报、同意、审查",
    "case.returned": "退回上一环节",
    "case.approved": "准予、收悉、确认",
    "case.rejected": "不予通过",
    "case.withdrawn": "申请人撤回、放弃",
    "org.registered": "组织登记",
    "org.filed": "组织备案",
    "org.listed": "组织纳入台账",
    "org.changed": "组织信息变更",
    "org.ended": "组织注销",
    "certificate.issued": "发证",
    "certificate.cancelled": "证书作废",
    "rating.given": "收到评价",
    "target.behind": "目标落后",
    "target.made_good": "目标补上",
    "endpoint.disabled": "推送地址被停用",
    "ping": "测试推送",
}
MOVES = {  # what a verb of a flow table is called outside; a correction handed in again is told as such
    "submit": "submitted",
    "accept": "accepted",
    "deem": "accepted",
    "publish": "accepted",
    "refuse": "not_accepted",
    "refuse_consent": "not_accepted",
    "return": "correction_requested",
    "return_street": "correction_requested",
    "send_back": "correction_requested",
    "recall": "resumed",
    "recall_street": "resumed",
    "review": "forwarded",
    "report": "forwarded",
    "consent": "forwarded",
    "pass_on": "forwarded",
    "examine": "forwarded",
    "back": "returned",
    "record": "approved",
    "approve": "approved",
    "confirm": "approved",
    "take_note": "approved",
    "reserve": "approved",
    "reject": "rejected",
    "uphold": "rejected",
    "withdraw": "withdrawn",
    "give_up": "withdrawn",
}
ENTERED = {"registered": "org.registered", "filed": "org.filed", "listed": "org.listed"}


def tell(
    type: str,
    subject: str,
    *,
    place_code: str,
    case: Case | None = None,
    organisation: Organisation | None = None,
    data: Mapping[str, Any],
) -> Event:
    """Write down that something happened. `type` without the prefix ("case.submitted"), `data` small keys only."""
    return Event.objects.create(
        type=PREFIX + type,
        subject=subject,
        place_code=place_code,
        case=case,
        organisation=organisation,
        data=dict(data),
    )


def of_move(verb: str, source: str) -> str:
    """The type of a move out of a state; `KeyError` for a verb that has none (a test walks every flow table)."""
    if (verb, source) == ("submit", "returned"):
        return "case.corrected"
    return f"case.{MOVES[verb]}"


def opened(case: Case) -> Event:
    """A draft was begun."""
    return _of_case("case.created", case, verb="open", sequence=0)


def moved(case: Case, step: Step) -> Event:
    """A case took a step; call it when the case stands where the step led."""
    return _of_case(of_move(step.verb, step.source), case, verb=step.verb, sequence=case.version, step=step.pk)


def held(case: Case) -> Event:
    """The clocks of a case stand still by a desk's word."""
    return _of_case("case.suspended", case, verb="suspend", sequence=case.version)


def released(case: Case) -> Event:
    """They run again."""
    return _of_case("case.resumed", case, verb="resume", sequence=case.version)


def rated(case: Case, *, place_code: str) -> Event:
    """A closed case was rated; how is nobody's business here. `place_code` is the office that decided."""
    named = {"number": case.number, "item": case.kind, "place": place_code}
    return tell(
        "rating.given", f"case/{case.pk}", place_code=place_code, case=case, data=_told("case", case.pk, **named)
    )


def entered(organisation: Organisation) -> Event:
    """An organisation came onto the register, or has another standing there."""
    return _of_organisation(ENTERED[organisation.standing], organisation, standing=organisation.standing)


def changed(organisation: Organisation, fields: Iterable[str], case: Case | None) -> Event:
    """Something known of an organisation is another thing now: which, not what."""
    of = {"case": case.pk} if case else {}
    return _of_organisation("org.changed", organisation, fields=sorted(fields), **of)


def rehomed(organisations: Iterable[Organisation]) -> list[Event]:
    """Organisations are at home in another place, because theirs became it; call it when they stand there."""
    rows = [
        Event(
            type=PREFIX + "org.changed",
            subject=f"organisation/{one.pk}",
            place_code=one.place_code,
            organisation=one,
            data=_told("organisation", one.pk, place=one.place_code, fields=["place"]),
        )
        for one in organisations
    ]
    return Event.objects.bulk_create(rows, 2000)


def ended(organisation: Organisation, cause: str, before: str) -> Event:
    """An organisation left the register."""
    return _of_organisation("org.ended", organisation, cause=str(cause), standing=before)


def issued(certificate: Certificate) -> Event:
    """A paper was issued with a decision."""
    return _of_certificate("certificate.issued", certificate)


def cancelled(certificates: Iterable[Certificate]) -> list[Event]:
    """Papers are no longer valid."""
    return [_of_certificate("certificate.cancelled", one) for one in certificates]


def judged(type: str, alerts: Iterable[Any], on: dt.date) -> list[Event]:
    """Targets of places that fell behind ("target.behind") or were made good; `alerts` as the night keeps them."""
    rows = [
        Event(
            type=PREFIX + type,
            subject=f"target/{one.place_code}/{one.indicator}"[:60],
            place_code=one.place_code,
            data={
                "place": one.place_code,
                "parameter": one.parameter,
                "indicator": one.indicator,
                "gap": one.gap,
                "on": on.isoformat(),
                "href": "/api/v1/judgements?" + urlencode({"place": one.place_code, "parameter": one.parameter}),
            },
        )
        for one in alerts
    ]
    return Event.objects.bulk_create(rows, 2000)


def _of_case(type: str, case: Case, **more: Any) -> Event:
    named = {"number": case.number, "item": case.kind, "state": case.state, "place": case.place_code}
    data = _told("case", case.pk, **named, **more)
    return tell(type, f"case/{case.pk}", place_code=case.place_code, case=case, data=data)


def _of_organisation(type: str, organisation: Organisation, **more: Any) -> Event:
    data = _told("organisation", organisation.pk, place=organisation.place_code, **more)
    where = organisation.place_code
    return tell(type, f"organisation/{organisation.pk}", place_code=where, organisation=organisation, data=data)


def _of_certificate(type: str, certificate: Certificate) -> Event:
    owner = certificate.organisation
    named = {"number": certificate.number, "kind": certificate.kind, "place": owner.place_code}
    data = _told("organisation", owner.pk, case=certificate.case_id, certificate=certificate.pk, **named)
    return tell(
        type,
        f"organisation/{owner.pk}",
        place_code=owner.place_code,
        case=certificate.case,
        organisation=owner,
        data=data,
    )


def _told(thing: str, pk: int, **more: Any) -> dict[str, Any]:
    return {thing: pk, **more, "href": f"/api/v1/{thing}s/{pk}"}
