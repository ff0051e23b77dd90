"""The writers of the ground floor."""

from portal.models import AuditEvent, User


def note(verb: str, subject: str, *, by: User | None, place_code: str = "", summary: str = "", **changes) -> AuditEvent:
    """Write one line of the audit trail; call it inside the transaction that does the thing.

    `changes` are field=[before, after] pairs, personal data already masked.
    """
    return AuditEvent.objects.create(
        verb=verb, subject=subject, by=by, place_code=place_code, summary=summary[:300], changes=changes
    )
