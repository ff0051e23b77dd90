"""What a client may do: the first thing an engineer asks."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.doors import Door, operation


class ScopeTold(serializers.Serializer):
    """One thing the token may do in a place and below."""

    ability = serializers.CharField(help_text="权限，例如 cases.write")
    stage = serializers.CharField(allow_blank=True, help_text="办理环节的角色，只有 cases.act 有")
    place = serializers.CharField(help_text="12 位区划代码，含下级")


class MeTold(serializers.Serializer):
    """The client and its token."""

    name = serializers.CharField(help_text="接入方名称")
    per_minute = serializers.IntegerField(help_text="每分钟最多次数")
    scopes = ScopeTold(many=True)


class Me(Door):
    """The client itself."""

    @operation("me", "查看自己的权限", answers={200: MeTold})
    def get(self, request: Request) -> Response:
        client, told = self.caller.client, self.caller.scopes
        scopes = [{"ability": one.ability, "stage": one.stage, "place": one.place} for one in told]
        return self.told({"name": client.name, "per_minute": client.per_minute, "scopes": scopes})
