"""The document as a file: generated, compared with the committed one, read for the pages."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator

from portal.api.schema import stories

PATH = Path(settings.ROOT) / "docs" / "api" / "openapi.yaml"


class Plain(yaml.CSafeDumper):
    """YAML without anchors, long texts on one line."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def generate() -> tuple[str, list[str]]:
    """(the document as YAML, what drf-spectacular warned of)."""
    stories.every.cache_clear()
    with GENERATOR_STATS.silence():
        document = SchemaGenerator().get_schema(request=None, public=True)
        said = [*GENERATOR_STATS._warn_cache, *GENERATOR_STATS._error_cache]
    return dump(document), sorted(map(str, said))


def dump(value: Any) -> str:
    """A value as YAML, members in their order."""
    return yaml.dump(value, Dumper=Plain, sort_keys=False, allow_unicode=True, width=10_000)


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The committed document: what is served and shown is what was reviewed."""
    return yaml.load(PATH.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@lru_cache(maxsize=1)
def as_json() -> bytes:
    """The committed document as JSON."""
    return json.dumps(document(), ensure_ascii=False, separators=(",", ":")).encode()
