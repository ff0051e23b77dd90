"""What schemathesis cannot know: things that are there. Loaded by it as `SCHEMATHESIS_HOOKS`, not by pytest.

Ids, codes and keys told in answers are used in later requests, most of the time; every answer is written down in
`FUZZ_TALLY` as `METHOD path status`.
"""

import json
import os
import random
from collections import defaultdict
from typing import Any

import schemathesis

TALLY = os.environ["FUZZ_TALLY"]
LIKELY = 0.7  # how often something that is there is asked for
KNOWN: dict[str, list[Any]] = defaultdict(list, json.loads(os.environ.get("FUZZ_KNOWN", "{}")))
NAMES = ("id", "uid", "key", "code", "number", "verb")
dice = random.Random(os.environ.get("FUZZ_SEED", "1"))


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Ask for what is there, and say that its state is the one that was read."""
    if dice.random() > LIKELY:
        return
    for name in dict(case.path_parameters or {}):
        found = KNOWN[_kind(case.path, name)]
        if found:
            case.path_parameters[name] = dice.choice(found[-50:])
    headers = case.headers if case.headers is not None else {}
    if any(one.lower() == "if-match" for one in headers):
        headers["If-Match"] = "*"
    if isinstance(case.body, dict):
        for name, kind in {"place": "places.code", "item": "items.key", "organisation": "organisations.id"}.items():
            if name in case.body and KNOWN[kind]:
                case.body[name] = dice.choice(KNOWN[kind][-50:])


@schemathesis.hook
def after_call(context: Any, case: Any, response: Any) -> None:
    """Remember what was told, and write down how it was answered."""
    with open(TALLY, "a") as out:
        out.write(f"{case.method} {case.path} {response.status_code}\n")
    if response.status_code not in (200, 201) or b"json" not in _header(response, "content-type"):
        return
    try:
        told = json.loads(response.content)
    except ValueError:
        return
    rows = told.get("results", [told]) if isinstance(told, dict) else []
    for row in (one for one in rows if isinstance(one, dict)):
        _remember(case.path, row)


def _remember(path: str, row: dict[str, Any]) -> None:
    collection = path.removeprefix("/api/v1/").split("/")[0]
    for name in NAMES:
        value, kept = row.get(name), KNOWN[f"{collection}.{name}"]
        if isinstance(value, int | str) and value != "" and value not in kept:
            kept.append(value)
    for name, kind in (("sections", "cases.key"), ("materials", "cases.kind")):
        if isinstance(row.get(name), dict):
            KNOWN[kind] += [one for one in row[name] if one not in KNOWN[kind]]
    for paper in row["materials"].values() if isinstance(row.get("materials"), dict) else ():
        if isinstance(paper, dict) and paper.get("file"):
            KNOWN["cases.material"].append(paper["file"]["id"])
    for act in row.get("allowed_actions") or ():
        KNOWN["cases.verb"].append(str(act.get("name", "")))


def _kind(path: str, name: str) -> str:
    """`cases.id` for /api/v1/cases/{id}/…, `public.number` for /api/v1/public/certificates/{number}."""
    return f"{path.removeprefix('/api/v1/').split('/')[0]}.{name}"


def _header(response: Any, name: str) -> bytes:
    found = response.headers.get(name) or b""
    found = found[0] if isinstance(found, list) and found else found
    return found if isinstance(found, bytes) else str(found).encode()
