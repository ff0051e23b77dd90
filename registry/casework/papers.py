"""The checklist of an application, and the files on it."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from portal import actions as audit
from portal.errors import Refusal
from portal.models import User
from registry import signatures
from registry.casework import kinds, rights
from registry.casework.kinds import Paper
from registry.models import Case, Material, StoredFile

LARGEST = 20 * 1024 * 1024
PROMISE_DAYS = 20


@dataclass(frozen=True)
class Line:
    """One line of the checklist: what is asked, and what is there."""

    paper: Paper
    material: Material | None

    @property
    def lacking(self) -> bool:
        return self.paper.required and self.material is None


def checklist(case: Case) -> list[Line]:
    """Every paper asked of this case, with what has been handed in."""
    there = {material.kind: material for material in case.materials.all()}
    return [Line(paper, there.get(paper.kind)) for paper in kinds.of(case.kind).papers(case)]


def asked(case: Case, kind: str) -> Paper:
    """The paper of this kind on the case's checklist; `Refusal` when none is asked."""
    found = next((paper for paper in kinds.of(case.kind).papers(case) if paper.kind == kind), None)
    if found is None:
        raise Refusal("这份申请不需要该材料", code="paper_not_asked")
    return found


@transaction.atomic
def attach(case: Case, kind: str, upload: UploadedFile, *, by: User) -> Material:
    """Store a file as one paper of a draft, in place of what stood there.

    The content decides what it is (PDF, JPEG, PNG, WebP, OFD, Word); `Refusal` with the reason otherwise.
    """
    paper, case = asked(case, kind), _editable(case, by)
    if upload.size > LARGEST:
        raise Refusal(f"“{paper.label}”超过 20 MB，请压缩后再上传", code="too_large", field=kind)
    if not upload.size:
        raise Refusal(f"“{paper.label}”是空文件，请重新选择", code="empty_file", field=kind)
    content_type = signatures.recognise(upload)
    if content_type is None:
        raise Refusal(f"“{paper.label}”不是可用的文件，请上传图片、PDF、OFD 或 Word 文档", code="bad_file", field=kind)
    stored, shown = _store(upload, content_type), signatures.honest_name(upload.name or "", content_type)
    _drop(case, kind)
    material = Material.objects.create(case=case, kind=kind, stored=stored, original_name=shown, added_by=by)
    audit.note("material.attach", f"case:{case.pk}", by=by, place_code=case.place_code, summary=paper.label)
    return material


@transaction.atomic
def promise(case: Case, kind: str, *, by: User, on: dt.date) -> Material:
    """Put a dated promise in place of a paper that may follow later (容缺)."""
    paper, case = asked(case, kind), _editable(case, by)
    if not paper.promise:
        raise Refusal(f"“{paper.label}”不能容缺，请上传", code="no_promise", field=kind)
    _drop(case, kind)
    material = Material.objects.create(
        case=case, kind=kind, promised_by=on + dt.timedelta(days=PROMISE_DAYS), added_by=by
    )
    audit.note("material.promise", f"case:{case.pk}", by=by, place_code=case.place_code, summary=paper.label)
    return material


def _store(upload: UploadedFile, content_type: str) -> StoredFile:
    """The file as it is kept: one row and one file for the same content, however often it is handed in."""
    digest = _digest(upload)
    known = StoredFile.objects.filter(sha256=digest).first()
    if known:
        return known
    upload.name = f"{digest[:24]}{signatures.SUFFIX[content_type]}"
    return StoredFile.objects.create(sha256=digest, file=upload, content_type=content_type, size=upload.size)


def _drop(case: Case, kind: str) -> None:
    """Take a paper off the case; its file goes with the nightly sweep once nothing refers to it."""
    case.materials.filter(kind=kind).delete()


def _editable(case: Case, by: User) -> Case:
    locked = Case.objects.select_for_update().get(pk=case.pk)
    rights.require_writer(locked, by)
    if locked.state not in rights.EDITABLE:
        raise Refusal("申请已经提交，材料不能再改动", code="not_editable")
    return locked


def _digest(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()
