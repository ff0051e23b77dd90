"""What a check looks at: the facts, the rules of the place, the day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from registry.eligibility.facts import Facts
from registry.names.parser import Tree
from registry.policy.keys import KEYS, words
from registry.policy.parameters import ANY, Parameter
from registry.policy.resolve import Rules

REGISTRABLE = ("association", "social_service_org", "foundation")


@dataclass(frozen=True)
class Context:
    """Facts and rules on a day. `tree` knows the place names around; `existing` the names under the same authority."""

    facts: Facts
    rules: Rules
    on: dt.date
    tree: Tree | None = None
    existing: Iterable[str] = ()

    @property
    def form(self) -> str:
        """The legal form for looking rules up: any, as long as it is unknown."""
        return self.facts.legal_form or ANY

    @property
    def hub(self) -> str | None:
        return None if self.facts.hub_type == "none" else self.facts.hub_type

    def rule(self, key: str) -> Parameter | None:
        """What the nearest place says of a key for this legal form and hub type."""
        return self.rules.get(key, form=self.form, hub=self.hub)

    def statutory(self, rule: Parameter) -> Parameter | None:
        """The national value of the same rule for this form, where the local one departs from it."""
        national = next((p for p in self.rules.all(rule.key, form=self.form, hub=self.hub) if p.national), None)
        return national if national and national.value != rule.value else None

    def statutory_words(self, rule: Parameter) -> str:
        """上位法提示: the national value in words with its source, "" where there is no difference."""
        return spoken(self.statutory(rule))


def title(rule: Parameter) -> str:
    """What the rule asks for, in words: 注册资金不低于 2000 元."""
    return f"{KEYS[rule.key].label}：{words(rule)}"


def spoken(national: Parameter | None) -> str:
    """A national rule in words with its source, "" for none."""
    return f"上位法：{title(national)}（{national.document} {national.clause}）" if national else ""
