"""Papers: bring one, promise one, take one handed in before, read one."""

from typing import Any

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.doors import operation
from portal.models import User
from registry.api.cases import bodies, replies
from registry.api.cases.doors import CaseDoor
from registry.api.cases.filling import require_editable
from registry.api.cases.materials import href
from registry.api.cases.reach import find, hold
from registry.casework import filestore, papers, rights
from registry.models import Case, Material


class CaseMaterials(CaseDoor):
    """The papers of a case."""

    @operation(
        "cases.bring",
        "上传、承诺或选用材料",
        ability="cases.write",
        description="上传用 multipart/form-data（kind 和 file）；承诺和选用交过的用 JSON。提交以后可以补交承诺过的。",
        body=bodies.PaperBrought,
        tagged=True,
        answers={201: replies.CaseTold},
        once=True,
        upload=True,
        refuses=(404, 409, 413, 422),
    )
    def post(self, request: Request, pk: int) -> Response:
        case = hold(self.caller, pk)
        brought = bring(case, self.said, by=self.caller.user)
        return self.case(case, status=201, Location=href(case, brought))


def bring(case: Case, said: dict[str, Any], *, by: User) -> Material:
    """Put what was sent where it belongs; after the handing-in only what was promised may still come."""
    kind, file = said["kind"], said.get("file")
    if file is not None and case.state not in rights.EDITABLE:
        return papers.deliver_owed(case, kind, file, by=by)
    require_editable(case, by)
    if file is not None:
        return papers.attach(case, kind, file, by=by)
    if said["promise"]:
        return papers.promise(case, kind, by=by, on=timezone.localdate())
    return papers.reuse(case, kind, said["reuse"], by=by)


class MaterialContent(CaseDoor):
    """What is in a file."""

    @operation(
        "cases.material",
        "下载材料",
        ability="cases.read",
        answers={200: None},
        media="application/octet-stream",
        refuses=(404, 410),
    )
    def get(self, request: Request, pk: int, material: int) -> FileResponse:
        rows = Material.objects.select_related("stored")
        found = get_object_or_404(rows, pk=material, case=find(self.caller, pk))
        if found.stored is None:
            raise Http404
        return saved(found)


def saved(material: Material) -> FileResponse:
    """The file under the name it was handed in with; never opened by whoever stands in between."""
    stored = material.stored
    body = filestore.opened(stored)
    answer = FileResponse(body, as_attachment=True, filename=material.original_name, content_type=stored.content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
