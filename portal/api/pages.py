"""The document for people: pages from our own host, open to everybody, that read without script."""

import hashlib
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import condition, require_safe

from portal.api import codes, reading
from portal.api.problems import TITLES
from portal.api.schema import stories, writing
from portal.api.schema.whole import operations
from portal.api.schema.words import REFUSED, TAGS
from portal.api.scopes import ABILITIES

START = "接口文档"
KEPT = "public, max-age=300"


def _mark(request: HttpRequest, *args: Any, **kwargs: Any) -> str:
    return f'"{hashlib.sha256(writing.as_json()).hexdigest()[:32]}"'


@require_safe
@condition(etag_func=_mark)
def openapi_json(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document as JSON."""
    return HttpResponse(writing.as_json(), content_type="application/json", headers={"Cache-Control": KEPT})


@require_safe
@condition(etag_func=_mark)
def openapi_yaml(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document as YAML, as it is committed."""
    return HttpResponse(writing.PATH.read_bytes(), content_type="application/yaml", headers={"Cache-Control": KEPT})


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """How an engineer comes in within an afternoon, and what there is."""
    context = {
        "host": _host(request),
        "groups": _groups(),
        "abilities": ABILITIES,
        "statuses": REFUSED,
        "events": _events(),
        "story": [_shown(step, _host(request)) for step in _first_story()],
    }
    return render(request, "api/docs.html", context)


@require_safe
def docs_group(request: HttpRequest, group: str) -> HttpResponse:
    """Every operation of a group, with what goes in, what comes out, and examples."""
    found = [one for one in operations(writing.document()) if one[2]["tags"] == [group]]
    if not found:
        raise Http404
    reader, host = reading.Reader(writing.document()), _host(request)
    name, about = TAGS[group]
    context = {
        "name": name,
        "about": about,
        "groups": _groups(),
        "group": group,
        "doors": [_door(reader, host, *one) for one in found],
        "crumbs": [{"label": START, "url": reverse("api:docs")}, {"label": name}],
    }
    return render(request, "api/group.html", context)


@require_safe
def problems(request: HttpRequest) -> HttpResponse:
    """Every code a refusal can carry: what it means and what to do."""
    listed = codes.listed()
    rows = [{"code": code, **one, "do": one.get("do") or codes.advice(one["status"])} for code, one in listed.items()]
    context = {
        "rows": rows,
        "titles": TITLES,
        "crumbs": [{"label": START, "url": reverse("api:docs")}, {"label": "问题一览"}],
    }
    return render(request, "api/problems.html", context)


def _host(request: HttpRequest) -> str:
    return settings.PUBLIC_URL.rstrip("/") or f"{request.scheme}://{request.get_host()}"


def _groups() -> list[dict[str, Any]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for path, method, operation in operations(writing.document()):
        one = {"id": operation["operationId"], "summary": operation["summary"], "path": path, "method": method}
        found.setdefault(operation["tags"][0], []).append(one)
    names = [name for name in TAGS if name in found]
    return [{"key": key, "name": TAGS[key][0], "about": TAGS[key][1], "doors": found[key]} for key in names]


def _door(reader: reading.Reader, host: str, path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    media, body = reader.body(operation)
    security = operation["security"][0]
    return {
        "id": operation["operationId"],
        "summary": operation["summary"],
        "about": operation.get("description", ""),
        "path": path,
        "method": method,
        "abilities": [(one, ABILITIES[one]) for one in security.get("oauth2", [])],
        "public": not security,
        "parameters": reader.parameters(operation),
        "media": media,
        "body": body,
        "answers": reader.answers(operation),
        "examples": [_shown(step, host) for step in stories.steps_of(operation["operationId"])],
    }


def _shown(step: stories.Step, host: str) -> dict[str, Any]:
    ask, told = reading.curl(step, host), reading.answer(step)
    return {"title": step.title, "ask": ask, "answer": told, "kept": reading.kept(step)}


def _events() -> list[tuple[str, str]]:
    return [(name, item["post"]["summary"]) for name, item in writing.document().get("webhooks", {}).items()]


def _first_story() -> tuple[stories.Step, ...]:
    """The longest story: a filing from draft to certificate."""
    return max((steps for _, steps in stories.every()), key=len, default=())
