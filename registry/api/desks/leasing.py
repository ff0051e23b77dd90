"""Having a case in hand: taken, given back."""

from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.doors import operation
from registry.api.cases.reach import OfCase
from registry.api.cases.replies import CaseTold
from registry.api.desks.doing import REFUSES, answered
from registry.api.desks.locking import locked, require_desk_scope
from registry.casework import leases


class Take(OfCase):
    """A case taken in hand."""

    @operation(
        "cases.take",
        "领取办件",
        description="领取后四小时内同岗位的其他人不能办理；再次领取重新计时。已由别人领取的是 409。",
        answers={200: CaseTold},
        once=True,
        match=True,
        refuses=REFUSES,
    )
    def post(self, request: Request, pk: int) -> Response:
        case = locked(self, pk)
        require_desk_scope(case, self.caller)
        return answered(self, leases.take(case, by=self.caller.user))


class Release(OfCase):
    """A case given back."""

    @operation(
        "cases.release",
        "放回办件",
        description="放回自己领取的办件，同岗位的都可以办理；没有由自己领取的是 409。",
        answers={200: CaseTold},
        once=True,
        match=True,
        refuses=REFUSES,
    )
    def post(self, request: Request, pk: int) -> Response:
        case = locked(self, pk)
        require_desk_scope(case, self.caller)
        return answered(self, leases.release(case, by=self.caller.user))
