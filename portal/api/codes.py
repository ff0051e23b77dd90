"""Every code a refusal can carry, read from the code itself: what machines rely on must neither vanish nor hide.

`docs/api/problems.yaml` is written by `manage.py apidoc`: a code with its statuses and the words it is refused with
come from the code; `do` (what to do about it) is written by hand there and kept. A code that is raised nowhere any
more stays with `gone: true`, which a test refuses: codes are part of the contract.
"""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from portal.api import problems
from portal.api.schema.writing import dump

ROOT = Path(settings.ROOT)
PATH = ROOT / "docs" / "api" / "problems.yaml"
APPS = ("portal", "registry", "filings", "supervision")
SAYING = {"body": None, "_problem": None, "refuse": 422}  # called with (status,) code and words in a row
CODE = re.compile(r"[a-z][a-z0-9_]{3,}")
FRAME = {"Refusal": 422}
ADVICE = {
    400: "按 detail 和 invalid_params 改请求再发。原样重发没有用",
    401: "重新换令牌再试；还不行，找平台核对密钥",
    403: "核对令牌的权限和地点（GET /api/v1/me）",
    404: "核对编号和可见范围",
    405: "换成文档写的方法",
    406: "只提供 JSON",
    409: "重新读取，按现状决定还要不要做",
    410: "内容不再保存，从头来一次",
    412: "重新读取，核对后带新的 ETag 再改",
    413: "把请求拆小",
    415: "换成文档写的 Content-Type",
    422: "按 detail 和条款改内容；没有改就不要重发",
    428: "先读取，带上 If-Match 再改",
    429: "按 Retry-After 等待后原样重发",
    500: "用同一个 Idempotency-Key 原样重发；还不行，带上 X-Request-ID 联系平台",
    503: "稍后用同一个 Idempotency-Key 原样重发",
}

Found = dict[str, dict[str, Any]]


def collect() -> Found:
    """Code -> `status` (each it can come with) and `words` (as the code says them, `…` where a value stands)."""
    trees = [ast.parse(path.read_text("utf-8")) for app in APPS for path in sorted((ROOT / app).rglob("*.py"))]
    statuses = _statuses(trees)
    found: Found = {}
    for default, (code, words) in problems.KNOWN.items():
        _add(found, code, _known(default), words)
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                for status, code, words in _said(node, statuses):
                    _add(found, code, status, words)
    for code, words in [row for tree in trees for node in ast.walk(tree) for row in _wrong(node)]:
        found.setdefault(code, {"status": [400, 422], "words": words})
    return dict(sorted(found.items()))


def _known(default: str) -> int:
    statuses = {"not_authenticated": 401, "authentication_failed": 401, "permission_denied": 403, "not_found": 404}
    more = {"method_not_allowed": 405, "not_acceptable": 406, "unsupported_media_type": 415, "throttled": 429}
    return (statuses | more).get(default, 400)


def _add(found: Found, code: str, status: int, words: str) -> None:
    one = found.setdefault(code, {"status": [], "words": words})
    one["status"] = sorted({*one["status"], status})
    one["words"] = one["words"] or words


def _statuses(trees: list[ast.Module]) -> dict[str, int]:
    """The name of every kind of refusal -> its status."""
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    found = dict(FRAME)
    for _ in range(4):  # as deep as the family goes
        for one in classes:
            parent = next((base.id for base in one.bases if isinstance(base, ast.Name) and base.id in found), None)
            if parent:
                found[one.name] = _own(one) or found[parent]
    for one in [one for one in classes if one.name in found]:
        for node in ast.walk(one):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "__init__":
                node.func.attr = one.name  # super().__init__(…, code=…) refuses as its class does
    return found


def _own(one: ast.ClassDef) -> int | None:
    for line in one.body:
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name) and line.targets[0].id == "status":
            return ast.literal_eval(line.value)
    return None


def _said(call: ast.Call, statuses: dict[str, int]) -> Iterator[tuple[int, str, str]]:
    """(status, code, words) of a call that refuses."""
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    if name in SAYING:
        yield from _in_a_row(call.args if SAYING[name] is None else [ast.Constant(SAYING[name]), *call.args])
    elif name in statuses:
        given = next((one.value for one in call.keywords if one.arg == "code"), None)
        words = _text(call.args[0]) if call.args else ""
        yield from ((statuses[name], one, words) for one in _texts(given))


def _in_a_row(args: list[ast.expr]) -> Iterator[tuple[int, str, str]]:
    status = args[0].value if args and isinstance(args[0], ast.Constant) else None
    if isinstance(status, int) and len(args) >= 3:
        yield from ((status, one, _text(args[2])) for one in _texts(args[1]))


def _wrong(row: ast.AST) -> Iterator[tuple[str, str]]:
    """(code, words) of a row of `invalid_params` as doors write it: (JSON pointer, code, Chinese words)."""
    if (
        isinstance(row, ast.Tuple)
        and len(row.elts) == 3
        and isinstance(row.elts[0], ast.JoinedStr | ast.BinOp | ast.Name)
    ):
        words = _text(row.elts[2])
        if any("一" <= char <= "鿿" for char in words):
            yield from ((code, words) for code in _texts(row.elts[1]) if CODE.fullmatch(code))


def _texts(node: ast.expr | None) -> Iterator[str]:
    """The texts an expression can be: a constant, or either side of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))


def _text(node: ast.expr) -> str:
    """Words as written, `…` for every value put in."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(one) if isinstance(one, ast.Constant) else "…" for one in node.values)
    if isinstance(node, ast.BinOp):
        return _text(node.left) + _text(node.right)
    return ""


def write() -> str:
    """The list as YAML: ours anew, what is written by hand kept."""
    kept: Found = yaml.safe_load(PATH.read_text("utf-8")) if PATH.is_file() else {}
    found = collect()
    made = {code: {**one, **_hand(kept.get(code, {}))} for code, one in found.items()}
    gone = {code: {**one, "gone": True} for code, one in kept.items() if code not in found}
    return dump(dict(sorted((made | gone).items())))


def _hand(one: dict[str, Any]) -> dict[str, Any]:
    return {name: one[name] for name in ("do",) if name in one}


def advice(statuses: list[int]) -> str:
    """What to do about a refusal of this status, where the code itself says nothing more."""
    return ADVICE.get(statuses[0], "")


@lru_cache(maxsize=1)
def listed() -> Found:
    """The committed list."""
    return yaml.safe_load(PATH.read_text("utf-8"))
