"""An operation of the document in words: what goes in, what comes out, for people."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portal.api.schema.stories import Step

KINDS = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "boolean": "true 或 false",
    "object": "对象",
    "null": "null",
}
FORMATS = {
    "date": "日期 YYYY-MM-DD",
    "date-time": "时间 ISO 8601",
    "uuid": "UUID",
    "uri": "网址",
    "binary": "文件",
    "email": "电子邮箱",
}
LIMITS = {
    "minLength": "至少 {} 字",
    "maxLength": "最多 {} 字",
    "minimum": "不小于 {}",
    "maximum": "不大于 {}",
    "minItems": "至少 {} 项",
    "maxItems": "最多 {} 项",
}
CHOICE = re.compile(r"\* `([^`]*)` - (.*)")
DEEPEST = 4
TOKENS = {"platform": "$TOKEN", "community": "$COMMUNITY_TOKEN", "street": "$STREET_TOKEN"}
PHRASES = {200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 304: "Not Modified"}


@dataclass(frozen=True)
class Row:
    """One field or parameter: where it stands, what kind, whether it must be there, what it means."""

    name: str
    kind: str
    must: bool
    words: str
    limits: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    place: str = ""


class Reader:
    """Reads one document; follows its references."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document

    def resolve(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """What a reference points at; what stands beside the reference goes before."""
        while "$ref" in value:
            found: Any = self.document
            for part in value["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            value = {**found, **{name: one for name, one in value.items() if name != "$ref"}}
        for choice in ("allOf", "oneOf"):
            if choice in value:
                parts = [self.resolve(one) for one in value[choice]]
                real = next((one for one in parts if one.get("type") != "null"), {})
                rest = {name: one for name, one in value.items() if name != choice}
                nullable = {"nullable": True} if len(parts) > 1 and {"type": "null"} in parts else {}
                return {**real, **rest, **nullable}
        return dict(value)

    def parameters(self, operation: Mapping[str, Any]) -> list[Row]:
        """Path, query and header parameters."""
        places = {"path": "地址", "query": "参数", "header": "请求头"}
        found = []
        for one in map(self.resolve, operation.get("parameters", [])):
            row = self.row(one["name"], one["schema"], one.get("required", False), one.get("description", ""))
            found.append(Row(**{**row.__dict__, "place": places[one["in"]]}))
        return found

    def fields(self, schema: Mapping[str, Any], before: str = "", depth: int = 0) -> Iterator[Row]:
        """Every field of an object, those of objects in it behind it."""
        found = self.resolve(schema)
        if found.get("type") == "array":
            yield from self.fields(found.get("items", {}), f"{before}[]", depth)
            return
        for name, one in found.get("properties", {}).items():
            here = f"{before}.{name}" if before else name
            yield self.row(here, one, name in found.get("required", []))
            if depth < DEEPEST:
                yield from self.fields(one, here, depth + 1)

    def row(self, name: str, schema: Mapping[str, Any], must: bool, words: str = "") -> Row:
        """One field in words."""
        found = self.resolve(schema)
        said = words or found.get("description", "")
        inner = self.resolve(found.get("items", {})) if found.get("type") == "array" else found
        labels = dict(CHOICE.findall(said) or CHOICE.findall(inner.get("description", "")))
        choices = tuple((str(one), labels.get(str(one), "")) for one in inner.get("enum", []) if one not in (None, ""))
        return Row(name, self.kind(found), must, said.partition("\n\n*")[0].strip(), limits(found), choices)

    def kind(self, schema: Mapping[str, Any]) -> str:
        """The type in words."""
        types = schema.get("type", "")
        types = [types] if isinstance(types, str) else list(types)
        if "array" in types:
            return f"列表，每项是{self.kind(self.resolve(schema.get('items', {})))}"
        words = [FORMATS.get(schema.get("format", ""), KINDS.get(one, "任意")) for one in types if one != "null"]
        if "null" in types or schema.get("nullable"):
            words.append("null")
        return "或 ".join(words) or "任意"

    def body(self, operation: Mapping[str, Any]) -> tuple[str, list[Row]]:
        """(media type, fields) of the request body; ("", []) without one."""
        for media, one in operation.get("requestBody", {}).get("content", {}).items():
            return media, list(self.fields(one["schema"]))
        return "", []

    def answers(self, operation: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Each status with its words, and the fields of what is told."""
        found = []
        for status, one in operation["responses"].items():
            answer = self.resolve(one)
            media, content = next(iter(answer.get("content", {}).items()), ("", {}))
            bad = media == "application/problem+json"
            rows = [] if bad or not content else list(self.fields(content.get("schema", {})))
            found.append({"status": status, "words": answer["description"], "media": media, "fields": rows, "bad": bad})
        return found


def limits(schema: Mapping[str, Any]) -> str:
    """The bounds of a value in words."""
    found = [words.format(schema[name]) for name, words in LIMITS.items() if name in schema]
    if "default" in schema:
        found.append(f"不写是 {json.dumps(schema['default'], ensure_ascii=False)}")
    return "，".join(found)


def curl(step: Step, host: str) -> str:
    """A request as it can be pasted into a terminal: what earlier answers told stands as a variable of the shell."""
    shows = "-O" if _file(step) else "-i"
    verb = "" if step.method == "GET" else f" -X {step.method}"
    lines = [f"curl {shows}{verb} {_quoted(host + step.pasted.get('path', step.path))}"]
    if step.speaker:
        lines.append(f'-H "Authorization: Bearer {TOKENS.get(step.speaker, "$OTHER_TOKEN")}"')
    headers = step.pasted.get("headers", step.headers)
    lines += [f"-H {_quoted(f'{name}: {value}')}" for name, value in headers.items()]
    lines += [f"--data-urlencode '{name}={value}'" for name, value in step.form.items() if not step.files]
    lines += [f"-F '{name}={value}'" for name, value in step.form.items() if step.files]
    lines += [f"-F '{name}=@{value}'" for name, value in step.files.items()]
    if step.body is not None:
        lines.append("-H 'Content-Type: application/json'")
        lines.append(f"-d '{json.dumps(step.body, ensure_ascii=False, indent=2)}'")
    return " \\\n  ".join(lines)


def _quoted(text: str) -> str:
    """Quoted for the shell; double where a variable is to be filled in."""
    return f'"{text}"' if "$" in text else f"'{text}'"


def _file(step: Step) -> bool:
    """Whether the answer is a file to be saved, not shown."""
    return 200 <= step.status < 300 and "Content-Disposition" in step.told


def kept(step: Step) -> list[tuple[str, str]]:
    """(variable of the shell, where its value stands in the answer) of what later examples need."""
    said = {name: f"答复里的 {at[1:].replace('/', '.')}" for name, at in step.kept.items() if at.startswith("/")}
    return list((said | {name: f"答复头 {at}" for name, at in step.kept.items() if name not in said}).items())


def answer(step: Step) -> str:
    """An answer as it comes over the wire."""
    lines = [f"HTTP/1.1 {step.status} {PHRASES.get(step.status, '')}".rstrip()]
    lines += [f"{name}: {value}" for name, value in step.told.items()]
    if step.answer is not None:
        lines += ["", json.dumps(step.answer, ensure_ascii=False, indent=2)]
    return "\n".join(lines)
