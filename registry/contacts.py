"""The only writer of contacts and their codes: how a leader gets in with the phone on record, and when no longer.

A contact stands as long as the leader's term and the phone of that term do (`registry.models.Contact.is_current`).
Nothing here puts a phone number into a log, an address or the audit trail.
"""

import datetime as dt
import secrets
from hmac import compare_digest

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils import timezone

from portal import actions as audit
from portal.crypto import blind
from portal.errors import NotAllowed, Refusal
from portal.limits import TooMany
from portal.models import User
from registry import links
from registry.identity import MOBILE
from registry.messages import queue
from registry.models import Contact, LeaderTerm, Organisation, Passcode, StandingKind
from registry.scope import DESK, roles_over

CODE_LIVES = dt.timedelta(minutes=5)
LINK_LIVES = dt.timedelta(days=30)
WINDOW = dt.timedelta(minutes=15)
TRIES, CODES, GUESSES = 5, 3, 10  # tries of one code; codes and tries of one contact in a window
WAIT = "验证码已经要过几次。为了安全，15 分钟后再试"
INVITED = (StandingKind.FILED, StandingKind.REGISTERED)


@transaction.atomic
def invite(organisation: Organisation, *, by: User | None) -> Contact:
    """Make the present leader the contact and send a link to the phone on record; the same leader gets a new link.

    `Refusal` when nobody leads the organisation or no mobile number is known. `by` None is an act of the system.
    """
    if by is not None and not roles_over(by, organisation.place_code) & DESK:
        raise NotAllowed("由街道（乡镇）、社区或区县民政工作人员邀请", code="not_allowed")
    term = _reachable(organisation)
    contact = _standing(organisation, term) or _appoint(organisation, term)
    path = reverse("registry:contact", args=[links.token(links.CONTACT, contact.pk)])
    queue.tell(
        "invited",
        queue.SMS,
        contact.phone,
        {"organisation": organisation.name, "link": links.public(path)},
        key=f"invite:{contact.pk}:{timezone.localtime():%Y%m%d%H%M}",
        place_code=organisation.place_code,
        case=None,
    )
    audit.note(
        "contact.invite",
        f"organisation:{organisation.pk}",
        by=by,
        place_code=organisation.place_code,
        summary=organisation.name,
    )
    return contact


def invite_new(organisation: Organisation) -> Contact | None:
    """Invite the leader of an organisation that was just filed or registered, or has a new leader; else nothing."""
    term = organisation.leader_terms.filter(ends=None).last()
    if organisation.standing not in INVITED or not _mobile(term) or _standing(organisation, term):
        return None
    return invite(organisation, by=None)


def _reachable(organisation: Organisation) -> LeaderTerm:
    term = organisation.leader_terms.select_for_update().filter(ends=None).last()
    if term is None:
        raise Refusal("这个组织没有登记负责人，不能邀请", code="no_leader")
    if not _mobile(term):
        raise Refusal("负责人没有登记手机号，收不到短信。先办理变更，补上手机号", code="no_mobile")
    return term


def _mobile(term: LeaderTerm | None) -> bool:
    return term is not None and bool(MOBILE.fullmatch(term.phone))


def _standing(organisation: Organisation, term: LeaderTerm) -> Contact | None:
    """The contact who stands for this term and this phone."""
    found = organisation.contacts.in_force().filter(term=term).select_related("term").last()
    return found if found and found.is_current else None


def _appoint(organisation: Organisation, term: LeaderTerm) -> Contact:
    today = timezone.localdate()
    organisation.contacts.filter(ends=None).update(ends=today)
    return Contact.objects.create(
        user=_account(term), organisation=organisation, term=term, phone=term.phone, phone_index=_index(term.phone),
        starts=today,
    )  # fmt: skip


def _account(term: LeaderTerm) -> User:
    """The account of this person and phone from another organisation, else a new one without a password."""
    known = Contact.objects.in_force().filter(phone_index=_index(term.phone), term__person=term.person)
    if found := known.select_related("user").last():
        return found.user
    user = User(username=f"contact-{secrets.token_hex(8)}", name=term.name, mail=User.Mail.NONE)
    user.set_unusable_password()
    user.save()
    return user


def _index(phone: str) -> str:
    return blind(f"phone:{phone}")


def behind(token: str) -> Contact | None:
    """The contact a link leads to; None for a link that is not ours, too old, or of somebody who no longer leads."""
    pk = links.row(links.CONTACT, token, within=LINK_LIVES)
    return current(pk) if pk else None


def current(pk: int) -> Contact | None:
    """The contact as it stands now; None when it no longer does."""
    found = Contact.objects.in_force().select_related("term", "organisation", "user").filter(pk=pk).first()
    return found if found and found.is_current and found.user.is_active else None


def with_phone(phone: str) -> Contact | None:
    """The contact with a phone number; the newest where one number serves several."""
    rows = Contact.objects.in_force().filter(phone_index=_index(phone)).select_related("term", "user")
    return next((one for one in rows.order_by("-pk") if one.is_current and one.user.is_active), None)


@transaction.atomic
def send_code(contact: Contact) -> Passcode:
    """Send a new code of six digits; earlier ones end. `TooMany` after three codes or ten tries in 15 minutes."""
    Contact.objects.select_for_update().get(pk=contact.pk)
    if _busy(contact):
        raise TooMany(WAIT, code="too_many_codes")
    now = timezone.now()
    contact.passcodes.filter(used_at=None).update(used_at=now)
    digits = f"{secrets.randbelow(10**6):06d}"
    made = Passcode.objects.create(contact=contact, digest=_digest(contact, digits), expires_at=now + CODE_LIVES)
    queue.put(
        queue.SMS,
        contact.phone,
        "",
        f"验证码{digits}，5 分钟内有效。不要告诉别人。",
        key=f"code:{made.pk}",
        place_code=contact.organisation.place_code,
        until=made.expires_at,
    )
    _note("contact.code", contact)
    return made


def _busy(contact: Contact) -> bool:
    """Whether this contact asked for, or tried, too many codes lately."""
    return _recent(contact).count() >= CODES or _guesses(contact) >= GUESSES


def _recent(contact: Contact) -> QuerySet[Passcode]:
    return contact.passcodes.filter(made_at__gt=timezone.now() - WINDOW)


def _guesses(contact: Contact) -> int:
    return _recent(contact).aggregate(n=Sum("tries"))["n"] or 0


@transaction.atomic
def admit(contact: Contact, digits: str) -> bool:
    """Whether the digits are the contact's code: counted, five times at most, and used up when right."""
    code = Passcode.objects.select_for_update().filter(contact=contact).order_by("-id").first()
    dead = code is None or code.used_at or code.expires_at < timezone.now() or code.tries >= TRIES
    if dead or _guesses(contact) >= GUESSES:
        return False
    code.tries += 1
    right = compare_digest(code.digest, _digest(contact, digits))
    if right:
        code.used_at = timezone.now()
    code.save(update_fields=["tries", "used_at"])
    if right:
        _note("contact.enter", contact, by=contact.user)
    elif code.tries >= TRIES:
        _note("contact.locked", contact)
    return right


def _digest(contact: Contact, digits: str) -> str:
    return blind(f"code:{contact.pk}:{digits}")


def _note(verb: str, contact: Contact, *, by: User | None = None) -> None:
    where = contact.organisation
    audit.note(verb, f"contact:{contact.pk}", by=by, place_code=where.place_code, summary=where.name)
