"""Handing an application in, giving it up, and looking before either."""

from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.doors import operation
from registry.api.acts.actions import require_scope
from registry.api.cases import bodies, checking, replies
from registry.api.cases.doors import CaseDoor
from registry.api.cases.filling import require_editable
from registry.api.cases.reach import find, hold
from registry.api.cases.state import etag
from registry.casework import actions
from registry.scope import Role


class CaseValidation(CaseDoor):
    """A dry run."""

    @operation(
        "cases.validate",
        "提交前检查",
        ability="cases.write",
        description="和提交走同样的检查，什么也不写。",
        answers={200: replies.ValidationTold},
        refuses=(404, 409, 422),
    )
    def get(self, request: Request, pk: int) -> Response:
        case = find(self.caller, pk)
        require_scope(case, Role.APPLICANT, self.caller)
        require_editable(case, self.caller.user)
        return self.told(checking.told(case, by=self.caller.user))


class CaseSubmit(CaseDoor):
    """Hand it in."""

    @operation(
        "cases.submit",
        "提交",
        ability="cases.write",
        description="第一次提交，或者补正以后再提交。缺什么，一次说全。",
        answers={200: replies.CaseTold},
        once=True,
        match=True,
        refuses=(404, 409, 422),
    )
    def post(self, request: Request, pk: int) -> Response:
        case = hold(self.caller, pk)
        self.match(etag(case))
        return self.case(checking.hand_in(case, by=self.caller.user))


class CaseWithdraw(CaseDoor):
    """Give it up."""

    @operation(
        "cases.withdraw",
        "撤回",
        ability="cases.write",
        body=bodies.Withdrawn,
        answers={200: replies.CaseTold},
        once=True,
        match=True,
        refuses=(404, 409, 422),
    )
    def post(self, request: Request, pk: int) -> Response:
        case = hold(self.caller, pk)
        self.match(etag(case))
        done = actions.move(case, "withdraw", by=self.caller.user, note=self.said["note"], seen=case.version)
        return self.case(done)
