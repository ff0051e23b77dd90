"""Components every operation points at: the problem, its answers, headers, and how one signs in."""

from typing import Any

from portal.api.problems import MEDIA
from portal.api.schema.words import ANSWER_HEADERS, DONE, REFUSED, REQUEST_HEADERS
from portal.api.scopes import ABILITIES

TOKEN_URL = "/api/v1/oauth/token"


def text(words: str, **more: Any) -> dict[str, Any]:
    """The schema of a text, with what it says."""
    return {"type": "string", "description": words, **more}


WRONG = {
    "type": "object",
    "required": ["name", "code", "reason"],
    "additionalProperties": False,
    "properties": {
        "name": text("哪里不对：JSON 指针，例如 /contact/phone"),
        "code": text("稳定的代号"),
        "reason": text("中文说明"),
        "clause": text("规则的出处"),
    },
}
PROBLEM = {
    "type": "object",
    "description": "RFC 9457 的问题说明。程序按 code 判断，detail 给人看",
    "required": ["type", "title", "status", "code", "detail"],
    "additionalProperties": False,
    "properties": {
        "type": text("问题的说明页", format="uri-reference"),
        "title": text("这一类问题的名称"),
        "status": {"type": "integer", "description": "HTTP 状态码", "minimum": 400, "maximum": 599},
        "code": text("稳定的代号，见问题一览"),
        "detail": text("这一次是怎么回事，中文"),
        "clause": text("规则的出处：文件和条款"),
        "instance": text("出错时的编号", format="uri-reference"),
        "invalid_params": {"type": "array", "description": "哪些参数或字段不对", "items": WRONG},
    },
}


def header(name: str) -> dict[str, str]:
    """A reference to a header of answers."""
    return {"$ref": f"#/components/headers/{name}"}


def refusal(status: int) -> dict[str, str]:
    """A reference to what a refusal of this status looks like."""
    return {"$ref": f"#/components/responses/Problem{status}"}


def parameter(name: str) -> dict[str, str]:
    """A reference to a header of requests."""
    return {"$ref": f"#/components/parameters/{name}"}


def told(status: int) -> str:
    """What a status means, in words."""
    return DONE.get(status) or REFUSED[status]


def components() -> dict[str, dict[str, Any]]:
    """Everything shared, by kind of component."""
    return {
        "headers": ANSWER_HEADERS,
        "parameters": {name: {"in": "header", **one} for name, one in REQUEST_HEADERS.items()},
        "responses": {f"Problem{status}": _refused(status) for status in REFUSED},
        "schemas": {"Problem": PROBLEM},
        "securitySchemes": {
            "oauth2": {
                "type": "oauth2",
                "description": "OAuth 2 客户端凭据。令牌里的权限带地点：权限@12位区划代码，cases.act 还带环节",
                "flows": {"clientCredentials": {"tokenUrl": TOKEN_URL, "scopes": dict(ABILITIES)}},
            }
        },
    }


def _refused(status: int) -> dict[str, Any]:
    names = ["X-Request-ID"]
    names += ["Retry-After"] if status in (409, 429, 503) else []
    names += ["WWW-Authenticate"] if status == 401 else []
    return {
        "description": REFUSED[status],
        "headers": {name: header(name) for name in names},
        "content": {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
