"""The receipt: a verdict with everything it rests on, the same for browser, API, command line and auditor."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Self

from registry.findings import Finding, Verdict
from registry.policy.parameters import Pack


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """Tier, desk and regime; every rule with its verdict; what is missing for registration; the editions used.

    `missing` is the distance to registration: a list of {key, label, lacking}, empty when it can be registered.
    `packs` names the editions: a list of {slug, short, digest, starts}, nearest place first.
    """

    tier: str
    desk: str
    regime: str | None
    findings: tuple[Finding, ...]
    missing: tuple[dict[str, Any], ...]
    packs: tuple[dict[str, str], ...]
    on: dt.date
    place: str

    @property
    def blocking(self) -> list[Finding]:
        """The MUST rules that fail for certain."""
        return [finding for finding in self.findings if finding.blocking]

    @property
    def unknown(self) -> list[Finding]:
        """The rules that cannot be judged yet because a fact is missing."""
        return [finding for finding in self.findings if finding.verdict == Verdict.UNKNOWN]

    def over(self, findings: Iterable[Finding]) -> Self:
        """The same receipt over other findings, its distance counted anew."""
        kept = tuple(findings)
        return replace(self, findings=kept, missing=distance(kept))

    def to_json(self) -> dict[str, Any]:
        """A plain dict, as `manage.py assess` prints it."""
        return {
            "tier": self.tier,
            "desk": self.desk,
            "regime": self.regime,
            "rules": [finding.to_json() for finding in self.findings],
            "missing": list(self.missing),
            "pack": list(self.packs),
            "on": self.on.isoformat(),
            "place": self.place,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The receipt whose `to_json` this is."""
        return cls(
            tier=data["tier"],
            desk=data["desk"],
            regime=data["regime"],
            findings=tuple(map(Finding.from_json, data["rules"])),
            missing=tuple(data["missing"]),
            packs=tuple(data["pack"]),
            on=dt.date.fromisoformat(data["on"]),
            place=data["place"],
        )


def distance(findings: Iterable[Finding]) -> tuple[dict[str, Any], ...]:
    """What stands between the organisation and its registration, in the order of the checks, each said once."""
    open_ones = [finding for finding in findings if finding.open]
    lines = {one.remedy: one for one in reversed(open_ones)}
    kept = [one for one in open_ones if lines[one.remedy] is one]
    return tuple({"key": one.key, "label": one.remedy, "lacking": one.lacking} for one in kept)


def edition(pack: Pack) -> dict[str, str]:
    """Which edition of a document judged, so that the verdict can be repeated."""
    return {"slug": pack.slug, "short": pack.short, "digest": pack.digest, "starts": pack.starts.isoformat()}
