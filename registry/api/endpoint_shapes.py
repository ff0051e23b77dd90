"""What is said and told of endpoints and deliveries."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from portal.api.cursors import PageQuery
from registry.models import Delivery, Endpoint

LARGEST = 2**63 - 1


class EndpointSaid(serializers.Serializer):
    """What a client says of an endpoint."""

    url = serializers.CharField(max_length=500, help_text="推送地址，https")
    types = serializers.ListField(
        child=serializers.RegexField(r"^[a-z_.]{1,60}$", error_messages={"invalid": "只用小写字母、点和下划线"}),
        required=False,
        default=list,
        max_length=50,
        help_text="事件类型的开头，例如 case. 或 org.filed；空的是全部",
    )
    algorithm = serializers.ChoiceField(
        choices=Endpoint.Algorithm.choices,
        required=False,
        default=Endpoint.Algorithm.SHA256,
        help_text="签名算法：hmac-sha256（Standard Webhooks）或 hmac-sm3（本平台扩展）",
    )


class EndpointTold(serializers.Serializer):
    """An endpoint."""

    id = serializers.IntegerField(help_text="推送地址的编号")
    url = serializers.CharField(help_text="推送地址")
    types = serializers.ListField(child=serializers.CharField(), help_text="事件类型的开头；空的是全部")
    algorithm = serializers.ChoiceField(choices=Endpoint.Algorithm.choices, help_text="签名算法")
    places = serializers.ListField(child=serializers.CharField(), help_text="听哪些地方的事：12 位区划代码，含下级")
    state = serializers.ChoiceField(choices=Endpoint.State.choices, help_text="推送中、停用，或者送不到被停用")
    fault = serializers.CharField(allow_blank=True, help_text="最近一次出了什么问题")
    failing_since = serializers.DateTimeField(allow_null=True, help_text="从什么时候起没有送到过")
    former_secret_until = serializers.DateTimeField(allow_null=True, help_text="旧密钥还签名到什么时候")
    made_at = serializers.DateTimeField(help_text="登记时间")


class SecretTold(EndpointTold):
    """An endpoint with its secret, told this once."""

    secret = serializers.CharField(help_text="签名密钥 whsec_…，只给这一次")


class EndpointsTold(serializers.Serializer):
    """The endpoints of the client."""

    results = EndpointTold(many=True)


class DeliveryTold(serializers.Serializer):
    """One event on its way."""

    event = serializers.UUIDField(help_text="事件编号，就是 webhook-id")
    seq = serializers.IntegerField(help_text="在事件流里的序号")
    subject = serializers.CharField(help_text="关于什么")
    state = serializers.ChoiceField(choices=Delivery.State.choices, help_text="待推送、已送达、没有送达")
    tries = serializers.IntegerField(help_text="推送过几次")
    status = serializers.IntegerField(allow_null=True, help_text="最近一次答复的状态码")
    fault = serializers.CharField(allow_blank=True, help_text="最近一次为什么没有送到")
    next_at = serializers.DateTimeField(allow_null=True, help_text="最早什么时候再推送，待推送的才有")
    done_at = serializers.DateTimeField(allow_null=True, help_text="送达或放弃的时间")


class DeliveriesQuery(PageQuery):
    """Which deliveries."""

    state = serializers.ChoiceField(choices=Delivery.State.choices, required=False, help_text="只看这个状态的")


class ReplaySaid(serializers.Serializer):
    """Which events to push again: a stretch of the feed, or single ones."""

    from_seq = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST, help_text="从哪个序号")
    to_seq = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST, help_text="到哪个序号，含")
    events = serializers.ListField(
        child=serializers.UUIDField(), required=False, min_length=1, max_length=1000, help_text="或者事件编号"
    )


class QueuedTold(serializers.Serializer):
    """What was queued."""

    queued = serializers.IntegerField(help_text="排进推送的事件个数，几秒内开始推送")


class TestTold(serializers.Serializer):
    """The test event on its way."""

    event = serializers.UUIDField(help_text="测试事件的编号，到推送记录里看结果")


def endpoint(one: Endpoint) -> dict[str, Any]:
    """An endpoint as `EndpointTold` describes it."""
    former = one.former_until if one.former_until and one.former_until > timezone.now() else None
    return {
        "id": one.pk,
        "url": one.url,
        "types": one.types,
        "algorithm": one.algorithm,
        "places": one.places,
        "state": one.state,
        "fault": one.fault,
        "failing_since": one.failing_since,
        "former_secret_until": former,
        "made_at": one.made_at,
    }


def delivery(one: Delivery) -> dict[str, Any]:
    """A delivery as `DeliveryTold` describes it; `one.uid` is the id of its event."""
    return {
        "event": one.uid,
        "seq": one.seq,
        "subject": one.subject,
        "state": one.state,
        "tries": one.tries,
        "status": one.status,
        "fault": one.fault,
        "next_at": one.next_at if one.state == Delivery.State.WAITING else None,
        "done_at": one.done_at,
    }
