"""Who stands behind the request that is being answered, for the audit trail: told once at the edge of the API."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Acting:
    """`for_whom` is the person a client says it acts for (≤ 80 characters), `request` the id of the request."""

    for_whom: str = ""
    request: str = ""


NOBODY = Acting()
_now: ContextVar[Acting] = ContextVar("acting", default=NOBODY)


def acting() -> Acting:
    """Whom the present request names; nobody outside the API."""
    return _now.get()


@contextmanager
def on_behalf(who: Acting) -> Iterator[None]:
    """Everything written in the block is written with this name."""
    token = _now.set(who)
    try:
        yield
    finally:
        _now.reset(token)
