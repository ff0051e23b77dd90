"""The desks of the sandbox, called at once: only where `SANDBOX` is set."""

from django.conf import settings
from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.doors import Door, operation
from registry.sandbox import playing
from registry.sandbox.playing import Played

HELP = (
    "只在沙箱里有，正式环境是 404。自己的办件里现在等工作人员办理的，立即办到等申请人、暂停计时或者办结为止；"
    "不调用的话，每几秒也会自动办一轮。结果只看 reference 的结尾：-BZ 先退回补正一次，-BY 不予通过，"
    "-GQ 先暂停计时一次，-CS 一直不办，其余准予。"
)


class PlayedTold(serializers.Serializer):
    """What the desks did in one case."""

    id = serializers.IntegerField(help_text="办件")
    reference = serializers.CharField(allow_blank=True, help_text="接入方自己的办件号")
    state = serializers.CharField(help_text="现在的状态")
    steps = serializers.ListField(child=serializers.CharField(), help_text="刚才办的环节，按先后")
    reason = serializers.CharField(allow_blank=True, help_text="没有办下去的原因，没有时为空")


class AdvanceTold(serializers.Serializer):
    """What the desks did."""

    played = PlayedTold(many=True, help_text=f"有动静的办件，最多 {playing.MOST} 件")


class Advance(Door):
    """The desks of the sandbox."""

    @operation(
        "sandbox.advance",
        "沙箱：让工作人员现在就办",
        ability="cases.write",
        description=HELP,
        answers={200: AdvanceTold},
        once=True,
        refuses=(404, 409, 422),
    )
    def post(self, request: Request) -> Response:
        if not settings.SANDBOX:
            raise Http404
        return self.told({"played": [_told(one) for one in playing.play(self.caller.user)]})


def _told(one: Played) -> dict:
    case = one.case
    return {
        "id": case.pk,
        "reference": case.open_key or "",
        "state": case.state,
        "steps": one.verbs,
        "reason": one.why,
    }
