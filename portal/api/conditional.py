"""ETag, If-None-Match and If-Match (RFC 9110 13): what a client saw, and whether it still stands."""

import hashlib
import re

from portal.api.problems import BadRequest, Changed, Missing
from portal.api.rendering import dump

TAGS = re.compile(r'(?:W/)?"[^"]*"')


def tag(*state: object) -> str:
    """A strong entity tag over whatever makes up the state of a resource."""
    return f'"{hashlib.sha256(dump(state)).hexdigest()[:32]}"'


def unchanged(header: str | None, etag: str) -> bool:
    """Whether If-None-Match names this tag (weak comparison)."""
    if not header:
        return False
    return header.strip() == "*" or etag in (one.removeprefix("W/") for one in TAGS.findall(header))


def require(header: str | None) -> None:
    """428 without If-Match, 400 for one that is no entity tag."""
    if header is None:
        raise Missing("修改前要带 If-Match，写上次读到的 ETag", code="if_match_missing")
    if header.strip() != "*" and not TAGS.fullmatch(header.split(",")[0].strip()):
        raise BadRequest("If-Match 不是合格的 ETag，带双引号原样写回", code="if_match_malformed")


def match(header: str | None, etag: str) -> None:
    """412 when the resource is no longer what the client saw (strong comparison)."""
    require(header)
    if header.strip() != "*" and etag not in TAGS.findall(header):
        raise Changed("内容在您上次读取之后变化过。重新读取，核对后再改", code="changed")
