"""The public register, without a key: names, standings, places and certificate numbers; nobody's name, no address."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.conditional import tag
from portal.api.cursors import PageQuery, page, paged
from portal.api.doors import PublicDoor, operation
from registry.api.fields import PlaceField
from registry.casework import numbers
from registry.models import Certificate, Organisation, Standing
from registry.names.folding import fold
from registry.scope import within

SHORTEST = 2
COLUMNS = ("id", "name", "standing", "place_code", "place__name", "filing_number", "credit_code", "valid_until")
PUBLIC = {"registered": "已登记", "filed": "已备案", "": "已注销"}
WORTH = [("valid", "有效"), ("expired", "已过有效期"), ("replaced", "已被新证书取代"), ("ended", "已失效")]


class PublicQuery(PageQuery):
    """What the public register can be searched by."""

    name = serializers.CharField(required=False, max_length=50, help_text=f"名称中的字，至少 {SHORTEST} 个")
    place = PlaceField(required=False)
    number = serializers.CharField(
        required=False, max_length=40, help_text="备案编号、统一社会信用代码或证书编号，完整"
    )

    def validate_name(self, value: str) -> str:
        if len(fold(value)) < SHORTEST:
            raise serializers.ValidationError(f"至少写 {SHORTEST} 个字", code="min_length")
        return value


class PublicTold(serializers.Serializer):
    """What anybody may know of an organisation."""

    id = serializers.IntegerField(help_text="组织在本系统的编号")
    name = serializers.CharField(help_text="名称")
    standing = serializers.CharField(help_text="状态：已登记、已备案、已注销")
    since = serializers.DateField(allow_null=True, help_text="登记、备案或注销的日期")
    place = serializers.CharField(help_text="所在地，12 位区划代码")
    place_name = serializers.CharField(help_text="所在地名称")
    number = serializers.CharField(allow_null=True, help_text="统一社会信用代码或备案编号")
    certificate = serializers.CharField(allow_null=True, help_text="现行证书的编号")
    valid_until = serializers.DateField(allow_null=True, help_text="备案有效期至（含）")


class PaperTold(serializers.Serializer):
    """What a certificate is worth now."""

    number = serializers.CharField(help_text="证书编号")
    kind = serializers.CharField(help_text="种类")
    name = serializers.CharField(help_text="证书上的组织名称")
    issuer = serializers.CharField(help_text="发证机关")
    issued_on = serializers.DateField(help_text="发证日期")
    status = serializers.ChoiceField(WORTH, help_text="现在的效力")
    status_text = serializers.CharField(help_text="现在的效力，中文")
    valid_until = serializers.DateField(allow_null=True, help_text="有效期至（含），没有期限时为 null")
    cancelled_on = serializers.DateField(allow_null=True, help_text="失效日期")
    replaced_by = serializers.CharField(allow_null=True, help_text="取代它的证书编号")
    organisation = PublicTold(help_text="组织现在的情况")


class PublicOrganisations(PublicDoor):
    """The register as the public may read it."""

    @operation(
        "public.organisations.list",
        "公开查询社会组织",
        description=(
            "不需要令牌，按访问地址限制次数。只有已登记和已备案的组织；不含任何人的姓名、电话和住址。"
            "内容可以缓存一分钟，带 ETag。"
        ),
        query=PublicQuery,
        tagged=True,
        answers={200: paged(PublicTold, "PublicOrganisations")},
    )
    def get(self, request: Request) -> Response:
        rows = Organisation.objects.filter(standing__in=("registered", "filed"))
        for name, value in self.asked.items():
            if name in NARROWING:
                rows = rows.filter(NARROWING[name](value))
        told = page(request, rows.values(*COLUMNS), ("place_code", "id"), (str, int), self.asked, dict)
        told["results"] = shapes(told["results"])
        return self.told(told, etag=tag(told))


class PublicOrganisation(PublicDoor):
    """One organisation as the public may know it."""

    @operation(
        "public.organisations.read",
        "公开查看一个社会组织",
        description="不需要令牌。社区列名指导的小组和不存在的组织都是 404。",
        tagged=True,
        answers={200: PublicTold},
    )
    def get(self, request: Request, pk: int) -> Response:
        told = _known(pk)
        return self.told(told, etag=tag(told))


class PublicCertificate(PublicDoor):
    """Is this paper still good?"""

    @operation(
        "public.certificates.read",
        "公开核验证书",
        description=("不需要令牌。按证书上的编号核验，括号和全角数字写法不同也能查到。查不到的编号一律是同样的 404。"),
        tagged=True,
        answers={200: PaperTold},
    )
    def get(self, request: Request, number: str) -> Response:
        if "\0" in number:
            raise Http404
        rows = Certificate.objects.select_related("organisation")
        found = rows.filter(number=numbers.as_printed(number)).first()
        if found is None:
            raise Http404
        told = paper(found, timezone.localdate())
        return self.told(told, etag=tag(told))


def _numbered(number: str) -> Q:
    """A paper's number is looked up by itself: asked for beside the others it would cost a walk over all."""
    text = numbers.as_printed(number)
    found = Q(filing_number=text) | Q(credit_code=text.upper())
    paper = Certificate.objects.filter(number=text, cancelled_on=None).values_list("organisation", flat=True).first()
    return found if paper is None else found | Q(pk=paper)


NARROWING = {
    "name": lambda text: Q(folded_name__contains=fold(text)),
    "place": lambda code: within([code]),
    "number": _numbered,
}


def _known(pk: int) -> dict[str, Any]:
    """An organisation that is, or was, registered or filed; 404 for any other."""
    ever = Standing.objects.counted().filter(organisation=pk).exists()
    row = Organisation.objects.filter(pk=pk, standing__in=PUBLIC).values(*COLUMNS).first()
    if row is None or not ever:
        raise Http404
    return shapes([row])[0]


def shapes(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of `COLUMNS` as the public is told them; two queries, whatever their number."""
    found = list(rows)
    several = [row["id"] for row in found]
    since, papers = _since(several), _papers(several)
    return [_shape(row, since, papers) for row in found]


def _since(several: list[int]) -> dict[tuple[int, str], dt.date]:
    """Since when each has been what it is; of those that left, when they did."""
    rows = Standing.objects.counted().filter(organisation__in=several).order_by()
    found: dict[tuple[int, str], dt.date] = {}
    for pk, kind, starts, ends in rows.values_list("organisation", "kind", "starts", "ends"):
        found[pk, kind] = min(starts, found.get((pk, kind), starts))
        if ends:
            found[pk, ""] = max(ends, found.get((pk, ""), ends))
    return found


def _papers(several: list[int]) -> dict[int, str]:
    rows = Certificate.objects.filter(organisation__in=several, cancelled_on=None).order_by("issued_on", "id")
    return dict(rows.values_list("organisation", "number"))


def _shape(row: Mapping[str, Any], since: Mapping, papers: Mapping[int, str]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "name": row["name"],
        "standing": PUBLIC[row["standing"]],
        "since": since.get((row["id"], row["standing"])),
        "place": row["place_code"],
        "place_name": row["place__name"],
        "number": row["credit_code"] or row["filing_number"],
        "certificate": papers.get(row["id"]),
        "valid_until": row["valid_until"],
    }


def paper(found: Certificate, on: dt.date) -> dict[str, Any]:
    """What a paper is worth on a day. Why it ended is not told: officials write the reason in their own words."""
    newer = found.organisation.certificates.filter(cancelled_on=None).values_list("number", flat=True).first()
    replaced, last = (newer if found.cancelled_on else None), found.organisation.valid_until
    status = _worth(found, replaced, last, on)
    return {
        "number": found.number,
        "kind": found.get_kind_display(),
        "name": found.name,
        "issuer": found.issuer,
        "issued_on": found.issued_on,
        "status": status,
        "status_text": dict(WORTH)[status],
        "valid_until": None if found.cancelled_on else last,
        "cancelled_on": found.cancelled_on,
        "replaced_by": replaced,
        "organisation": _known(found.organisation_id),
    }


def _worth(found: Certificate, replaced: str | None, last: dt.date | None, on: dt.date) -> str:
    if found.cancelled_on:
        return "replaced" if replaced else "ended"
    return "expired" if last is not None and last < on else "valid"
