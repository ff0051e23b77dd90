"""Asking for an export, and what becomes of its file: the writer at the edge. The job itself is `making`."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from portal import actions as audit
from portal.api.problems import Gone
from portal.errors import NotAllowed, OutOfTurn
from portal.models import Client
from registry.exports import kinds
from registry.models import Export

MOST = 5  # unfinished ones of a client
KEPT = dt.timedelta(days=7)
UNFINISHED = (Export.State.WAITING, Export.State.RUNNING)
FOLDER = "exports"


@transaction.atomic
def ask(client: Client, *, what: str, format: str, asked: dict[str, Any], places: list[str]) -> Export:
    """Write down what is to be exported. `OutOfTurn` when the client has five that are not finished."""
    Client.objects.select_for_update(of=("self",)).get(pk=client.pk)  # one at a time, so that the count holds
    if Export.objects.filter(by=client.user, state__in=UNFINISHED).count() >= MOST:
        raise OutOfTurn(f"已有 {MOST} 个导出没有做完，等做完再提", code="too_many_exports")
    made = Export.objects.create(by=client.user, what=what, format=format, asked=asked, places=places)
    audit.note("export.ask", f"export:{made.uid}", by=client.user, place_code=places[0], summary=f"{what} {format}")
    return made


@transaction.atomic
def hand_over(export: Export, client: Client, *, places: list[str], now: dt.datetime) -> Path:
    """The file, for who asked and may still read it with this token (`places`); noted in the audit trail.

    `OutOfTurn` while it is not made or when it could not be, `Gone` after seven days, `NotAllowed` for an ended right.
    """
    if export.state in UNFINISHED:
        raise OutOfTurn("文件还没有生成完，稍后再取", code="not_ready")
    if export.state == Export.State.FAILED:
        raise OutOfTurn(f"没有做成：{export.fault}", code="export_failed")
    path = Path(settings.MEDIA_ROOT) / export.file
    if not export.file or export.done_at + KEPT < now or not path.is_file():
        raise Gone(f"文件只保留 {KEPT.days} 天，已经删除，重新导出", code="export_gone")
    found = kinds.kind(export.what)
    kinds.hold(found, export.places, client)
    if not kinds.covered(export.places, places):
        raise NotAllowed("令牌的地方比这个导出小，用有相应权限的令牌来取", code="scope_missing")
    audit.note("export.take", f"export:{export.uid}", by=client.user, place_code=export.places[0])
    return path


def sweep(now: dt.datetime) -> int:
    """Delete files whose time is up, and those no row knows (a worker died over them). Returns how many went."""
    old = Export.objects.filter(done_at__lt=now - KEPT).exclude(file="")
    gone = sum(_drop(Path(settings.MEDIA_ROOT) / name) for name in old.values_list("file", flat=True))
    old.update(file="")
    folder = Path(settings.MEDIA_ROOT) / FOLDER
    before = (now - dt.timedelta(days=1)).timestamp()
    for path in folder.iterdir() if folder.is_dir() else ():
        known = Export.objects.filter(file=f"{FOLDER}/{path.name}").exists()
        if not known and path.stat().st_mtime < before:
            gone += _drop(path)
    return gone


def _drop(path: Path) -> int:
    try:
        path.unlink()
    except FileNotFoundError:
        return 0
    return 1
