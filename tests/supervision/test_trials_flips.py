"""Which verdicts count as turned: another one, or another side of the due day where there is a verdict at all."""

import datetime as dt
from types import SimpleNamespace

import pytest

from supervision.indicators import ALL
from supervision.targets import Judgement, Status
from supervision.trials.flips import Held

ON, PAST, LATER = dt.date(2026, 11, 22), dt.date(2020, 12, 31), dt.date(2027, 12, 31)


def judged(status, due):
    return Judgement(SimpleNamespace(due=due), ON, status)


@pytest.mark.parametrize(
    ("before", "after", "turned"),
    [
        ((Status.NOT_MET, PAST), (Status.MET, PAST), True),
        ((Status.NOT_MET, PAST), (Status.NOT_MET, LATER), True),
        ((Status.NOT_APPLICABLE, PAST), (Status.NOT_APPLICABLE, LATER), False),
        ((Status.NOT_MET, PAST), (Status.NOT_MET, PAST), False),
    ],
)
def test_a_place_without_anything_to_judge_never_turns(before, after, turned):
    assert Held("城市社区平均拥有数", ALL[0], judged(*before), judged(*after)).turned is turned
