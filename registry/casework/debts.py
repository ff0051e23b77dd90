"""Papers promised and not brought (容缺): reminders before the day, what follows after it, and who may promise again.

A promise has a day, words and a person. It is owed from the handing-in on, also after the decision, until it is
brought; a debt past its day bars the organisation and whoever opened the case from promising anything else.
"""

import datetime as dt

from django.db.models import Q, QuerySet
from django.urls import reverse

from portal.errors import Refusal
from portal.models import User
from registry.casework import facts, turns
from registry.casework.applicants import same
from registry.casework.demands import label
from registry.models import Case, Material, Notice, Office, Organisation, State

RULE, DAYS = "materials.promise_days", 20
SOON = dt.timedelta(days=5)


def day_of(case: Case, on: dt.date) -> dt.date:
    """The day by which a paper promised on a day has to be brought, by the rules of the place (本系统暂定 20 日)."""
    return on + dt.timedelta(days=facts.rules_of(case, on).number(RULE, DAYS))


def undertaking(paper: str, by: User, day: dt.date) -> str:
    """The words a person agrees to when promising a paper."""
    return f"{by}承诺在{day.year}年{day.month}月{day.day}日前补交《{paper}》。到期没有补交的，补交之前不能再作承诺。"


def owed_by(organisation: Organisation) -> QuerySet[Material]:
    """What an organisation still owes, the earliest day first."""
    return Material.objects.owed().filter(case__organisation=organisation).order_by("promised_by", "id")


def lines(organisation: Organisation, on: dt.date) -> list[tuple[str, Material, bool]]:
    """(paper, promise, whether its day is over) of everything an organisation still owes."""
    found = owed_by(organisation).select_related("case")
    return [(label(material), material, material.promised_by < on) for material in found]


def bar(case: Case, by: User, on: dt.date) -> str:
    """Why nothing more may be promised: the organisation, or whoever opens, let a promise lapse; "" when it may.

    A client (a platform) opens for many: what one of them let lapse bars none of the others.
    """
    whose = same(case, (by.pk, case.opened_by_id), "case__")
    if case.organisation_id:
        whose |= Q(case__organisation=case.organisation_id)
    late = Material.objects.owed_since(on).filter(whose).select_related("case").order_by("promised_by").first()
    if late is None:
        return ""
    whom = f"“{late.case.name or '未命名组织'}”（{late.case.number or late.case.matter}）"
    return f"{whom}承诺的《{label(late)}》已经逾期没有交，补交以后才能再承诺"


def require_none_overdue(case: Case, by: User, on: dt.date) -> None:
    """`Refusal` that names paper and case while a promise has lapsed."""
    if why := bar(case, by, on):
        raise Refusal(why, code="debt_overdue")


def remind(on: dt.date) -> int:
    """Tell whoever promised 5 days before and on the day, and the deciding desk too once the day is over.

    Each is told once, however often this runs; returns how many debts are overdue.
    """
    near = Material.objects.owed().filter(promised_by__lte=on + SOON).select_related("case__organisation")
    late = 0
    for material in near.iterator(chunk_size=200):
        late += material.promised_by < on
        _tell(material, on)
    return late


def _tell(material: Material, on: dt.date) -> None:
    day, name = material.promised_by, label(material)
    whose = f"{material.case.name or '未命名组织'}：承诺补交的《{name}》"
    until = f"{day.month}月{day.day}日"
    if day < on:
        _write(applicants(material.case) | desk(material.case), material, "late", f"{whose}已过{until}，逾期未交")
    elif day == on:
        _write(applicants(material.case), material, "today", f"{whose}今天（{until}）到期")
    else:
        _write(applicants(material.case), material, "soon", f"{whose}将于{until}到期")


def tell_brought(material: Material) -> None:
    """Tell the desk that a promise was kept."""
    text = f"{material.case.name or '未命名组织'}：承诺的《{label(material)}》已补交"
    _write(desk(material.case) - {material.brought_by_id}, material, "brought", text)


def _write(users: set[int], material: Material, what: str, text: str) -> None:
    """A contact is led to what is owed: the rest of a case somebody else opened is not his to read."""
    values = {"case": material.case, "kind": Notice.Kind.DEBT, "key": f"debt:{material.pk}:{what}", "text": text[:200]}
    speaks, owed = contacts(material.case), reverse("registry:owed", args=[material.case_id])
    told = [Notice(user_id=pk, url=owed if pk in speaks else "", **values) for pk in sorted(users)]
    Notice.objects.bulk_create(told, ignore_conflicts=True)


def applicants(case: Case) -> set[int]:
    """Who promised: whoever opened the case, and the contact of the organisation."""
    return {case.opened_by_id} | contacts(case)


def contacts(case: Case) -> set[int]:
    """Who speaks for the organisation of a case."""
    found = case.organisation.contacts.in_force().select_related("term") if case.organisation_id else ()
    return {contact.user_id for contact in found if contact.is_current}


def desk(case: Case) -> set[int]:
    """Who decided the case, by office; while it is under way, whoever has the next word."""
    decided = case.steps.filter(target=State.APPROVED).last() if case.is_closed else None
    held = Office.objects.over(case.place_code).filter(role=decided.role) if decided else turns.officers(case)
    return set(held.values_list("user_id", flat=True))
