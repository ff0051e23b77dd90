"""JSON in and out, and nothing else: one renderer, UTF-8, quick."""

import json
import math
from typing import Any

import orjson
from rest_framework.exceptions import ParseError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import JSONParser
from rest_framework.renderers import BaseRenderer

DEEPEST = 32  # how far a body may be nested; none of ours goes beyond five


def told(value: Any) -> Any:
    """What orjson does not know by itself: lazy texts and decimals are told as text."""
    return str(value)


def dump(data: Any) -> bytes:
    """UTF-8 JSON of plain data, dates in ISO 8601."""
    try:
        return orjson.dumps(data, default=told, option=orjson.OPT_NON_STR_KEYS)
    except TypeError:  # somebody's half of a character, told back to him as he escaped it
        return json.dumps(data, default=told).encode()


class Json(BaseRenderer):
    """application/json; problems bring their own media type."""

    media_type = "application/json"
    format = "json"
    charset = None
    render_style = "binary"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return b"" if data is None else dump(data)


class Shallow(JSONParser):
    """application/json, nested no deeper than anything we ask for; 400 beyond."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            data = super().parse(stream, media_type, parser_context)
        except RecursionError as fault:
            raise ParseError() from fault
        if deep(data, DEEPEST) or endless(data):
            raise ParseError()
        return data


def deep(data: Any, left: int) -> bool:
    """Whether arrays and objects stand in each other more than `left` times."""
    if not isinstance(data, list | dict):
        return False
    inner = data.values() if isinstance(data, dict) else data
    return left == 0 or any(deep(one, left - 1) for one in inner)


def endless(data: Any) -> bool:
    """Whether a number is beyond all numbers (1e999): JSON has no word for what it is read as, no database a place."""
    if isinstance(data, list | dict):
        return any(map(endless, data.values() if isinstance(data, dict) else data))
    return isinstance(data, float) and not math.isfinite(data)


class Always(BaseContentNegotiation):
    """JSON whatever is asked for: a client that says nothing wise about media types is answered all the same."""

    def select_parser(self, request: Any, parsers: list) -> Any:
        said = (request.content_type or "").partition(";")[0].strip().lower()
        return next((one for one in parsers if one.media_type == said), None)

    def select_renderer(self, request: Any, renderers: list, format_suffix: str | None = None) -> tuple:
        return renderers[0], renderers[0].media_type
