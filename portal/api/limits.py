"""How often a client may ask: a number a minute, told on every answer (RateLimit-* and Retry-After)."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.cache import cache

from portal.errors import Refusal

WINDOW = 60  # seconds


class TooMany(Refusal):
    """Somebody asks too often; `retry` is how many seconds to wait."""

    status = 429

    def __init__(self, retry: int) -> None:
        super().__init__(f"请求太频繁，{retry} 秒后再试", code="too_many")
        self.retry = retry


@dataclass(frozen=True)
class Quota:
    """What is left of the minute: the limit, how many requests remain, and the seconds until it begins anew."""

    limit: int
    remaining: int
    reset: int

    def headers(self) -> Mapping[str, str]:
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(0, self.remaining)),
            "RateLimit-Reset": str(self.reset),
        }


def count(who: str, most: int) -> Quota:
    """Count one request of the running minute. Counted in the cache: one count for all processes with `CACHE_URL`."""
    now = int(time.time())
    window, reset = now // WINDOW, WINDOW - now % WINDOW
    key = f"api:{who}:{window}"
    cache.add(key, 0, WINDOW + 1)
    try:
        done = cache.incr(key)
    except ValueError:  # it ran out between the two lines
        done = 1
    return Quota(most, most - done, reset)
