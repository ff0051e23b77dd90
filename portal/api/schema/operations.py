"""One operation of the document: its contract, and what every operation has besides."""

from typing import Any

from drf_spectacular.drainage import warn
from drf_spectacular.openapi import AutoSchema
from rest_framework.serializers import Serializer

from portal.api.doors import Operation, PublicDoor
from portal.api.schema.shared import header, parameter, refusal, told
from portal.api.schema.words import ALWAYS, PATHS

WRITES = ("POST", "PUT", "PATCH")
BYTES = "application/octet-stream"
OURS = ("portal.", "registry.", "filings.", "supervision.")


class Schema(AutoSchema):
    """Where REST framework's schema asks, the contract answers."""

    @property
    def contract(self) -> Operation:
        return self._handler.operation

    @property
    def _handler(self) -> Any:
        return getattr(self.view, self.method.lower())

    @property
    def public(self) -> bool:
        return isinstance(self.view, PublicDoor)

    def get_operation_id(self) -> str:
        return self.contract.id

    def get_summary(self) -> str:
        return self.contract.summary

    def get_description(self) -> str:
        return self.contract.description

    def get_tags(self) -> list[str]:
        return [self.contract.id.partition(".")[0]]

    def get_auth(self) -> list[dict[str, list[str]]]:
        if self.public:
            return [{}]
        return [{"oauth2": [self.contract.ability] if self.contract.ability else []}]

    def get_request_serializer(self) -> Any:
        return self.contract.body

    def get_response_serializers(self) -> Any:
        return dict(self.contract.answers)

    def get_override_parameters(self) -> list[Any]:
        return [self.contract.query] if self.contract.query else []

    def map_parsers(self) -> list[str]:
        return ["multipart/form-data", "application/json"] if self.contract.upload else ["application/json"]

    def map_renderers(self, attribute: str) -> list[str]:
        return [self.contract.media]

    def get_serializer_name(self, serializer: Serializer, direction: str) -> str:
        """The name of its class; with its module before it where two modules have one of that name."""
        kind = type(serializer)
        if len(_named(kind.__name__)) < 2:
            return kind.__name__
        module = kind.__module__.rpartition(".")[2]
        return "".join(one.capitalize() for one in module.split("_")) + kind.__name__

    @property
    def tagged(self) -> bool:
        """Whether the answer carries an entity tag."""
        return self.contract.tagged or self.contract.match

    def _get_parameters(self) -> list[dict[str, Any]]:
        found = super()._get_parameters()
        for one in found:
            if one["in"] == "path":
                one["description"] = PATHS.get(one["name"]) or warn(f"no words for {one['name']} in {self.path}") or ""
        return found + [parameter(name) for name in self._headers()]

    def _headers(self) -> list[str]:
        names = ["IdempotencyKey"] if self.contract.once else []
        names += ["IfMatch"] if self.contract.match else []
        names += ["IfNoneMatch"] if self.method == "GET" and self.tagged else []
        names += ["ActingPerson"] if self.method != "GET" and not self.public else []
        return [*names, "RequestId"]

    def _get_response_bodies(self, direction: str = "response") -> dict[str, Any]:
        found = super()._get_response_bodies(direction)
        if self.method == "GET" and self.tagged:
            found.setdefault("304", {})
        for status, one in found.items():
            if self.contract.media != "application/json" and status == "200":
                one["content"] = {"*/*" if self.contract.media == BYTES else self.contract.media: {"schema": {}}}
            one["description"] = told(int(status))
            one["headers"] = {name: header(name) for name in self._told(int(status))}
        found |= {str(status): refusal(status) for status in self._refusals()}
        return dict(sorted(found.items()))

    def _told(self, status: int) -> list[str]:
        names = list(ALWAYS)
        names += ["ETag"] if self.tagged and status != 204 else []
        names += ["Location"] if status in (201, 202, 303) else []
        names += ["Idempotency-Replayed"] if self.contract.once else []
        return names

    def _refusals(self) -> set[int]:
        contract = self.contract
        found = {400, 429, *contract.refuses}
        found |= set() if self.public else {401, 403}
        found |= {404} if "{" in self.path else set()
        found |= {412, 428} if contract.match else set()
        found |= {409, 422} if contract.once else set()
        found |= {413, 415} if self.method in WRITES else set()
        return found

    def _postprocess_serializer_schema(self, schema: dict, serializer: Any, direction: str) -> dict:
        found = super()._postprocess_serializer_schema(schema, serializer, direction)
        if direction == "request" and found.get("type") == "object":
            found.setdefault("additionalProperties", False)
        return found


def _named(name: str, parent: type = Serializer) -> set[str]:
    """The modules of ours that have a serializer of this name."""
    found = {parent.__module__} if parent.__name__ == name and parent.__module__.startswith(OURS) else set()
    return found.union(*(_named(name, one) for one in parent.__subclasses__()))
