"""What goes out of the house for a step: e-mail to people who want each, SMS to whoever speaks for the organisation.

`tell` is called by the outbox in the transaction that delivers the step; notices that belong to no step (late, handed
over …) are mailed by `mail_notices`. The messages wait in `registry.messages.queue`.
"""

import datetime as dt

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone

from portal.crypto import blind
from portal.models import User
from registry import contacts, links
from registry.identity import MOBILE
from registry.messages import queue
from registry.models import Case, Contact, Dispatch, Notice, State, Step

RECENT = dt.timedelta(days=1)
EVENTS = {State.RETURNED: "returned", State.APPROVED: "approved", State.REJECTED: "rejected"}


def tell(step: Step, concerned: set[int]) -> None:
    """Queue every message of a step and invite the leader of an organisation that has just entered the register."""
    _mail(step, concerned)
    event = "submitted" if step.verb == "submit" else EVENTS.get(step.target)
    if event:
        _text(step, event)
    if step.target == State.APPROVED and step.case.organisation:
        contacts.invite_new(step.case.organisation)


def _mail(step: Step, concerned: set[int]) -> None:
    case = step.case
    readers = User.objects.filter(pk__in=concerned, mail=User.Mail.EACH, is_active=True).exclude(email="")
    for user in readers:
        values = _values(case, links.public(case.get_absolute_url())) | {"step": step.label}
        key = f"step:{step.pk}:{user.pk}:email"
        queue.tell("step", queue.EMAIL, user.email, values, key=key, place_code=case.place_code, case=case)


@transaction.atomic
def mail_notices() -> int:
    """Queue an e-mail for every notice of the last day that belongs to no step; returns how many."""
    fresh = Notice.objects.filter(at__gt=timezone.now() - RECENT, seen_at=None).exclude(kind=Notice.Kind.STEP)
    key = Concat(Value("notice:"), Cast(OuterRef("pk"), CharField()), Value(":email"))
    unsent = fresh.filter(~Exists(Dispatch.objects.filter(key=key)))
    each = unsent.filter(user__mail=User.Mail.EACH, user__is_active=True).exclude(user__email="")
    wanted = list(each.select_related("user", "case"))
    for notice in wanted:
        path = notice.case.get_absolute_url() if notice.case else notice.url or reverse("registry:notices")
        values = {"text": notice.text, "link": links.public(path)}
        place = notice.case.place_code if notice.case else ""
        key = f"notice:{notice.pk}:email"
        queue.tell("notice", queue.EMAIL, notice.user.email, values, key=key, place_code=place, case=notice.case)
    return len(wanted)


def _text(step: Step, event: str) -> None:
    """One SMS to the phone of the organisation; a landline gets none."""
    case, contact = step.case, _contact(step.case)
    phone = _phone(case, contact)
    if not MOBILE.fullmatch(phone):
        return
    path = links.service_path(case)
    if event == "returned" and contact and contact.is_current:
        path = reverse("registry:contact", args=[links.token(links.CONTACT, contact.pk)])
    key = f"step:{step.pk}:{blind(phone)[:12]}:sms"
    values = _values(case, links.public(path))
    queue.tell(event, queue.SMS, phone, values, key=key, place_code=case.place_code, case=case)


def _contact(case: Case) -> Contact | None:
    """The contact who opened the case: told to the end, even of the change that ends his term."""
    return case.opened_by.contacts.filter(organisation=case.organisation_id).select_related("term").last()


def _phone(case: Case, contact: Contact | None) -> str:
    """The applying contact's phone; else that of the leader on the register, else the one the application names."""
    if contact:
        return contact.phone
    term = case.organisation.leader_terms.filter(ends=None).last() if case.organisation else None
    return (term.phone if term else "") or case.sealed.get("leader_phone", "")


def _values(case: Case, link: str) -> dict[str, str]:
    due = f"{case.promised_on.month}月{case.promised_on.day}日" if case.promised_on else "另行通知的日子"
    return {
        "organisation": case.name or "未命名组织",
        "matter": case.matter,
        "number": case.number or "（未编号）",
        "due": due,
        "link": link,
    }
