"""A pasted full name taken apart against the place tree.

The tree is asked first; where it does not know a place (or there is none), the endings of Chinese place names decide
(省 市 区 县, 街道 镇 乡, 社区 村). The rest is split into 字号 and field by the lexicon of fields, longest word first.
What cannot be told stays None, so that the checks say "unknown" instead of guessing.
"""

import re
import unicodedata
from typing import Protocol

from registry.names.folding import is_han
from registry.names.parts import Parts
from registry.names.words import FIELDS, FORMS, PROVINCES


class Tree(Protocol):
    """The names the place tree knows around an organisation."""

    def divisions(self) -> list[str]:
        """Full and short names of the places down to the street: 重庆市渝北区, 渝北区, 重庆市渝北区双龙湖街道."""

    def communities(self) -> list[str]:
        """Names of communities and villages as they stand in a name: 花卉园社区."""


class NoTree:
    """When no place tree is at hand: the endings of place names must do."""

    def divisions(self) -> list[str]:
        return []

    def communities(self) -> list[str]:
        return []


Span = tuple[int, int]
NOWHERE: Span = (0, 0)
UNIT = r"(?:(?!社区|街道|小区|园区)[\u3400-\u9fff]){1,9}?(?:自治区|自治州|自治县|(?<!城)市|(?<![社小园])区|县|旗|盟|省)"
STREET = r"(?:(?!社区|服务)[\u3400-\u9fff]){2,8}?(?:街道|(?<!城)镇(?!街)|乡(?![村贤风亲镇]))"
TOWN = re.compile(rf"{STREET}(?=.)")
PROVINCIAL = re.compile(rf"(?:{'|'.join(PROVINCES)})(?:{UNIT}){{0,3}}")
LEADING = re.compile(rf"(?:{UNIT}){{1,3}}")
COMMUNITY = re.compile(r"[\u3400-\u9fff0-9]{2,10}?(?:社区|(?<![农乡新山])村)")


def tidy(full: str) -> str:
    """The name without blanks, width differences levelled: only for reading, never stored."""
    return "".join(unicodedata.normalize("NFKC", full).split())


def parse(full: str, tree: Tree | None = None) -> Parts:
    """The parts of a full name, and in `order` how they stand in it. Parts the name does not have are ""."""
    text, known = tidy(full), tree or NoTree()
    form = next((ending for ending in sorted(FORMS, key=len, reverse=True) if text.endswith(ending)), "")
    body = text[: len(text) - len(form)]
    division = _division(body, known.divisions())
    community = _community(body, division, known.communities())
    spans = sorted(span for span in (division, community) if span != NOWHERE)
    rest = _without(body, spans)
    zihao, field = _split(rest)
    parts = {"division": _cut(body, division), "community": _cut(body, community)}
    order = _order(body, {"division": division, "community": community})
    return Parts(**parts, zihao=zihao, field=field, form=form, order=order)


def _division(body: str, names: list[str]) -> Span:
    """Where the division stands: a known one first, then one that begins with a province, then a leading one."""
    for name in sorted(filter(None, names), key=len, reverse=True):
        at = body.find(name)
        if at >= 0:
            return _with_street(body, (at, at + len(name)))
    match = PROVINCIAL.search(body) or LEADING.match(body)
    return _with_street(body, match.span()) if match else NOWHERE


def _with_street(body: str, span: Span) -> Span:
    """The division with the street, town or township that follows it."""
    if re.search(r"(街道|镇|乡)$", body[: span[1]]):
        return span
    street = TOWN.match(body, span[1])
    return (span[0], street.end()) if street else span


def _community(body: str, division: Span, names: list[str]) -> Span:
    for name in sorted(filter(None, names), key=len, reverse=True):
        at = max(body.find(name, division[1]), body.rfind(name, 0, division[0]))
        if at >= 0:
            return (at, at + len(name))
    if names:  # the tree knows the communities here: what it does not know is a word of the name
        return NOWHERE
    match = COMMUNITY.match(body, division[1]) or COMMUNITY.search(body, 0, division[0])
    return match.span() if match else NOWHERE


def _cut(body: str, span: Span) -> str:
    return body[span[0] : span[1]]


def _without(body: str, spans: list[Span]) -> str:
    for first, last in reversed(spans):
        body = body[:first] + body[last:]
    return body


def _split(rest: str) -> tuple[str | None, str | None]:
    """字号 and field: the longest run of field words at the end is the field. (None, None) if no word is known."""
    at = len(rest)
    while word := next((word for word in LONGEST_FIRST if rest[:at].endswith(word)), ""):
        at -= len(word)
    if rest and at == len(rest):
        return None, None
    return rest[:at], rest[at:]


def _order(body: str, spans: dict[str, Span]) -> tuple[str, ...]:
    """The parts in the order of the name; what stands before the division shows up before it."""
    found = {name: span for name, span in spans.items() if span != NOWHERE}
    covered = {at for span in found.values() for at in range(*span)}
    loose = [at for at in range(len(body)) if at not in covered]
    if loose:
        found["zihao"] = (loose[0], loose[-1])
    names = sorted(found, key=lambda name: found[name][0])
    at = names.index("zihao") + 1 if "zihao" in names else len(names)
    return (*names[:at], "field", *names[at:], "form")


def han_only(text: str) -> bool:
    """Whether every character is a Chinese character."""
    return all(map(is_han, text))


LONGEST_FIRST = sorted(FIELDS, key=len, reverse=True)
