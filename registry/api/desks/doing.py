"""Doing a step of a case: one door for every verb of every flow table."""

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.doors import Door, operation
from portal.errors import Refusal
from registry.api.acts.actions import require_scope
from registry.api.acts.besides import OWN_DOOR
from registry.api.cases.reach import OfCase
from registry.api.cases.replies import CaseTold
from registry.api.cases.shape import told
from registry.api.cases.state import etag
from registry.api.desks.locking import locked
from registry.api.desks.said import Loose, filled, pointer
from registry.casework import actions, kinds
from registry.models import Case

REFUSES = (404, 409, 422)
HELP = (
    "verb 取自办件的 allowed_actions；要填什么见其中的 requires。受理、审核、决定要有 cases.act 加环节角色的权限，"
    "申请人一方的要有 cases.write；其中提交、撤回各有自己的地址，在这里是 404。填的内容按网页上同一张表单检查："
    "不合要求的是 422，invalid_params 指出位置；还没轮到或者已由别人办了是 409；权限不在本环节是 403。"
)


class ActSaid(serializers.Serializer):
    """An opinion, and what the step asks besides."""

    note = serializers.CharField(
        max_length=1000, allow_blank=True, default="", help_text="意见、理由；要不要写见 requires"
    )
    data = Loose(
        default=dict,
        help_text='这一步要填的其他内容，名称见 requires；退回补正写 {"defects": [{"section", "field", "reason"} '
        '或者 {"material", "reason"}]}',
    )


class Act(OfCase):
    """A step of a case."""

    @operation(
        "cases.act",
        "办理一个环节",
        description=HELP,
        body=ActSaid,
        answers={200: CaseTold},
        once=True,
        match=True,
        refuses=REFUSES,
    )
    def post(self, request: Request, pk: int, verb: str) -> Response:
        case = locked(self, pk)
        move = next((one for one in kinds.of(case.kind).flow(case) if one.verb == verb), None)
        if move is None or verb in OWN_DOOR:
            raise Http404
        actions.require_turn(case, verb, by=self.caller.user)
        require_scope(case, move.role, self.caller)
        return answered(self, self._moved(case, verb))

    def _moved(self, case: Case, verb: str) -> Case:
        given = filled(case, verb, self.said["note"], self.said["data"])
        note = given.pop("note", "")
        try:
            return actions.move(case, verb, by=self.caller.user, note=note, data=given, seen=case.version)
        except Refusal as no:
            no.field = pointer(no.field)[1:].replace("/", ".") if no.field else ""
            raise


def answered(door: Door, case: Case, status: int = 200) -> Response:
    """The case as it stands after an act."""
    return door.told(told(case, door.caller), etag=etag(case), status=status)
