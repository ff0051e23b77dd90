"""Can it be registered, and if not, what then: facts and rules on a day make a receipt. Pure: no database."""

from registry.eligibility.facts import NOT_BANNED, Facts, FactsError, Leader
from registry.eligibility.judging import assess
from registry.eligibility.receipt import Receipt
from registry.findings import Finding, Verdict

__all__ = ["NOT_BANNED", "Facts", "FactsError", "Finding", "Leader", "Receipt", "Verdict", "assess"]
