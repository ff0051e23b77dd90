"""The tables that only 备案 needs."""

from filings.models.delegations import Delegation

__all__ = ["Delegation"]
