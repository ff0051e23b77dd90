"""办一件备案：换令牌、新建、填写、上传、预检、提交、跟踪；核对推送的签名。只用标准库，四十行（空行不算）。"""

import base64, hmac, json, time, uuid  # noqa: E401, I001
from http.client import HTTPException
from urllib import parse, request

PART = b'--part-9f86d081\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n'


def ask(url, method, body=None, headers=()):  # 答 (内容, ETag)
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4()), **dict(headers)}
    data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
    for left in range(5, -1, -1):  # 断线、429、5xx、还在办就原样重发：同一个 Idempotency-Key 只办一次
        try:
            with request.urlopen(request.Request(url, data, headers, method=method), timeout=30) as answer:
                return json.loads(answer.read()), answer.headers.get("ETag")
        except (OSError, HTTPException) as no:
            problem = json.loads(no.read()) if hasattr(no, "read") else {"status": 503, "detail": "断线"}
            if not left or (problem.get("status") not in (429, 500, 503) and problem.get("code") != "in_flight"):
                raise RuntimeError(problem) from no
            time.sleep(float((getattr(no, "headers", None) or {}).get("Retry-After", 1)))


def file(root, key, place, reference, sections, papers):  # 提交一件备案，然后按顺序给出它的事件
    form = parse.urlencode({"grant_type": "client_credentials", **key}).encode()
    token, _ = ask(f"{root}/oauth/token", "POST", form, {"Content-Type": "application/x-www-form-urlencoded"})
    me = {"Authorization": f"Bearer {token['access_token']}"}
    case, _ = ask(f"{root}/cases", "POST", {"item": "filing", "place": place, "reference": reference}, me)
    url, media = f"{root}/cases/{case['id']}", {"Content-Type": "multipart/form-data; boundary=part-9f86d081"}
    for name, answers in sections.items():  # 自己的草稿写 * 可以重发；别人也会改的，写读到的 ETag
        ask(f"{url}/sections/{name}", "PUT", {"answers": answers}, me | {"If-Match": "*"})
    for kind, content in papers.items():
        body = PART % (b"kind", kind.encode()) + PART % (b'file"; filename="' + kind.encode() + b".png", content)
        _, etag = ask(f"{url}/materials", "POST", body + b"--part-9f86d081--\r\n", me | media)
    print("预检", ask(f"{url}/validation", "GET", headers=me)[0])
    _, after = ask(f"{url}/submit", "POST", headers=me | {"If-Match": etag}), 0
    while True:
        page, _ = ask(f"{root}/events?after={after}&type=case.", "GET", headers=me)
        yield from (one for one in page["events"] if one["subject"] == f"case/{case['id']}")
        after = page["next_after"]  # 处理完再记下，下次从这里接着读
        time.sleep(1)


def verify(secret, headers, body):  # 推送是不是平台发的：签名对，相差不超过 300 秒；body 是原样的字节
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    good = "v1," + base64.b64encode(hmac.digest(base64.b64decode(secret[6:]), signed, "sha256")).decode()
    fresh = abs(time.time() - int(headers["webhook-timestamp"])) <= 300
    return fresh and any(hmac.compare_digest(good, one) for one in headers["webhook-signature"].split())
