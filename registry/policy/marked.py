"""YAML read together with the line each thing stands on, so that a refusal can name it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


class PackError(Exception):
    """A pack file cannot be used. The message is Chinese and names the file and, where known, the line."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        where = f"{path.name} 第 {line} 行" if line else path.name
        super().__init__(f"{where}：{reason}")
        self.path, self.line, self.reason = path, line, reason


@dataclass(frozen=True)
class Marked:
    """A mapping of a YAML file: plain values, and the line of every name."""

    path: Path
    line: int
    values: dict[str, Any]
    lines: dict[str, int]

    def line_of(self, name: str) -> int:
        return self.lines.get(name, self.line)

    def refuse(self, name: str, reason: str) -> PackError:
        """The error that says what is wrong with one name of this mapping."""
        return PackError(self.path, self.line_of(name), reason)


def read_marked(path: Path) -> tuple[Marked, list[Marked]]:
    """The header of a pack file and its `parameters`, each with lines; PackError when it is no such file."""
    header = _mapping(path, _root(path))
    raw = header.values.pop("parameters", None)
    if not isinstance(raw, yaml.SequenceNode):
        raise header.refuse("parameters", "缺少参数列表")
    return header, [_mapping(path, node) for node in raw.value]


def _root(path: Path) -> yaml.Node:
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise PackError(path, line, "不是有效的 YAML 格式") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise PackError(path, 0, "不是有效的 YAML 文本文件") from error
    except OSError as error:
        raise PackError(path, 0, "文件无法读取") from error
    if node is None:
        raise PackError(path, 1, "文件是空的")
    return node


def _mapping(path: Path, node: yaml.Node) -> Marked:
    if not isinstance(node, yaml.MappingNode):
        raise PackError(path, _line(node), "这里应为“名称: 值”的形式")
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for name, child in node.value:
        if name.value in values:
            raise PackError(path, _line(name), f"“{name.value}”重复出现")
        _refuse_floats(path, child)
        lines[name.value] = _line(name)
        values[name.value] = child if name.value == "parameters" else _plain(path, child)
    return Marked(path, _line(node), values, lines)


def _refuse_floats(path: Path, node: yaml.Node) -> None:
    for found in _scalars(node):
        if found.tag == "tag:yaml.org,2002:float":
            raise PackError(path, _line(found), f'不能使用小数 {found.value}，请写成整数或分数，如 "1/3"')


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _scalars(child)
    elif isinstance(node, yaml.MappingNode):
        for _, child in node.value:
            yield from _scalars(child)


def _plain(path: Path, node: yaml.Node) -> Any:
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node, deep=True)
    except (yaml.YAMLError, ValueError) as error:
        raise PackError(path, _line(node), f"值无法读取：{getattr(node, 'value', '')}") from error
    finally:
        loader.dispose()


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
