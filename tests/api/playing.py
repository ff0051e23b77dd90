"""Plays a story of `docs/api/examples/` against the cast, as it is shown, and writes down what came back."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from portal.api.schema import stories
from tests import builders
from tests.api.scenes import MEANWHILE

TOLD = ("ETag", "Location", "Idempotency-Replayed", "Retry-After", "Content-Type", "Content-Disposition")
SECRET = re.compile(r"secret|access_token|assertion")
WORD = re.compile(r"[a-z][a-z_.]*")
HIDDEN = "（略）"
FILES = {"png": builders.png}


def play(story: Mapping[str, Any], speak, given: Mapping[str, Any], anybody) -> Iterator[tuple[dict[str, Any], Any]]:
    """(step as written, response) one after another; what steps keep is known to the later ones.

    `given` are the things of the scene; `anybody` is a client of Django for steps without `as`.
    """
    known = dict(given)
    for step in story["steps"]:
        if "meanwhile" in step:
            MEANWHILE[step["meanwhile"]](known)
            yield step, None
            continue
        asked = stories.fill({"body": None, "form": {}, "headers": {}} | step, known)
        response = send(asked, speak, anybody)
        yield step, response
        assert response.status_code < 500, (step["title"], read(response))
        assert response.status_code < 400 or "keep" not in step, (step["title"], read(response))
        known |= stories.keep(step.get("keep", {}), response.headers, read(response))


def send(asked: dict[str, Any], speak, anybody):
    """One request, exactly as it is shown: its method, path, headers, body; with the token of who speaks."""
    headers, more = dict(asked["headers"]), {}
    if asked.get("as"):
        headers["Authorization"] = f"Bearer {speak(asked['as']).token}"
    if asked.get("files"):
        files = {name: builders.png(shown) for name, shown in asked["files"].items()}
        return anybody.post(asked["path"], {**asked["form"], **files}, headers=headers)
    if asked["form"]:
        return anybody.post(asked["path"], asked["form"], headers=headers)
    if asked["body"] is not None:
        more = {"data": json.dumps(asked["body"]), "content_type": "application/json"}
    return anybody.generic(asked["method"], asked["path"], headers=headers, **more)


def read(response) -> Any:
    """The body as data; None for an empty one and for a file."""
    if getattr(response, "streaming", False) or not response.content:
        return None
    kind = response["Content-Type"].partition(";")[0]
    return response.json() if kind in ("application/json", "application/problem+json") else None


def write_down(story: dict[str, Any], speak, given: Mapping[str, Any], anybody) -> dict[str, Any]:
    """The story with the answers of this run, secrets left out."""
    steps = []
    for step, response in play(story, speak, given, anybody):
        if response is None:
            steps.append(step)
            continue
        headers = {name: response[name] for name in TOLD if response.has_header(name)}
        body = None if step.get("brief") else hidden(read(response))  # long and shown elsewhere
        answer = {"status": response.status_code, "headers": headers, "body": body}
        steps.append({**step, "answer": {name: one for name, one in answer.items() if one not in (None, {})}})
    head = {name: story[name] for name in ("title", "scene")}
    return {**head, "given": hidden(dict(given)), "steps": steps}


def hidden(value: Any) -> Any:
    """A value without what only its owner may read."""
    if isinstance(value, dict):
        return {name: HIDDEN if SECRET.search(name) else hidden(one) for name, one in value.items()}
    return [hidden(one) for one in value] if isinstance(value, list) else value


def differences(shown: Any, real: Any, at: str = "") -> list[str]:
    """Where an answer is of another shape than shown: members, types, and words of our vocabulary."""
    if isinstance(shown, dict) and isinstance(real, dict):
        found = [f"{at}/{name}：多了或少了" for name in shown.keys() ^ real.keys()]
        return found + [
            one for name in shown.keys() & real.keys() for one in differences(shown[name], real[name], f"{at}/{name}")
        ]
    if isinstance(shown, list) and isinstance(real, list):
        if bool(shown) != bool(real):
            return [f"{at}：一个是空的"]
        return [one for a, b in zip(shown, real, strict=False) for one in differences(a, b, f"{at}/0")]
    if type(shown) is not type(real):
        return [f"{at}：{shown!r} 与 {real!r}"]
    if isinstance(shown, str) and WORD.fullmatch(shown) and shown != real:
        return [f"{at}：{shown} 与 {real}"]
    return []
