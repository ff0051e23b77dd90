"""The feed of events, for whoever would rather ask than be told, and after a failure to see what was missed."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.doors import Door, operation
from registry.webhooks import feed, shape

MOST, USUAL = 500, 100
PLACES_MOST = 2**63 - 1
FOLLOW = """从 `after` 之后按顺序读，处理完把 `next_after` 记下来，下次从它接着读：既不漏也不重。
同一个 `subject` 的事件按发生的先后排列。

只给出令牌所辖区域内、接入方此刻可以看的事件，自己申报的办件总在其中。
事件至少保存 7 天；`after` 早于所保存的，答 410。"""


class EventsQuery(serializers.Serializer):
    """From where to read, and what."""

    after = serializers.IntegerField(
        required=False,
        default=0,
        min_value=0,
        max_value=PLACES_MOST,
        help_text="上次的 next_after；0 从保存的第一个读起",
    )
    type = serializers.RegexField(
        r"^[a-z_.,]{1,200}$",
        required=False,
        help_text="事件类型的开头，例如 case. 或 org.filed，几个用逗号隔开；不写是全部",
        error_messages={"invalid": "只用小写字母、点和下划线，几个用逗号隔开"},
    )
    limit = serializers.IntegerField(
        required=False, min_value=1, max_value=MOST, default=USUAL, help_text=f"最多几个，1 到 {MOST}"
    )


class EventTold(serializers.Serializer):
    """An event (CloudEvents 1.0)."""

    specversion = serializers.CharField(help_text="CloudEvents 的版本，1.0")
    id = serializers.UUIDField(help_text="事件编号，推送时就是 webhook-id，重发不变")
    source = serializers.CharField(help_text="哪个平台发出")
    type = serializers.CharField(help_text="事件类型，例如 cn.shzz.case.submitted")
    subject = serializers.CharField(help_text="关于什么，例如 case/12；同一个 subject 按先后排列")
    time = serializers.DateTimeField(help_text="发生时间")
    datacontenttype = serializers.CharField(help_text="data 的类型，application/json")
    sequence = serializers.CharField(help_text="在事件流里的序号，20 位数字，按文字比较就是先后")
    dataref = serializers.CharField(required=False, help_text="详情的地址，要带令牌读取")
    data = serializers.DictField(help_text="只有编号、状态等少量字段，没有个人信息")


class EventsTold(serializers.Serializer):
    """A stretch of the feed."""

    events = EventTold(many=True)
    next_after = serializers.IntegerField(help_text="下次的 after，没有事件时也会前进")


class Events(Door):
    """The feed."""

    @operation(
        "events.list",
        "按顺序读取事件",
        ability="events.read",
        description=FOLLOW,
        query=EventsQuery,
        answers={200: EventsTold},
        refuses=(410,),
    )
    def get(self, request: Request) -> Response:
        places, asked = self.caller.places("events.read"), self.asked
        types = [one for one in asked.get("type", "").split(",") if one]
        found = feed.read(self.caller.client, places, after=asked["after"], types=types, limit=asked["limit"])
        return self.told({"events": [shape.cloud(one) for one in found.events], "next_after": found.next_after})
