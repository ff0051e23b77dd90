"""`/healthz`: is the portal able to work, and do its background duties get done?

Three answers: `ok`; `degraded` (200: people can work, but somebody should look); `down` (503: no database).
What each word means for the person on duty stands in docs/operations.md.
"""

import datetime as dt
import logging

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

LATE = dt.timedelta(minutes=15)
log = logging.getLogger(__name__)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """State of database, broker and background duties as JSON; 503 only when the database does not answer.

    The duties come from `settings.HEALTH_CHECKS`: callables without arguments that return name -> value.
    A moment under a key `oldest_…` older than 15 minutes makes the portal degraded. Names no person.
    """
    if not database_answers():
        return JsonResponse({"status": "down", "database": "down"}, status=503)
    report = {"database": "ok", "broker": broker()} | duties()
    return JsonResponse({"status": verdict(report)} | report)


def database_answers() -> bool:
    """One statement, not a look at the settings."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        log.exception("healthz: database")
        return False


def broker() -> str | None:
    """`ok` or `down`; None with the embedded file-system broker, which is just a folder."""
    if not settings.REDIS_URL:
        return None
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=2, socket_timeout=2) as client:
            return "ok" if client.ping() else "down"
    except (redis.RedisError, OSError):
        log.exception("healthz: broker")
        return "down"


def duties() -> dict[str, object]:
    """What the named checks say; a check that fails is itself a finding (`failed`) and goes to the log."""
    found: dict[str, object] = {}
    for path in settings.HEALTH_CHECKS:
        try:
            found |= import_string(path)()
        except Exception:  # whatever a check does, the page must answer
            log.exception("healthz: %s", path)
            found[path.rpartition(".")[2]] = "failed"
    return found


def verdict(report: dict[str, object]) -> str:
    """`ok`, or `degraded` when the broker is down, a check failed, or a delivery or message waits over 15 minutes."""
    waiting = [value for key, value in report.items() if key.startswith("oldest_") and isinstance(value, dt.datetime)]
    late = any(timezone.now() - since > LATE for since in waiting)
    return "degraded" if late or "failed" in report.values() or report["broker"] == "down" else "ok"
