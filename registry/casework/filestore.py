"""Where files are kept: one row and one file for the same content, however many cases it serves.

A file is written before its row is committed, so a transaction that fails leaves a file without a row: the sweep
takes it, and takes the rows nothing refers to any more. What was used lately is left alone.
"""

import datetime as dt
import hashlib
import logging
from collections.abc import Iterator
from typing import IO

from django.core import signing
from django.core.files import File
from django.core.files.storage import Storage
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal import actions as audit
from portal.errors import Refusal
from portal.models import User
from registry.models import StoredFile
from registry.uploads import signatures
from registry.uploads.guard import Admitted

log = logging.getLogger(__name__)
FOLDER = "materials"
GRACE = dt.timedelta(days=2)
SLIP = "registry.casework.filestore"


@transaction.atomic
def keep(admitted: Admitted) -> StoredFile:
    """The stored file with this content: the one already there, or a new one.

    Two uploads of the same content at once end with one row. `Refusal` when the disk has no room.
    """
    digest = _digest(admitted)
    known = _known(digest)
    if known and known.file.storage.exists(known.file.name):
        return known
    made = known or StoredFile(sha256=digest, content_type=admitted.content_type, size=admitted.size)
    _write(made, admitted)
    try:
        with transaction.atomic():
            made.save()
            return made
    except IntegrityError:  # somebody else was quicker with the same content
        made.file.storage.delete(made.file.name)
        return StoredFile.objects.get(sha256=digest)


def _known(digest: str) -> StoredFile | None:
    """The row of this content, marked as used now: from here on the sweep leaves it alone."""
    found = StoredFile.objects.filter(sha256=digest)
    return found.first() if found.update(stored_at=timezone.now()) else None


def _write(made: StoredFile, admitted: Admitted) -> None:
    name = f"{made.sha256[:24]}{signatures.SUFFIX[admitted.content_type]}"
    admitted.content.seek(0)
    try:
        made.file.save(name, File(admitted.content), save=False)
    except OSError as fault:
        raise Refusal(
            "服务器的存储空间不足，这份材料没有保存。其他内容都还在，过一会儿再上传", code="no_room"
        ) from fault


def _digest(admitted: Admitted) -> str:
    digest = hashlib.sha256()
    admitted.content.seek(0)
    while chunk := admitted.content.read(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()


def sweep(now: dt.datetime) -> int:
    """Delete what nothing has referred to for two days: rows with their files, and files without a row.

    Returns how many went. Running twice does no harm.
    """
    before = now - GRACE
    idle = StoredFile.objects.filter(stored_at__lt=before)
    gone = sum(_discard(pk, before) for pk in _unreferred(idle).values_list("pk", flat=True)[:5000])
    return gone + _strays(before)


def _unreferred(rows: QuerySet[StoredFile]) -> QuerySet[StoredFile]:
    """The rows no other table points at, whichever tables there are."""
    for column in StoredFile._meta.get_fields(include_hidden=True):
        if column.auto_created and column.is_relation and not column.concrete:
            used = column.related_model.objects.exclude(**{column.field.name: None})
            rows = rows.exclude(pk__in=used.values(column.field.attname))
    return rows


@transaction.atomic
def _discard(pk: int, before: dt.datetime) -> int:
    """One row and, once that is certain, its file; 0 when somebody has taken it into use meanwhile."""
    found = StoredFile.objects.select_for_update().filter(pk=pk, stored_at__lt=before).first()
    if found is None or not _unreferred(StoredFile.objects.filter(pk=pk)).exists():
        return 0
    storage, name = found.file.storage, found.file.name
    found.delete()
    audit.note("file.sweep", f"file:{pk}", by=None, summary="没有办件使用的文件")
    transaction.on_commit(lambda: storage.delete(name))
    return 1


def _strays(before: dt.datetime) -> int:
    """Files on the disk that no row knows."""
    storage, gone = StoredFile._meta.get_field("file").storage, 0
    for name in _files(storage, FOLDER):
        if storage.get_modified_time(name) < before and not StoredFile.objects.filter(file=name).exists():
            storage.delete(name)
            gone += 1
    return gone


def _files(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in names)
    for inside in folders:
        yield from _files(storage, f"{folder}/{inside}")


class Lost(Refusal):
    """A file that was kept is no longer on the disk."""

    status = 410


def opened(stored: StoredFile) -> IO[bytes]:
    """The content of a stored file; `Lost` (410) when the disk no longer has it."""
    try:
        return stored.file.open("rb")
    except FileNotFoundError as fault:
        log.error("stored file %s is gone: %s", stored.pk, stored.file.name)
        raise Lost("这份材料的文件在服务器上找不到了，请联系系统管理员从备份恢复", code="file_lost") from fault


def receipt(stored: StoredFile, name: str, by: User) -> str:
    """A signed slip for a file that was sent with a form that has mistakes, so that nobody has to choose it again."""
    return signing.dumps([stored.pk, name, by.pk], salt=SLIP)


def on_receipt(slip: str, by: User) -> Admitted | None:
    """The file a slip of this person stands for; None for anything else, and after a day."""
    try:
        pk, name, whose = signing.loads(slip, salt=SLIP, max_age=dt.timedelta(days=1))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = StoredFile.objects.filter(pk=pk).first() if whose == by.pk else None
    return Admitted(opened(found), found.content_type, name, found.size) if found else None
