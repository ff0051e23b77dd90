"""A name held against the rules of its place: order, 字号, words, and names that exist already."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from registry.findings import Finding, Verdict, found
from registry.names.folding import fold, is_han
from registry.names.parser import Tree, han_only, parse
from registry.names.parts import LABELS, Parts
from registry.names.similar import Likeness, identical, similar
from registry.names.words import RESERVED
from registry.policy.parameters import Modality, Parameter
from registry.policy.resolve import Rules

SLOTS = {  # how the packs call the components
    "division": "division",
    "community_village": "community",
    "zihao": "zihao",
    "business_field": "field",
    "org_form": "form",
}
NAMES_RULE = "社会组织名称管理办法", "第十六条"  # 民政部令第69号
ASK = "尚未填写名称"


@dataclass(frozen=True)
class Subject:
    """The name under examination: its parts, the legal form and scope of its bearer, and the rules of its place."""

    parts: Parts
    rules: Rules
    form: str | None
    scope: str | None
    given: str = ""

    @property
    def own_words(self) -> str:
        """The name without its place: communities may be called 第一社区, organisations may not be called 第一.

        Of a name that cannot be taken apart, the whole.
        """
        known = "".join(part or "" for part in (self.parts.zihao, self.parts.field, self.parts.form))
        return known if None not in (self.parts.zihao, self.parts.field, self.parts.form) else self.given or known

    def ask(self, parts: str = "") -> str:
        """What to do about parts nobody knows: give a name, or write the given one out in full."""
        if not self.given:
            return f"{ASK}中的{parts}" if parts else ASK
        return f"名称看不出{parts}，请按规定的顺序写全" if parts else "请按规定的顺序写全名称"


def read(name: Parts | str | None, tree: Tree | None = None) -> Parts:
    """The parts of a name given in parts or in full; all unknown when nothing is given."""
    if isinstance(name, str):
        return parse(name, tree)
    return name or Parts()


def check(
    name: Parts | str | None,
    rules: Rules,
    *,
    form: str | None,
    scope: str | None,
    tree: Tree | None = None,
    existing: Iterable[str] = (),
) -> list[Finding]:
    """Every rule on names that binds here, with its verdict; a part that is not known makes a rule unknown.

    `existing` are the names under the same authority, each with why it is not free although nobody bears it ("" when
    somebody does). Similar names are advice, identical ones fail (社会组织名称管理办法 第十六条).
    """
    given = name if isinstance(name, str) else ""
    subject = Subject(read(name, tree), rules, form, scope, given)
    lines = [line for one in CHECKS for line in one(subject)]
    full = name if isinstance(name, str) else subject.parts.full
    return lines + list(clashes(full, existing, tree=tree))


def _order(subject: Subject) -> Iterator[Finding]:
    rule = subject.rules.get("name.component_order", form=subject.form)
    if rule is None:
        return
    slots = [SLOTS[code] for code in rule.value]
    standing = [part for part in subject.parts.order if part in slots]
    straight = standing == [part for part in slots if part in standing]
    needed = {part: _needed(part, subject, rule) for part in slots}
    lacking = [part for part in slots if needed[part] and getattr(subject.parts, part) == ""]
    unsure = [part for part in slots if _unsure(needed[part], getattr(subject.parts, part))]
    answer = False if lacking or not straight else (None if unsure else True)
    yield found(
        rule,
        answer,
        required=list(rule.value),
        actual=subject.parts.full or None,
        label=_order_label(straight, lacking, slots),
        remedy=_order_remedy(subject, straight, lacking, unsure),
    )


def _needed(part: str, subject: Subject, rule: Parameter) -> bool | None:
    """Whether a name must have this part; None = not known. The community is needed for a scope of one community,
    字号 where the order is laid down for this legal form alone (elsewhere a rule of its own speaks of it)."""
    if part == "zihao":
        return bool(rule.forms)
    if part == "community":
        return None if subject.scope is None else subject.scope == "community"
    return True


def _unsure(needed: bool | None, part: str | None) -> bool:
    return not part if needed is None else bool(needed) and part is None


def _order_label(straight: bool, lacking: list[str], slots: list[str]) -> str:
    asked = "、".join(LABELS[part] for part in slots)
    if not straight:
        return f"名称各部分顺序不对，应依次为：{asked}"
    if lacking:
        return f"名称缺少：{'、'.join(LABELS[part] for part in lacking)}"
    return f"名称依次由{asked}组成"


def _order_remedy(subject: Subject, straight: bool, lacking: list[str], unsure: list[str]) -> str:
    if not straight:
        return "把名称各部分调整到规定的顺序"
    if lacking:
        return f"在名称中补上{'、'.join(LABELS[part] for part in lacking)}"
    return subject.ask("、".join(LABELS[part] for part in unsure)) if unsure else ""


def _zihao(subject: Subject) -> Iterator[Finding]:
    rule = subject.rules.get("name.zihao.required")
    if rule is None or subject.form == "none":
        return
    required = rule.value.get(subject.form) if subject.form else None
    zihao = subject.parts.zihao
    known = None if zihao is None else bool(zihao)
    answer = True if required is False else (known if required else None)
    label = "名称可以不含字号" if required is False else "名称须有字号"
    yield found(
        rule,
        answer,
        required=required,
        actual=zihao,
        label=label,
        remedy="为名称起一个字号" if known is not None else subject.ask("字号"),
    )
    yield from _han(subject, required)


def _han(subject: Subject, required: bool | None) -> Iterator[Finding]:
    rule = subject.rules.get("name.zihao.min_han_chars")
    if rule is None or required is False:
        return
    zihao, need = subject.parts.zihao, int(rule.exact or 0)
    han = None if zihao is None else sum(map(is_han, zihao))
    answer = None if han is None or required is None else han >= need and han_only(zihao or "")
    lacking = max(0, need - han) if han is not None else None
    yield found(
        rule,
        answer,
        required=need,
        actual=han,
        label=f"字号须有 {need} 个以上汉字，并且只用汉字",
        lacking=lacking or None,
        remedy=subject.ask("字号") if answer is None else f"字号改为 {need} 个以上汉字，不夹用字母和数字",
    )


def _words(subject: Subject) -> Iterator[Finding]:
    rule = subject.rules.get("name.forbidden_words", form=subject.form)
    if rule:
        hits = [word for word in rule.value if word in fold(subject.own_words)]
        yield _worded(rule, subject, hits, "不得使用的词语")


def _restricted(subject: Subject) -> Iterator[Finding]:
    rule = subject.rules.get("name.restricted_words", form=subject.form)
    if rule:
        heads = [subject.parts.full, subject.parts.zihao or "", subject.own_words]
        hits = [word for word in rule.value if any(fold(head).startswith(word) for head in heads)]
        yield _worded(rule, subject, hits, "以“中国”“全国”“中华”开头的写法")


def _worded(rule: Parameter, subject: Subject, hits: list[str], what: str) -> Finding:
    answer = not hits if subject.own_words else None
    label = f"名称含有“{'、'.join(hits)}”，属于{what}" if hits else f"名称不含{what}"
    remedy = f"去掉名称中的“{'、'.join(hits)}”" if hits else subject.ask()
    return found(rule, answer, required=list(rule.value), actual=hits, label=label, remedy=remedy)


def _reserved(subject: Subject) -> Iterator[Finding]:
    """Advice on words that belong to other bodies. The list is the project's own, hence `assumed`."""
    for bodies, words in RESERVED.items():
        hits = [word for word in words if word in subject.own_words]
        if hits:
            yield _advice("name.reserved_words", hits, f"名称含有“{'、'.join(hits)}”，可能被误认为{bodies}，请核对")


def clashes(full: str, existing: Iterable[str], *, tree: Tree | None = None) -> Iterator[Finding]:
    """Identical (fails) and similar (advice) names among `existing`; nothing when there are none.

    Of names that nobody bears any more, or not yet, only the very same counts.
    """
    places = [*tree.divisions(), *tree.communities()] if tree else []
    why = existing if isinstance(existing, Mapping) else dict.fromkeys(existing, "")
    likes = similar(full, [name for name in why if not why[name]], places=places) if full else []
    same, near = _named(likes, same=True), _named(likes, same=False)
    kept = [f"{name}（{why[name]}）" for name in identical(full, [name for name in why if why[name]])]
    if same or kept:
        yield Finding(
            key="name.conflict.identical",
            document=NAMES_RULE[0],
            clause=NAMES_RULE[1],
            modality=Modality.MUST,
            required=[],
            actual=same + kept,
            verdict=Verdict.FAIL,
            label=f"同一登记（备案）机关{'已有相同名称' if same else '的这个名称还不能使用'}：{'、'.join(same + kept)}",
            remedy="换一个没有用过的名称",
        )
    if near:
        yield _advice("name.conflict.similar", near, f"已有相近名称，请核对是否重复：{'、'.join(near)}")


def _named(likes: list[Likeness], *, same: bool) -> list[str]:
    return [like.name for like in likes if like.same is same]


def _advice(key: str, hits: list[str], label: str) -> Finding:
    return Finding(
        key=key,
        document=NAMES_RULE[0],
        clause="" if key == "name.reserved_words" else NAMES_RULE[1],
        modality=Modality.MAY,
        required=[],
        actual=hits,
        verdict=Verdict.ADVICE,
        assumed=True,
        label=label,
    )


CHECKS: tuple[Callable[[Subject], Iterator[Finding]], ...] = (_order, _zihao, _words, _restricted, _reserved)
