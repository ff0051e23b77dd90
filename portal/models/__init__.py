"""The tables of the ground floor: accounts, the audit trail, the record of periodic checks."""

from portal.models.audit import AuditEvent
from portal.models.runs import RunRecord
from portal.models.users import User

__all__ = ["AuditEvent", "RunRecord", "User"]
