"""What the document has besides operations: shared components, groups, the token's doors, pushes and examples."""

from typing import Any

from portal.api.schema import doors, shared, stories, webhooks
from portal.api.schema.words import TAGS

METHODS = ("get", "post", "put", "patch", "delete")


def complete(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """drf-spectacular's last hook: the finished document."""
    result["paths"] = doors.PATHS | result["paths"]
    result["webhooks"] = webhooks.webhooks()
    found = result.setdefault("components", {})
    for kind, ours in shared.components().items():
        found[kind] = dict(sorted({**found.get(kind, {}), **ours}.items()))
    found["schemas"] |= doors.SCHEMAS | {"Event": webhooks.ENVELOPE}
    used = {tag for _, _, operation in operations(result) for tag in operation["tags"]}
    result["tags"] = [{"name": name, "description": "：".join(TAGS[name])} for name in TAGS if name in used]
    for _, _, operation in operations(result):
        _show(operation)
    return result


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """(path, method in capitals, operation) of every operation, in the order of the document."""
    return [
        (path, method.upper(), item[method])
        for path, item in document["paths"].items()
        for method in METHODS
        if method in item
    ]


def _show(operation: dict[str, Any]) -> None:
    """Put the examples of an operation where the document has places for them."""
    for number, step in enumerate(stories.steps_of(operation["operationId"]), 1):
        name = f"example{number}"
        if step.body is not None and not step.files:
            for media in operation.get("requestBody", {}).get("content", {}).values():
                media.setdefault("examples", {})[name] = {"summary": step.title, "value": step.body}
        answer = operation["responses"].get(str(step.status), {})
        if step.answer is not None and "content" in answer:
            for media in answer["content"].values():
                media.setdefault("examples", {})[name] = {"summary": step.title, "value": step.answer}
