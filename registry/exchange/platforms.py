"""The platforms that are switched on (`settings.PLATFORMS`): each its mapping file, address and secret."""

import logging
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from registry.casework import kinds
from registry.exchange import loading
from registry.exchange.fields import MappingError
from registry.exchange.mapping import Platform

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Line:
    """A platform and how it is reached."""

    platform: Platform
    url: str
    secret: str

    @property
    def name(self) -> str:
        """The name of the mapping file: what pushes are kept under."""
        return self.platform.name


def on() -> list[Line]:
    """Every platform that is switched on; one whose file is not as it should be is left out and logged."""
    found = []
    for name in settings.PLATFORMS:
        try:
            found.append(line(name))
        except MappingError:
            log.exception("platform %s", name)
    return found


def line(name: str) -> Line:
    """One platform that is switched on; `KeyError` for one that is not."""
    told = settings.PLATFORMS[name]
    return Line(mapping(name), told["url"], told["secret"])


def mapping(name: str) -> Platform:
    """A mapping file by its name, whether switched on or not."""
    path = Path(settings.PLATFORM_FOLDER) / f"{name}.yaml"
    return _read(path, path.stat().st_mtime_ns if path.is_file() else 0)


@cache
def _read(path: Path, changed: int) -> Platform:
    verbs = {move.verb for kind in kinds.every().values() for flow in kind.flows.values() for move in flow}
    return loading.read(path, kinds.every(), verbs)
