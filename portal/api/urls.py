"""Everything under /api/v1/: the token endpoint, and what the apps bring. Named by string."""

from django.urls import include, path, register_converter

from portal.api import pages
from portal.api.tokens import Revoke, Token


class Number:
    """An id in an address: digits, as many as the database can hold."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Code:
    """A place: the 12 digits of GB/T 2260 and the statistical codes."""

    regex = "[0-9]{12}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Number, "number")
register_converter(Code, "code")

urlpatterns = [
    path("oauth/token", Token.as_view(), name="token"),
    path("oauth/revoke", Revoke.as_view(), name="revoke"),
    path("openapi.json", pages.openapi_json, name="openapi_json"),
    path("openapi.yaml", pages.openapi_yaml, name="openapi_yaml"),
    path("docs/", pages.docs, name="docs"),
    path("docs/<slug:group>/", pages.docs_group, name="docs_group"),
    path("problems/", pages.problems, name="problems"),
    path("", include("registry.api.urls")),
    path("", include("supervision.api.urls")),
]
