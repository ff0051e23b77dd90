"""The same page as a file: `?format=xlsx`, `csv` or `pdf` on its own address."""

from collections.abc import Callable
from typing import Any

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from registry.scope import SignedIn
from supervision import handouts
from supervision.exports import formats
from supervision.exports.tables import Export

Context = dict[str, Any]


def shown(
    request: SignedIn, template: str, context: Context, export: Callable[[Context], Export], *, listed: bool = False
) -> HttpResponseBase:
    """The page, or what it shows as a file; `context` names its `place`. `listed`: it names organisations."""
    form = request.GET.get("format", "")
    if form:
        return send(request, export(context), form, place_code=context["place"].code, listed=listed)
    return page(request, template, context)


def page(request: SignedIn, template: str, context: Context) -> HttpResponse:
    """The page with its links to take it away."""
    return render(request, template, context | {"formats": links(request)})


def links(request: SignedIn) -> list[dict[str, str]]:
    """Each form with the address that gives what this page shows."""
    asked = request.GET.copy()
    asked.pop("after", None)
    return [{"label": way.label, "href": f"?{_asking(asked, form)}"} for form, way in formats.FORMATS.items()]


def _asking(asked, form: str) -> str:
    asked["format"] = form
    return asked.urlencode()


def send(request: SignedIn, export: Export, form: str, *, place_code: str, listed: bool = False) -> FileResponse:
    """The file under its Chinese name (RFC 5987)."""
    file, name = handouts.hand_out(export, form, by=request.user, place_code=place_code, listed=listed)
    return FileResponse(file, as_attachment=True, filename=name, content_type=formats.FORMATS[form].mime)
