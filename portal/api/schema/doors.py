"""The two doors that are not ours, described by hand: a token is given (RFC 6749 4.4) and taken back (RFC 7009)."""

from typing import Any

from portal.api.schema.shared import text

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
TOLD = {
    "type": "object",
    "required": ["access_token", "expires_in", "token_type", "scope"],
    "properties": {
        "access_token": text("访问令牌，放进 Authorization: Bearer"),
        "expires_in": {"type": "integer", "description": "几秒后过期"},
        "token_type": text("总是 Bearer"),
        "scope": text("得到的权限，空格分开，例如 cases.write@120103000000"),
    },
}
REFUSED = {
    "type": "object",
    "description": "RFC 6749 5.2 的错误。只有令牌的两个地址用这种格式",
    "required": ["error"],
    "properties": {
        "error": text("invalid_client、invalid_request、invalid_scope、unsupported_grant_type 等"),
        "error_description": text("说明"),
    },
}


def _form(required: list[str], **fields: dict[str, Any]) -> dict[str, Any]:
    schema = {"type": "object", "required": required, "properties": fields}
    return {"required": True, "content": {FORM: {"schema": schema}}}


def _door(id: str, summary: str, description: str, form: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    refused = {"content": {JSON: {"schema": {"$ref": "#/components/schemas/TokenRefused"}}}}
    answers = {"200": told, "400": {"description": "请求不合格式", **refused}}
    answers["401"] = {"description": "client_id 或 client_secret 不对，或者接入方已停用", **refused}
    answers["429"] = {"description": "换令牌太频繁，按 Retry-After 稍后再试", **refused}
    return {
        "operationId": id,
        "summary": summary,
        "description": description,
        "tags": ["oauth"],
        "security": [{}],
        "requestBody": form,
        "responses": answers,
    }


_KEY = {"client_id": text("申请到的 client_id"), "client_secret": text("申请到的 client_secret")}
_TOKEN = _form(
    ["grant_type"],
    grant_type=text("固定写 client_credentials", enum=["client_credentials"]),
    scope=text("要哪些权限，空格分开；不写就是全部"),
    **_KEY,
)
_REVOKE = _form(["token"], token=text("要作废的令牌"), **_KEY)
_GIVEN = {"content": {JSON: {"schema": {"$ref": "#/components/schemas/Token"}}}, "description": "令牌，一小时有效"}

PATHS = {
    "/api/v1/oauth/token": {
        "post": _door(
            "oauth.token",
            "换访问令牌",
            "用 client_id 和 client_secret 换。也可以用 HTTP Basic 送密钥。令牌快到期时再换，不必每次都换。",
            _TOKEN,
            _GIVEN,
        )
    },
    "/api/v1/oauth/revoke": {
        "post": _door(
            "oauth.revoke",
            "作废访问令牌",
            "令牌立刻不能再用；已经作废或没有的令牌也答 200。",
            _REVOKE,
            {"description": "已经作废"},
        )
    },
}
SCHEMAS = {"Token": TOLD, "TokenRefused": REFUSED}
