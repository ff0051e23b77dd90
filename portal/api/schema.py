"""The OpenAPI document, written from the declarations of `portal.api.doors.operation`."""

from typing import Any

from drf_spectacular.openapi import AutoSchema

from portal.api.doors import Operation, PublicDoor


class Schema(AutoSchema):
    """One operation of the document; what every operation shares is added here."""

    @property
    def contract(self) -> Operation:
        return getattr(self.view, self.method.lower()).operation

    def get_operation_id(self) -> str:
        return self.contract.id

    def get_summary(self) -> str:
        return self.contract.summary

    def get_description(self) -> str:
        return self.contract.description

    def get_auth(self) -> list[dict[str, list[str]]]:
        if isinstance(self.view, PublicDoor):
            return [{}]
        return [{"oauth2": [self.contract.ability] if self.contract.ability else []}]

    def get_request_serializer(self) -> Any:
        return self.contract.body

    def get_response_serializers(self) -> Any:
        return dict(self.contract.answers)
