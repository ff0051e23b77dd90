"""What stands there before a story of `docs/api/examples/` begins; each gives the things its steps name."""

from types import SimpleNamespace
from typing import Any

from tests import builders


def empty(world: SimpleNamespace) -> dict[str, Any]:
    """The places of the cast and nothing else."""
    return {"street": world.places.street.code, "county": world.places.hexi.code, "community": world.places.garden.code}


def keys(world: SimpleNamespace) -> dict[str, Any]:
    """A client and its key."""
    key = world.speak("platform").key
    return {"client_id": key.client_id, "client_secret": key.client_secret}


def register(world: SimpleNamespace) -> dict[str, Any]:
    """A few organisations on the register."""
    found = builders.organisation(
        world.places.garden, name="阳光舞蹈队", category="culture_sports", activities="排练和演出"
    )
    builders.organisation(world.places.garden, name="邻里互助社", category="mutual_aid", activities="帮助独居老人")
    return {**empty(world), "organisation": found.pk}


EVERY = {"empty": empty, "keys": keys, "register": register}
