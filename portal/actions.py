"""The writers of the ground floor."""

from django.db import transaction

from portal.acting import acting
from portal.models import AuditEvent, User


def note(verb: str, subject: str, *, by: User | None, place_code: str = "", summary: str = "", **changes) -> AuditEvent:
    """Write one line of the audit trail; call it inside the transaction that does the thing.

    What a client said of who acts (`portal.acting`) is written with it. `changes` are field=[before, after] pairs,
    personal data already masked.
    """
    return AuditEvent.objects.create(
        verb=verb,
        subject=subject,
        by=by,
        place_code=place_code,
        summary=summary[:300],
        changes=changes,
        for_whom=acting().for_whom,
        request=acting().request,
    )


@transaction.atomic
def set_mail(user: User, *, mode: str, address: str) -> User:
    """How a person wants to be told by e-mail, and where. The address itself stays out of the trail."""
    before, user.mail, user.email = user.mail, mode, address
    user.save(update_fields=["mail", "email"])
    note("user.mail", f"user:{user.pk}", by=user, summary=user.get_mail_display(), mail=[before, mode])
    return user
