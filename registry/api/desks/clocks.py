"""Holding and releasing the clocks of a case, by the desk that has the next word."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.doors import operation
from registry.api.cases.reach import OfCase
from registry.api.cases.replies import CaseTold
from registry.api.desks.doing import REFUSES, answered
from registry.api.desks.locking import locked, require_desk_scope
from registry.api.fields import Day
from registry.casework import clockwork
from registry.forms.clocks import BY_HAND
from registry.models import Case


class SuspendSaid(serializers.Serializer):
    """Why the clocks are held, on what basis, since when and at most how long."""

    cause = serializers.ChoiceField(BY_HAND, help_text="事由")
    reason = serializers.CharField(max_length=300, help_text="原因，申请人会看到")
    basis = serializers.CharField(max_length=200, help_text="依据：法律、行政法规的名称和条款")
    starts = Day(required=False, help_text="从哪天起，不写就是今天；最早到本环节开始那天")
    cap = serializers.IntegerField(
        required=False, min_value=1, max_value=400, help_text="最多暂停几天；到了上限自动恢复"
    )


class ResumeSaid(serializers.Serializer):
    """The last day the clocks were held."""

    ends = Day(required=False, help_text="暂停到哪天（含），不写就是今天")


class Suspend(OfCase):
    """The clocks of a case, held."""

    @operation(
        "cases.suspend",
        "暂停计时",
        description="由当前环节办理（cases.act 加环节角色）；办下一步时自动恢复计时。",
        body=SuspendSaid,
        answers={200: CaseTold},
        once=True,
        match=True,
        refuses=REFUSES,
    )
    def post(self, request: Request, pk: int) -> Response:
        case = locked(self, pk)
        require_desk_scope(case, self.caller)
        clockwork.suspend(case, by=self.caller.user, **self.said)
        return answered(self, Case.objects.select_related("place").get(pk=pk))


class Resume(OfCase):
    """The clocks of a case, running again."""

    @operation(
        "cases.resume",
        "恢复计时",
        description="由当前环节办理（cases.act 加环节角色）。",
        body=ResumeSaid,
        answers={200: CaseTold},
        once=True,
        match=True,
        refuses=REFUSES,
    )
    def post(self, request: Request, pk: int) -> Response:
        case = locked(self, pk)
        require_desk_scope(case, self.caller)
        clockwork.resume(case, by=self.caller.user, **self.said)
        return answered(self, Case.objects.select_related("place").get(pk=pk))
