"""The tables of the ground floor: accounts, clients, the audit trail, the record of periodic checks."""

from portal.models.audit import AuditEvent
from portal.models.clients import Client, KeptAnswer
from portal.models.runs import RunRecord
from portal.models.users import User

__all__ = ["AuditEvent", "Client", "KeptAnswer", "RunRecord", "User"]
