"""Bulk exports: asked for here, made by a job, fetched here by who asked."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api import cursors
from portal.api.conditional import tag, unchanged
from portal.api.cursors import PageQuery, paged
from portal.api.doors import Door, operation
from portal.api.problems import BadRequest
from portal.errors import NotAllowed
from registry import codes
from registry.exports import asking, kinds
from registry.exports.formats import FORMATS
from registry.models import Export

ABILITY = "exports.write"


class ExportAsked(serializers.Serializer):
    """What is to be exported."""

    what = serializers.ChoiceField(choices=list(settings.EXPORTED), help_text="导出哪一份清单")
    format = serializers.ChoiceField(
        choices=[(name, way.label) for name, way in FORMATS.items()], help_text="文件格式：ndjson、csv、xlsx"
    )
    query = serializers.DictField(
        required=False, default=dict, help_text="与这份清单的查询参数相同（没有 cursor 和 page_size），不写是全部"
    )


class ExportTold(serializers.Serializer):
    """An export, and how far it is."""

    uid = serializers.UUIDField(help_text="导出的编号")
    what = serializers.CharField(help_text="哪一份清单")
    format = serializers.CharField(help_text="文件格式")
    query = serializers.DictField(help_text="提出时的查询参数")
    places = serializers.ListField(child=serializers.CharField(), help_text="导出范围：12 位区划代码，含下级")
    state = serializers.ChoiceField(choices=Export.State.choices, help_text="进展")
    rows = serializers.IntegerField(allow_null=True, help_text="行数，做完才有")
    size = serializers.IntegerField(allow_null=True, help_text="文件字节数，做完才有")
    sha256 = serializers.CharField(allow_null=True, help_text="文件的 SHA-256，也是下载时的 ETag")
    asked_at = serializers.DateTimeField(help_text="提出时间")
    started_at = serializers.DateTimeField(allow_null=True, help_text="最近一次开始生成的时间")
    done_at = serializers.DateTimeField(allow_null=True, help_text="结束时间")
    gone_at = serializers.DateTimeField(allow_null=True, help_text="文件在这个时间之后删除")
    fault = serializers.CharField(allow_null=True, help_text="没有做成的原因")
    content = serializers.CharField(allow_null=True, help_text="下载地址，做完才有")


def told(export: Export) -> dict[str, Any]:
    """An export as it is told to who asked for it."""
    done = export.state == Export.State.DONE
    return {
        "uid": export.uid,
        "what": export.what,
        "format": export.format,
        "query": export.asked,
        "places": export.places,
        "state": export.state,
        "rows": export.rows,
        "size": export.size,
        "sha256": export.sha256 or None,
        "asked_at": timezone.localtime(export.asked_at),
        "started_at": export.started_at and timezone.localtime(export.started_at),
        "done_at": export.done_at and timezone.localtime(export.done_at),
        "gone_at": timezone.localtime(export.done_at + asking.KEPT) if done else None,
        "fault": export.fault or None,
        "content": reverse("api:export_content", args=[export.uid]) if done and export.file else None,
    }


class Exports(Door):
    """All exports of the client."""

    @operation(
        "exports.open",
        "提出批量导出",
        ability=ABILITY,
        description="按清单的查询参数导出全部行。文件由后台生成：从 Location 查看进展，做完后 7 天内可以下载。",
        body=ExportAsked,
        answers={202: ExportTold},
        once=True,
        refuses=(409,),
    )
    def post(self, request: Request) -> Response:
        kind = kinds.kind(self.said["what"])
        places = codes.shared(self.caller.places(ABILITY), self.caller.places(kind.ability))
        if not places:
            raise NotAllowed("令牌的导出权限和查看权限不在同一个地方", code="scope_missing")
        _check(kind, self.said["query"])
        made = asking.ask(self.caller.client, asked=self.said.pop("query"), places=places, **self.said)
        return self.told(told(made), status=202, Location=reverse("api:export", args=[made.uid]))

    @operation("exports.list", "导出清单", ability=ABILITY, query=PageQuery, answers={200: paged(ExportTold, "Export")})
    def get(self, request: Request) -> Response:
        rows = Export.objects.filter(by=self.caller.user)
        return self.told(cursors.page(request, rows, ["id"], [int], self.asked, told, down=True))


def _check(kind: kinds.Kind, query: dict[str, Any]) -> None:
    """400 for what the list itself would refuse, with pointers into the body."""
    known = set(kind.query().fields) - set(kinds.PAGING)
    wrong = [(f"/query/{name}", "unknown_parameter", "没有这个参数") for name in query if name not in known]
    if wrong:
        raise BadRequest("query 里有这份清单没有的参数", code="unknown_parameter", wrong=wrong)
    try:
        kind.read(query)
    except serializers.ValidationError as fault:
        raise serializers.ValidationError({"query": fault.detail}) from fault


class OneExport(Door):
    """One export."""

    @operation("exports.read", "查看导出进展", ability=ABILITY, tagged=True, answers={200: ExportTold})
    def get(self, request: Request, uid: UUID) -> Response:
        found = told(_mine(self, uid))
        return self.told(found, etag=tag(found))


class ExportContent(Door):
    """The file."""

    @operation(
        "exports.content",
        "下载导出的文件",
        ability=ABILITY,
        description="只有提出导出的接入方可以下载，做完后 7 天内有效。ETag 是文件的 SHA-256。",
        tagged=True,
        answers={200: OpenApiTypes.BINARY},
        refuses=(409, 410),
        media="application/octet-stream",
    )
    def get(self, request: Request, uid: UUID) -> Response | FileResponse:
        export = _mine(self, uid)
        places = self.caller.places(kinds.kind(export.what).ability)
        path = asking.hand_over(export, self.caller.client, places=places, now=timezone.now())
        etag = f'"{export.sha256}"'
        if unchanged(request.headers.get("If-None-Match"), etag):
            return Response(None, status=304, headers={"ETag": etag})
        name = f"{export.what}-{export.uid}.{export.format}"
        mime = FORMATS[export.format].mime
        return FileResponse(
            path.open("rb"), as_attachment=True, filename=name, content_type=mime, headers={"ETag": etag}
        )


def _mine(door: Door, uid: UUID) -> Export:
    """The caller's own export; 404 for any other."""
    return get_object_or_404(Export, by=door.caller.user, uid=uid)
