"""What the desks of the sandbox answer, by the ending of the client's own number of a case. Pure.

`SIM-7-BZ` is given back once, `SIM-7` is granted: the same number is always answered the same way.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """How the desks treat a case: give it back once, hold its clocks once, refuse it where it would be granted, or
    leave it where it is."""

    correct: bool = False
    suspend: bool = False
    refuse: bool = False
    leave: bool = False


GRANTED = Plan()
ENDINGS = {
    "-BZ": Plan(correct=True),  # 补正
    "-GQ": Plan(suspend=True),  # 挂起
    "-BY": Plan(refuse=True),  # 不予
    "-CS": Plan(leave=True),  # 超时
}


def plan(reference: str) -> Plan:
    """The plan for a client's number; what has no ending of the table is granted."""
    return ENDINGS.get(reference[-3:].upper(), GRANTED)
