"""Endpoints: where a client wants events pushed, how that goes, and pushing again."""

from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api import cursors
from portal.api.cursors import paged
from portal.api.doors import Door, operation
from portal.api.problems import BadRequest
from registry.api import endpoint_shapes as shapes
from registry.models import Endpoint
from registry.webhooks import endpoints

ABILITY = "events.read"
PUSHED = """每个事件 POST 到登记的地址，正文是一个 CloudEvents 1.0 事件，带 `webhook-id`、`webhook-timestamp`、
`webhook-signature` 三个头（Standard Webhooks）。`v1` 是 HMAC-SHA256；选 `hmac-sm3` 时是 `v1sm3`，这是本平台的扩展：
算法相同，只把摘要换成 SM3。

至少送达一次：答复 2xx 才算送到，可能重复，凭 `webhook-id` 去重。同一个 `subject` 前一个没有送到，后一个就不发；
不同的互不影响。3xx 不跟随，算失败；410 立即停用；5 秒连不上、15 秒没答完算失败，按 5 秒、10 秒直到 10 分钟重试。
连续 5 天一次也没有送到就停用并发邮件，启用后从停下的地方接着推。只推送到公网的 https 地址，内部地址要由管理员开通。

密钥 `whsec_…` 只在登记和更换时给一次。"""


class EndpointDoor(Door):
    """What the doors of endpoints share: only the client's own are there."""

    def own(self, pk: int, *, locked: bool = False) -> Endpoint:
        """An endpoint of this client; another's is not there (404)."""
        rows = Endpoint.objects.select_related("client__user")
        rows = rows.select_for_update(of=("self",)) if locked else rows
        return get_object_or_404(rows, pk=pk, client=self.caller.client)

    def held(self, pk: int) -> Endpoint:
        """The same, locked, in the state the client saw (412)."""
        found = self.own(pk, locked=True)
        self.match(endpoints.etag(found))
        return found

    def shown(self, one: Endpoint, **more: Any) -> Response:
        """The endpoint, with its tag."""
        return self.told(shapes.endpoint(one) | more, etag=endpoints.etag(one))


class Endpoints(EndpointDoor):
    """All of the client's."""

    @operation("endpoints.list", "列出推送地址", ability=ABILITY, answers={200: shapes.EndpointsTold})
    def get(self, request: Request) -> Response:
        return self.told({"results": [shapes.endpoint(one) for one in self.caller.client.endpoints.all()]})

    @operation(
        "endpoints.make",
        "登记推送地址",
        ability=ABILITY,
        description=PUSHED,
        body=shapes.EndpointSaid,
        tagged=True,
        answers={201: shapes.SecretTold},
        once=True,
        refuses=(409, 422),
    )
    def post(self, request: Request) -> Response:
        made = endpoints.make(self.caller.client, **self.said, places=self.caller.places(ABILITY))
        where = f"/api/v1/endpoints/{made.pk}"
        told = shapes.endpoint(made) | {"secret": made.secret}
        return self.told(told, etag=endpoints.etag(made), status=201, Location=where)


class OneEndpoint(EndpointDoor):
    """One of them."""

    @operation("endpoints.get", "查看推送地址", ability=ABILITY, tagged=True, answers={200: shapes.EndpointTold})
    def get(self, request: Request, pk: int) -> Response:
        return self.shown(self.own(pk))

    @operation(
        "endpoints.change",
        "修改推送地址",
        ability=ABILITY,
        description="听哪些地方的事随这次的令牌改变。还没有送到的事件推送到新地址。",
        body=shapes.EndpointSaid,
        answers={200: shapes.EndpointTold},
        match=True,
        refuses=(422,),
    )
    @transaction.atomic
    def put(self, request: Request, pk: int) -> Response:
        return self.shown(endpoints.change(self.held(pk), **self.said, places=self.caller.places(ABILITY)))

    @operation("endpoints.remove", "删除推送地址", ability=ABILITY, answers={204: None}, match=True)
    @transaction.atomic
    def delete(self, request: Request, pk: int) -> Response:
        endpoints.remove(self.held(pk))
        return Response(None, status=204)


class RotateEndpoint(EndpointDoor):
    """A new secret."""

    @operation(
        "endpoints.rotate",
        "更换签名密钥",
        ability=ABILITY,
        description="旧密钥再用 24 小时：这期间每次推送带两个签名，新的在前。",
        answers={200: shapes.SecretTold},
        once=True,
        match=True,
        refuses=(409, 422),
    )
    def post(self, request: Request, pk: int) -> Response:
        done = endpoints.rotate(self.held(pk), timezone.now())
        return self.shown(done, secret=done.secret)


class EnableEndpoint(EndpointDoor):
    """On again."""

    @operation(
        "endpoints.enable",
        "启用推送地址",
        ability=ABILITY,
        description="从停下的地方接着推送，停用期间的事件一个不少。",
        answers={200: shapes.EndpointTold},
        once=True,
        match=True,
        refuses=(409, 422),
    )
    def post(self, request: Request, pk: int) -> Response:
        return self.shown(endpoints.enable(self.held(pk), timezone.now()))


class DisableEndpoint(EndpointDoor):
    """Off."""

    @operation(
        "endpoints.disable",
        "停用推送地址",
        ability=ABILITY,
        answers={200: shapes.EndpointTold},
        once=True,
        match=True,
        refuses=(409, 422),
    )
    def post(self, request: Request, pk: int) -> Response:
        return self.shown(endpoints.disable(self.held(pk)))


class PingEndpoint(EndpointDoor):
    """A test."""

    @operation(
        "endpoints.test",
        "推送一个测试事件",
        ability=ABILITY,
        description="类型是 cn.shzz.ping，只推送到这个地址，几秒内发出；结果在推送记录里。",
        answers={202: shapes.TestTold},
        once=True,
        refuses=(409, 422),
    )
    def post(self, request: Request, pk: int) -> Response:
        return self.told({"event": endpoints.ping(self.own(pk, locked=True)).event.uid}, status=202)


class ReplayEndpoint(EndpointDoor):
    """Again."""

    @operation(
        "endpoints.replay",
        "重新推送事件",
        ability=ABILITY,
        description="给一段序号（from_seq 和 to_seq），或者事件编号（events）。webhook-id 与原来相同。",
        body=shapes.ReplaySaid,
        answers={202: shapes.QueuedTold},
        once=True,
        refuses=(409, 422),
    )
    def post(self, request: Request, pk: int) -> Response:
        said = self.said
        stretch = set(said) == {"from_seq", "to_seq"} and said["from_seq"] <= said["to_seq"]
        if not stretch and set(said) != {"events"}:
            raise BadRequest("给一段序号（from_seq 不大于 to_seq），或者事件编号，不要都给", code="which_events")
        found = self.own(pk, locked=True)
        ids = said.get("events", [])
        many = endpoints.replay(found, from_seq=said.get("from_seq"), to_seq=said.get("to_seq"), ids=ids)
        return self.told({"queued": many}, status=202)


class Deliveries(EndpointDoor):
    """How it went."""

    @operation(
        "endpoints.deliveries",
        "查看推送记录",
        ability=ABILITY,
        description="新的在前。",
        query=shapes.DeliveriesQuery,
        answers={200: paged(shapes.DeliveryTold, "Deliveries")},
    )
    def get(self, request: Request, pk: int) -> Response:
        rows = endpoints.deliveries(self.own(pk))
        if self.asked.get("state"):
            rows = rows.filter(state=self.asked["state"])
        return self.told(cursors.page(request, rows, ["id"], [int], self.asked, shapes.delivery, down=True))
