"""Many at once: all begin at the same moment, and a refusal is an outcome."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import close_old_connections, connections

from portal.errors import OutOfTurn, Refusal
from tests import builders

MANY = 50
TODAY = dt.date(2026, 3, 2)


def at_once(act, many=MANY):
    """The outcomes of `act(0)` … `act(many-1)`, all begun at the same moment; a refusal is an outcome."""
    together = Barrier(many)

    def one(number):
        close_old_connections()
        together.wait(30)
        try:
            return act(number)
        except Refusal as no:
            return no
        finally:
            connections.close_all()

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(one, range(many)))


def refused(outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, OutOfTurn)]


def waiting(cast, places, names):
    """A case before the street's decision for each name."""
    said = [builders.answers(name) for name in names]
    return [builders.walk(builders.draft(cast.auntie, places.garden, said=one), cast, moves=3) for one in said]
