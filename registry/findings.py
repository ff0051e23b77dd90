"""What one rule says of one organisation: the line of which every receipt is made. No database."""

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, Self

from registry.policy.parameters import Modality, Parameter


class Verdict(StrEnum):
    """The outcome of one rule. `UNKNOWN` never counts as a pass; `ADVICE` neither blocks nor praises."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"
    ADVICE = "advice"

    @property
    def label(self) -> str:
        return {"pass": "符合", "fail": "不符合", "unknown": "待核实", "advice": "提示"}[self.value]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One rule, its source, what it requires, what the facts say, and the verdict.

    `required` and `actual` are plain JSON values (numbers, booleans, codes, lists, None = not known). `label` says
    the same in Chinese for people. `statutory` shows the national value beside a local, relaxed one. `blocks` is
    false for duties that begin after founding (party building) and for papers handed in later (charter): they are
    judged and shown, but do not decide whether an organisation can be registered. `lacking` is how many more are
    needed, where that can be counted; `remedy` says in Chinese what would mend a failed or unknown rule.
    """

    key: str
    document: str
    clause: str
    modality: Modality
    required: Any
    actual: Any
    verdict: Verdict
    assumed: bool = False
    label: str = ""
    statutory: str = ""
    blocks: bool = True
    lacking: int | None = None
    remedy: str = ""

    @property
    def open(self) -> bool:
        """Whether this stands between the organisation and its registration: a MUST that fails or is unknown."""
        binding = self.blocks and self.modality == Modality.MUST
        return binding and self.verdict in (Verdict.FAIL, Verdict.UNKNOWN)

    @property
    def blocking(self) -> bool:
        """Whether it fails for certain and must hold."""
        return self.open and self.verdict == Verdict.FAIL

    def under(self, key: str) -> Self:
        """The same finding under another key, where one clause speaks of two things."""
        return replace(self, key=key)

    def to_json(self) -> dict[str, Any]:
        """A plain dict; strings for the enumerations."""
        return asdict(self) | {"modality": str(self.modality), "verdict": str(self.verdict)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The finding whose `to_json` this is."""
        known = {"modality": Modality(data["modality"]), "verdict": Verdict(data["verdict"])}
        return cls(**data | known)


def verdict_of(answer: bool | None) -> Verdict:
    """True passes, False fails, None is unknown."""
    if answer is None:
        return Verdict.UNKNOWN
    return Verdict.PASS if answer else Verdict.FAIL


def found(rule: Parameter, answer: bool | None, *, required: Any, actual: Any, label: str, **more: Any) -> Finding:
    """The finding of one parameter. A rule that is not a MUST can be met, but never missed: a miss is advice."""
    verdict = verdict_of(answer)
    if rule.modality != Modality.MUST and verdict != Verdict.PASS:
        verdict = Verdict.ADVICE
    values = {
        "key": rule.key,
        "document": rule.document,
        "clause": rule.clause,
        "modality": rule.modality,
        "required": required,
        "actual": actual,
        "verdict": verdict,
        "assumed": rule.assumed,
        "label": label,
    }
    settled = {"remedy": "", "lacking": None} if verdict == Verdict.PASS else {}
    return Finding(**values | more | settled)
