"""The job that makes the files: one export at a time, taken with SKIP LOCKED, safe to run twice and beside others.

Whoever takes a row has it for `LEASE`; a run that has not ended by then gives up by itself, so that a row that is
still running after its lease has lost its worker and is taken again. Each try writes a file of its own and says so on
the row only while the row is still in this try: a slow worker overtaken by another leaves nothing behind.
"""

import datetime as dt
import hashlib
import logging
import os
import time
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from rest_framework.exceptions import ValidationError

from portal.errors import Refusal
from registry.exports import kinds, reading
from registry.exports.asking import FOLDER
from registry.exports.formats import FORMATS
from registry.models import Export

LEASE = dt.timedelta(minutes=30)
LONGEST = 25 * 60  # seconds one run may read
AGAIN = dt.timedelta(minutes=1)  # between two tries
TRIES = 3
BLOCK = 1 << 20
log = logging.getLogger(__name__)


def make(now: dt.datetime) -> int:
    """Take the next export that waits, if there is one, and make its file; 1 when one was taken, else 0."""
    export = _take(now)
    if export is None:
        return 0
    path = Path(settings.MEDIA_ROOT) / FOLDER / f"{export.uid}-{export.tries}.{export.format}"
    try:
        found = _write(export, path)
    except (Refusal, ValidationError) as no:
        _failed(export, path, getattr(no, "reason", "") or "请求的参数现在不再适用，重新导出")
    except Exception:
        log.exception("export %s", export.uid)
        _broken(export, path)
    else:
        _done(export, path, found)
    return 1


@transaction.atomic
def _take(now: dt.datetime) -> Export | None:
    """The oldest row that waits or lost its worker, now ours; what was tried too often is given up on the way."""
    waits = Q(state=Export.State.WAITING) & (Q(started_at=None) | Q(started_at__lt=now - AGAIN))
    lost = Q(state=Export.State.RUNNING, started_at__lt=now - LEASE)
    rows = Export.objects.select_for_update(skip_locked=True).filter(waits | lost).order_by("id")
    while export := rows.first():  # one row is locked at a time: the others are for other workers
        if export.tries < TRIES:
            export.state, export.started_at, export.tries = Export.State.RUNNING, now, export.tries + 1
            export.save(update_fields=["state", "started_at", "tries"])
            return export
        _close(Export.objects.filter(pk=export.pk), state=Export.State.FAILED, fault=_tired())
    return None


def _tired() -> str:
    return f"试了 {TRIES} 次都没有做成，请重新提出；再不成，把编号告诉平台管理员"


def _write(export: Export, path: Path) -> tuple[int, int, str]:
    """Rows, bytes and SHA-256 of the file. The right is looked at again in the moment that is read, and afterwards."""
    found, client = kinds.kind(export.what), export.by.client
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with reading.one_moment(), open(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as out:
        kinds.hold(found, export.places, client)
        rows = found.rows(export.by, export.places, found.read(export.asked))
        until = time.monotonic() + LONGEST
        walk = reading.walk(rows, found.names, down=found.down, until=until)
        told = (found.shape(row, export.by) for row in walk)
        many = FORMATS[export.format].write(out, told, found.item)
    client.refresh_from_db()
    kinds.hold(found, export.places, client)
    return many, path.stat().st_size, _digest(path)


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _done(export: Export, path: Path, found: tuple[int, int, str]) -> None:
    rows, size, sha256 = found
    told = {"rows": rows, "size": size, "sha256": sha256, "file": f"{FOLDER}/{path.name}", "fault": ""}
    if not _close(_ours(export), state=Export.State.DONE, **told):
        path.unlink(missing_ok=True)


def _failed(export: Export, path: Path, words: str) -> None:
    path.unlink(missing_ok=True)
    _close(_ours(export), state=Export.State.FAILED, fault=words[:200])


def _broken(export: Export, path: Path) -> None:
    """Something of ours went wrong: again later, unless this was the last try."""
    path.unlink(missing_ok=True)
    if export.tries >= TRIES:
        _close(_ours(export), state=Export.State.FAILED, fault=_tired())
    else:
        _ours(export).update(state=Export.State.WAITING)


def _ours(export: Export) -> QuerySet[Export]:
    return Export.objects.filter(pk=export.pk, state=Export.State.RUNNING, tries=export.tries)


def _close(found: QuerySet[Export], /, **told: object) -> int:
    return found.update(done_at=timezone.now(), **told)
