"""How the API says no: problem details (RFC 9457) with a stable `code`, Chinese `detail` and what was wrong where."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.serializers import ChoiceField, Serializer

from portal.errors import Refusal

MEDIA = "application/problem+json"
TITLES = {
    400: "请求不合格式",
    401: "没有通过认证",
    403: "没有权限",
    404: "没有找到",
    405: "不支持的方法",
    406: "不支持的格式",
    409: "与现状冲突",
    410: "已经过期",
    412: "内容已经变化",
    413: "请求太大",
    415: "不支持的内容类型",
    422: "不符合规则",
    428: "缺少条件",
    429: "请求太频繁",
    500: "系统出错",
    503: "暂时不能服务",
}
# What REST framework raises by itself, as our codes and words. The codes are part of the contract.
KNOWN = {
    "not_authenticated": ("not_authenticated", "没有带访问令牌。在请求头 Authorization 里写 Bearer 令牌"),
    "authentication_failed": ("invalid_token", "访问令牌无效、过期或已被撤销，重新换取"),
    "permission_denied": ("not_allowed", "没有做这件事的权限"),
    "not_found": ("not_found", "没有找到，或者不在可见范围内"),
    "method_not_allowed": ("method_not_allowed", "这个地址不支持该方法"),
    "unsupported_media_type": (
        "unsupported_media_type",
        "内容类型不对。一般用 application/json，上传文件用 multipart/form-data",
    ),
    "parse_error": ("malformed", "请求体不是合格的 JSON 或表单"),
    "not_acceptable": ("not_acceptable", "只提供 JSON"),
    "throttled": ("too_many", "请求太频繁，按 Retry-After 稍后再试"),
}
DATA_TOO_LARGE = "too_large"


class BadRequest(Refusal):
    """The request itself is not as the interface describes it. `wrong` is [(JSON pointer, code, words)]."""

    status = 400

    def __init__(self, reason: str, *, code: str, wrong: list[tuple[str, str, str]] | None = None) -> None:
        super().__init__(reason, code=code)
        self.wrong = wrong or []


class Missing(Refusal):
    """A condition that this request must state is missing (RFC 6585)."""

    status = 428


class Changed(Refusal):
    """The resource is no longer what the client last saw (RFC 9110 13.1.1)."""

    status = 412


class Gone(Refusal):
    """It was here, and is kept no longer."""

    status = 410


def body(status: int, code: str, detail: str, **more: Any) -> dict[str, Any]:
    """The members of a problem; empty ones are left out."""
    found = {"type": f"/api/v1/problems/#{code}", "title": TITLES.get(status, "出错"), "status": status, "code": code}
    return found | {"detail": detail} | {key: value for key, value in more.items() if value}


def of_refusal(no: Refusal) -> dict[str, Any]:
    """A refusal of the rules or of the edge, as a problem."""
    wrong = [_line(*one) for one in getattr(no, "wrong", [])]
    if no.field and not wrong:
        wrong = [{"name": pointer(no.field), "code": no.code, "reason": no.reason}]
        if no.clause:
            wrong[0]["clause"] = no.clause
    return body(no.status, no.code, no.reason, clause=no.clause, invalid_params=wrong)


def _line(name: str, code: str, words: str, clause: str = "") -> dict[str, str]:
    return {"name": name, "code": code, "reason": words} | ({"clause": clause} if clause else {})


def pointer(field: str) -> str:
    """The JSON pointer of a field name (dots lead downwards)."""
    return "/" + field.replace("~", "~0").replace("/", "~1").replace(".", "/")


def of_validation(fault: exceptions.ValidationError, where: str = "") -> dict[str, Any]:
    """What a body or the parameters did not fit, each with its JSON pointer."""
    wrong = list(_wrong(fault.detail, where))
    detail = "；".join(dict.fromkeys(f"{one['name'].lstrip('/') or '请求体'}：{one['reason']}" for one in wrong))
    return body(400, "invalid", detail[:500], invalid_params=wrong)


def naming_choices(read: Serializer) -> Serializer:
    """The same serializer; what it says of a value that is not among the choices names what is."""
    for field in read.fields.values():
        one = getattr(field, "child", field)
        if isinstance(one, ChoiceField):
            could = "、".join(str(value) for value in one.choices)
            one.error_messages["invalid_choice"] = f"没有“{{input}}”，可以是 {could}"
    return read


def _wrong(detail: Any, where: str) -> Iterator[dict[str, str]]:
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from _wrong(inner, where if name == "non_field_errors" else where + pointer(str(name)))
    elif isinstance(detail, list):
        for at, inner in enumerate(detail):
            yield from _wrong(inner, where if isinstance(inner, str) else f"{where}/{at}")
    else:
        yield {"name": where or "/", "code": str(getattr(detail, "code", "invalid")), "reason": str(detail)}


def answer(fault: Exception, context: Mapping[str, Any]) -> Response | None:
    """REST framework's exception handler: every refusal as a problem; None lets a true fault go on to the 500."""
    found, headers = _problem(fault), {}
    if found is None:
        return None
    if getattr(fault, "auth_header", None):
        headers["WWW-Authenticate"] = fault.auth_header
    if getattr(fault, "wait", None):
        headers["Retry-After"] = str(int(fault.wait) + 1)
    if getattr(fault, "retry", None):
        headers["Retry-After"] = str(fault.retry)
    return Response(found, status=found["status"], headers=headers, content_type=MEDIA)


def _problem(fault: Exception) -> dict[str, Any] | None:
    if isinstance(fault, Refusal):
        return of_refusal(fault)
    if isinstance(fault, Http404):
        return body(404, *KNOWN["not_found"])
    if isinstance(fault, PermissionDenied):
        return body(403, *KNOWN["permission_denied"])
    if isinstance(fault, exceptions.ValidationError):
        return of_validation(fault)
    if isinstance(fault, exceptions.APIException):
        code, detail = KNOWN.get(str(fault.default_code), (str(fault.default_code), str(fault.detail)))
        return body(fault.status_code, code, detail)
    if isinstance(fault, IntegrityError):  # the unique keys are the last word of two that came at once
        return body(409, "conflict", "同一件事刚刚被另一个请求办了，重新读取后再试")
    if isinstance(fault, OperationalError):
        return body(503, "busy", "数据库正忙，稍后再试")
    return None
