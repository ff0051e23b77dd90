"""What every operation says in the same words: groups, parts of addresses, headers, statuses. Data only."""

from typing import Any

# First word of an operation id -> (name of its group, what stands there). The order is that of the pages.
TAGS = {
    "oauth": ("令牌", "用申请到的密钥换访问令牌，提前作废令牌。"),
    "me": ("自己", "接入方自己：名称、频率限制、令牌里的权限。"),
    "items": ("办理事项", "可以申报的事项：要填哪些、要交哪些材料、能向哪里申报。"),
    "cases": ("办件", "申报到办结：草稿、填写、材料、预检、提交、补正、撤回、评价；办理环节的各个动作。"),
    "tasks": ("待办", "各环节的待办办件。"),
    "organisations": ("组织", "登记册里的社区社会组织。"),
    "hubs": ("枢纽", "枢纽型组织：服务中心、联合会等。"),
    "places": ("地点", "行政区划与村、社区。"),
    "directories": ("名录", "分类、环节、原因等代码表。"),
    "policies": ("政策文件", "现行的政策文件和参数。"),
    "assessments": ("条件判断", "不落库的条件判断和结论单。"),
    "name_checks": ("名称查重", "不落库的名称检查。"),
    "public": ("公开查询", "不要密钥的公开登记册，没有个人信息。"),
    "targets": ("目标", "各地的发展目标和判断结论。"),
    "judgements": ("目标结论", "按日给出的目标判断。"),
    "exports": ("批量导出", "按查询条件生成的大文件。"),
    "events": ("事件", "按顺序读取发生过的事。"),
    "endpoints": ("推送地址", "登记接收推送的地址，停用、恢复、换密钥、重放。"),
    "ratings": ("好差评", "一件一评和低分回访。"),
    "identities": ("身份核验", "统一身份认证平台签发的凭证。"),
    "sandbox": ("沙箱", "只在试用环境里有：结果固定的应答。"),
}

# Variables of addresses.
PATHS = {
    "id": "编号",
    "code": "12 位区划代码",
    "key": "键，照列表里给出的写",
    "verb": "动作的代号，照 allowed_actions 里给出的写",
    "number": "编号",
    "parameter": "政策参数的编号，例如 TJ.3",
    "case": "办件编号",
    "material": "材料编号",
    "opinion": "征求意见的编号",
    "slug": "代号，照列表里给出的写",
    "uid": "编号（UUID）",
}

REQUEST_HEADERS: dict[str, dict[str, Any]] = {
    "RequestId": {
        "name": "X-Request-ID",
        "description": "这次请求的编号，1 到 64 个字母、数字、点、下划线或短横；原样带回，不合格或没带时由我们编",
        "schema": {"type": "string"},
    },
    "ActingPerson": {
        "name": "X-Acting-Person",
        "description": "经办人是谁：百分号编码的 UTF-8，最多 80 字，写进审计记录",
        "schema": {"type": "string"},
    },
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "required": True,
        "description": "自己生成，每件事不同，重发时不变：同一个键、同样的请求只办一次，得到同样的答复",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]([ -~]{0,253}[!-~])?$"},
    },
    "IfMatch": {
        "name": "If-Match",
        "required": True,
        "description": "上次读到的 ETag，带双引号原样写回；内容变化过就是 412",
        "schema": {"type": "string", "pattern": r'^(\*|(W/)?"[!#-~]*")$'},
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "description": "上次读到的 ETag；没有变化时答 304，不带内容",
        "schema": {"type": "string"},
    },
}

_NUMBER = {"type": "integer", "minimum": 0}
ANSWER_HEADERS: dict[str, dict[str, Any]] = {
    "X-Request-ID": {"description": "这次请求的编号，联系我们时请带上", "schema": {"type": "string"}},
    "API-Version": {"description": "接口的完整版本号", "schema": {"type": "string"}},
    "RateLimit-Limit": {"description": "每分钟最多次数", "schema": _NUMBER},
    "RateLimit-Remaining": {"description": "这一分钟还剩几次", "schema": _NUMBER},
    "RateLimit-Reset": {"description": "几秒后重新计数", "schema": _NUMBER},
    "ETag": {"description": "内容的标记；修改时放进 If-Match", "schema": {"type": "string"}},
    "Location": {"description": "新建内容的地址", "schema": {"type": "string"}},
    "Idempotency-Replayed": {
        "description": "为 true 时，这是同一个 Idempotency-Key 第一次的答复，没有再办一次",
        "schema": {"type": "string", "enum": ["true"]},
    },
    "Retry-After": {"description": "几秒后再试", "schema": _NUMBER},
    "WWW-Authenticate": {"description": "要的是 Bearer 令牌", "schema": {"type": "string"}},
}
ALWAYS = ("X-Request-ID", "API-Version", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")

DONE = {
    200: "成功",
    201: "已经建好",
    202: "已经收下，还在办",
    204: "成功，没有内容",
    303: "结果在 Location 里",
    304: "没有变化，用手上的那一份",
}
REFUSED = {
    400: "请求不合格式：不认识的参数或字段、类型不对、缺少必需的请求头",
    401: "没有令牌，或者令牌无效、过期、已被撤销",
    403: "令牌没有这项权限",
    404: "没有找到，或者不在可见范围内",
    406: "不支持的格式",
    409: "与现状冲突：状态不对，或者同一件事正在办",
    410: "已经过期，不再保存",
    412: "内容在上次读取之后变化过，重新读取再改",
    413: "请求体太大",
    415: "内容类型不对",
    422: "规则不允许：说明是哪一条，以及出处",
    428: "缺少 If-Match",
    429: "请求太频繁，按 Retry-After 稍后再试",
    503: "暂时不能服务，稍后再试",
}
