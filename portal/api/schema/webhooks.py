"""What is pushed to a client's address: a CloudEvents envelope, signed as Standard Webhooks does."""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from portal.api.schema.shared import text

ENVELOPE = {
    "type": "object",
    "description": "CloudEvents 1.0 的信封。data 里只有小的键值，没有个人信息；内容凭令牌去 dataref 读",
    "required": ["specversion", "id", "source", "type", "subject", "time", "data"],
    "properties": {
        "specversion": text("总是 1.0"),
        "id": text("事件的编号；重发时不变，按它去重", format="uuid"),
        "source": text("哪个平台", format="uri-reference"),
        "type": text("发生了什么，例如 cn.shzz.case.submitted"),
        "subject": text("关于谁，例如 case/1024；同一个 subject 按发生的顺序推送"),
        "time": text("什么时候", format="date-time"),
        "datacontenttype": text("总是 application/json"),
        "dataref": text("去哪里读内容", format="uri-reference"),
        "data": {"type": "object", "description": "小的键值", "additionalProperties": True},
    },
    "additionalProperties": True,
}
SIGNED = {
    "webhook-id": "事件的编号，重发时不变",
    "webhook-timestamp": "发出的时间，Unix 秒；与现在差 300 秒以上的不要收",
    "webhook-signature": "签名，空格分开，v1,后面是 HMAC-SHA256 的 Base64；换密钥期间有两个，一个对上就行",
}


def types() -> dict[str, str]:
    """Every type of event without its prefix, and what it says, from whoever writes events."""
    return import_string(settings.API_EVENT_TYPES)


def webhooks() -> dict[str, Any]:
    """The section of the document, one entry a type."""
    return {name: {"post": _told(name, words)} for name, words in types().items()}


def _told(name: str, words: str) -> dict[str, Any]:
    headers = [
        {"in": "header", "name": one, "required": True, "description": said, "schema": {"type": "string"}}
        for one, said in SIGNED.items()
    ]
    return {
        "operationId": f"webhook.{name}",
        "summary": words,
        "tags": ["events"],
        "parameters": headers,
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Event"}}},
        },
        "responses": {
            "2XX": {"description": "收到了。15 秒内答，先收下再处理"},
            "default": {"description": "没有收到，稍后重发，先密后疏，一天以上"},
        },
    }
