"""How often one address may ask. Counted in the cache: shared by all processes where `CACHE_URL` names one."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from portal.errors import Refusal


class TooMany(Refusal):
    """Somebody asks too often."""

    status = 429


def address(request: HttpRequest) -> str:
    """Where a request comes from. Behind `settings.PROXIES` proxies of ours, what the outermost of them saw."""
    if settings.PROXIES:
        seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        if len(seen) >= settings.PROXIES:
            return seen[-settings.PROXIES]
    return request.META.get("REMOTE_ADDR", "")


def limit(request: HttpRequest, what: str, *, most: int, seconds: int, words: str) -> None:
    """`TooMany` (429) when an address does `what` for more than the `most`-th time within `seconds`."""
    key = f"limit:{what}:{address(request)}"
    cache.add(key, 0, seconds)
    try:
        done = cache.incr(key)
    except ValueError:  # it ran out between the two lines
        return
    if done > most:
        raise TooMany(words, code="too_many")
