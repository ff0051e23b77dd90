"""Cases: open one, list them, read one, fill in a section."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.conditional import unchanged
from portal.api.cursors import page, paged
from portal.api.doors import operation
from registry.api.cases import bodies, filling, parts, replies, sections, shape
from registry.api.cases.opening import open_case
from registry.api.cases.reach import OfCase, find, hold, shown
from registry.api.cases.state import etag
from registry.casework import mending
from registry.models import Case
from registry.models.cases import CaseQuerySet
from registry.scope import within


class CaseDoor(OfCase):
    """A door that answers with a case."""

    def case(self, case: Case, *, status: int = 200, **headers: str) -> Response:
        """The case as it stands after a change, with its entity tag."""
        return self.whole(find(self.caller, case.pk), status=status, **headers)

    def whole(self, case: Case, *, status: int = 200, **headers: str) -> Response:
        """A case just read, with its entity tag; nothing is put together for a client that has it already."""
        tag = etag(case)
        if self.request.method == "GET" and unchanged(self.request.headers.get("If-None-Match"), tag):
            return self.told(None, etag=tag)
        return self.told(shape.told(case, self.caller), etag=tag, status=status, **headers)


class Cases(CaseDoor):
    """All cases of a client."""

    @operation(
        "cases.list",
        "办件列表",
        ability="cases.read",
        query=bodies.CaseListQuery,
        answers={200: paged(replies.CaseLine, "CaseLine")},
    )
    def get(self, request: Request) -> Response:
        rows = filtered(shown(self.caller), self.asked, self.caller.user.pk)
        line = partial(shape.line, caller=self.caller)
        return self.told(page(request, rows.only(*shape.LINE), ["id"], [int], self.asked, line, down=True))

    @operation(
        "cases.open",
        "新建办件",
        ability="cases.write",
        description="reference 是接入方自己的办件号：同一个号再次新建，得到同一件（200），不会重复。",
        body=bodies.CaseOpened,
        tagged=True,
        answers={201: replies.CaseTold, 200: replies.CaseTold},
        once=True,
        refuses=(409, 422),
    )
    def post(self, request: Request) -> Response:
        case, made = open_case(self.caller, self.said)
        return self.case(case, status=201 if made else 200, Location=shape.href(case))


def filtered(rows: CaseQuerySet, asked: dict[str, Any], owner: int) -> CaseQuerySet:
    """Of these cases those that fit what is asked; `owner` is whose references are meant."""
    if "state" in asked:
        rows = rows.filter(state=asked["state"])
    if "item" in asked:
        rows = rows.filter(kind=asked["item"])
    if "place" in asked:
        rows = rows.filter(within([asked["place"]]))
    if "reference" in asked:
        rows = rows.filter(opened_by=owner, open_key=asked["reference"])
    if "number" in asked:
        rows = rows.filter(number=asked["number"])
    if since := asked.get("updated_since"):
        rows = rows.filter(Q(opened_at__gte=since) | Q(saved_at__gte=since) | Q(moved_at__gte=since))
    return rows


class CaseOne(CaseDoor):
    """One case."""

    @operation(
        "cases.read", "查看办件", ability="cases.read", tagged=True, answers={200: replies.CaseTold}, refuses=(404,)
    )
    def get(self, request: Request, pk: int) -> Response:
        return self.whole(find(self.caller, pk))


class SectionOne(CaseDoor):
    """One section of a case."""

    @operation(
        "cases.section",
        "查看一个部分和它的问题",
        ability="cases.read",
        tagged=True,
        answers={200: parts.SectionWhole},
        refuses=(404,),
    )
    def get(self, request: Request, pk: int, key: str) -> Response:
        case = find(self.caller, pk)
        return self.told(sections.whole(filling.section_of(case, key), case), etag=etag(case))

    @operation(
        "cases.fill",
        "填写一个部分",
        ability="cases.write",
        description="填得不对也保存，哪里不对见 problems。没有写出的字段算没有回答；号码没有写出时保持不变。",
        body=bodies.SectionSaid,
        answers={200: replies.CaseTold},
        match=True,
        refuses=(404, 409),
    )
    def put(self, request: Request, pk: int, key: str) -> Response:
        with transaction.atomic():
            case = hold(self.caller, pk)
            self.match(etag(case))
            section = filling.section_of(case, key)
            return self.case(filling.fill(case, section, self.said["answers"], by=self.caller.user))


class CaseUnlock(CaseDoor):
    """More than the questioned matter has to change."""

    @operation(
        "cases.unlock",
        "补正时放开其他内容",
        ability="cases.write",
        description="补正时还要改没有要求修改的内容，先调用它；改动后，从审核这些内容的第一个环节重新办起。",
        answers={200: replies.CaseTold},
        once=True,
        match=True,
        refuses=(404, 409),
    )
    def post(self, request: Request, pk: int) -> Response:
        case = hold(self.caller, pk)
        self.match(etag(case))
        return self.case(mending.unlock(case, by=self.caller.user))
