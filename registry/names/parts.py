"""The components of an organisation's name, in the order the Yubei document gives them (YB 三（四）2)."""

from dataclasses import dataclass

COMPONENTS = ("division", "community", "zihao", "field", "form")
LABELS = {
    "division": "行政区划",
    "community": "社区（村）",
    "zihao": "字号",
    "field": "业务范围（领域）",
    "form": "组织形式",
}


@dataclass(frozen=True, kw_only=True)
class Parts:
    """行政区划 + 社区（村）+ 字号 + 业务范围 + 组织形式. "" = the name has no such part, None = not known.

    `order` is the order in which the parts stand in a pasted name; parts typed in one by one stand in order.
    """

    division: str | None = None
    community: str | None = None
    zihao: str | None = None
    field: str | None = None
    form: str | None = None
    order: tuple[str, ...] = COMPONENTS

    @property
    def full(self) -> str:
        """The parts that are known, joined in order."""
        return "".join(getattr(self, component) or "" for component in self.order)

    def to_json(self) -> dict[str, str | None]:
        """The five parts by name."""
        return {component: getattr(self, component) for component in COMPONENTS}
