"""No write of the API without its race: the table of `tests/races/writes.py` is held against the addresses."""

from django.urls import URLResolver, get_resolver

from portal.api.doors import Door
from tests.races.writes import WRITES

CHANGING = ("post", "put", "patch", "delete")
APART = {  # writes that race elsewhere, or nowhere
    "sandbox.advance": "only in the sandbox; each of its steps is a move, which is raced here",
}
WRITES_NOTHING = {"assessments.check", "name_checks.check"}


def operations(resolver=None):
    """Every operation of the API that may change something: {id: contract}."""
    found = {}
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            found |= operations(pattern)
        view = getattr(getattr(pattern, "callback", None), "view_class", None)
        if view and issubclass(view, Door):
            handlers = [getattr(view, method) for method in CHANGING if hasattr(view, method)]
            found |= {handler.operation.id: handler.operation for handler in handlers}
    return found


def test_every_write_has_its_race():
    raced = {one.operation for one in WRITES}
    assert raced | set(APART) | WRITES_NOTHING == set(operations())
    assert not raced & set(APART)


def test_whatever_creates_or_decides_is_done_once_or_on_what_was_seen():
    loose = {name for name, one in operations().items() if not (one.once or one.match)}
    assert loose == WRITES_NOTHING
