"""Examples as data: `docs/api/examples/*.yaml`, each a story of requests that are sent one after another.

A step says who sends what, and what came back when the story was last recorded (`tests/api/test_examples.py` sends
every step again). `given` are the things that stood there before; `keep` names what later steps need of the answer:
`{case: /id, tag: ETag}` by JSON pointer or by the name of a header; later requests write `${case}`. Where a request is
pasted into a terminal these are variables of the shell, `$CASE` and `$ETAG`: the reader's case is not ours.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

FOLDER = Path(settings.ROOT) / "docs" / "api" / "examples"
HOLE = re.compile(r"\$\{(\w+)\}")
SHELL = {"case": "$CASE", "tag": "$ETAG", "first": "$FIRST_ETAG"}


@dataclass(frozen=True)
class Step:
    """One request as it is shown, and its answer."""

    operation: str
    title: str
    speaker: str
    method: str
    path: str
    headers: Mapping[str, str]
    body: Any
    form: Mapping[str, str]
    files: Mapping[str, str]
    status: int
    told: Mapping[str, str] = field(default_factory=dict)
    answer: Any = None
    pasted: Mapping[str, Any] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)


def fill(value: Any, known: Mapping[str, Any]) -> Any:
    """A value with its holes filled; a text that is one hole becomes what is kept, number or text."""
    if isinstance(value, dict):
        return {name: fill(one, known) for name, one in value.items()}
    if isinstance(value, list):
        return [fill(one, known) for one in value]
    if not isinstance(value, str):
        return value
    whole = HOLE.fullmatch(value)
    return known[whole[1]] if whole else HOLE.sub(lambda found: str(known[found[1]]), value)


def keep(names: Mapping[str, str], headers: Mapping[str, str], answer: Any) -> dict[str, Any]:
    """What later steps need of an answer."""
    return {name: point(answer, at) if at.startswith("/") else headers[at] for name, at in names.items()}


def point(value: Any, pointer: str) -> Any:
    """What stands at a JSON pointer; parts of lists by their number."""
    for part in pointer.split("/")[1:]:
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


def read(path: Path) -> dict[str, Any]:
    """A story as written: `title`, `about`, `steps`."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def variable(name: str) -> str:
    """What a kept value is called in a terminal."""
    return SHELL.get(name, f"${name.upper()}")


def shown(story: Mapping[str, Any]) -> Iterator[Step]:
    """The steps of a story as they are shown: with the values of the last recording."""
    known: dict[str, Any] = dict(story.get("given", {}))
    theirs = known | {name: variable(name) for name in ("case",) if name in known}
    for raw in story["steps"]:
        if "meanwhile" in raw:  # something of ours went on between two requests
            continue
        if "answer" not in raw:  # not recorded yet: nothing behind it can be shown either
            return
        answer = raw["answer"]
        asked = fill({name: raw[name] for name in ("path", "headers", "body", "form") if name in raw}, known)
        yield Step(
            pasted=fill({name: raw[name] for name in ("path", "headers") if name in raw}, theirs),
            kept={variable(name)[1:]: at for name, at in raw.get("keep", {}).items()},
            operation=raw["operation"],
            title=raw["title"],
            speaker=raw.get("as", ""),
            method=raw["method"],
            path=asked["path"],
            headers=asked.get("headers", {}),
            body=asked.get("body"),
            form=asked.get("form", {}),
            files=raw.get("files", {}),
            status=answer["status"],
            told=answer.get("headers", {}),
            answer=answer.get("body"),
        )
        known |= keep(raw.get("keep", {}), answer.get("headers", {}), answer.get("body"))
        theirs |= {name: variable(name) for name in raw.get("keep", {})}


@lru_cache(maxsize=1)
def every() -> tuple[tuple[str, tuple[Step, ...]], ...]:
    """(title, steps) of each story, in the order of their files."""
    found = [read(path) for path in sorted(FOLDER.glob("*.yaml"))]
    return tuple((one["title"], tuple(shown(one))) for one in found)


def steps_of(operation: str) -> list[Step]:
    """The examples of an operation, in the order of the stories."""
    return [step for _, steps in every() for step in steps if step.operation == operation]
