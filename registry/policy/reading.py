"""A policy document for people: its parameters by theme, each in words, with the statutory value beside it."""

import datetime as dt
from dataclasses import dataclass

from registry.policy.keys import KEYS, level_words, words
from registry.policy.parameters import Modality, Pack, Parameter
from registry.policy.resolve import Rules
from registry.policy.vocabulary import THEMES

TONES = {Modality.MUST: "bad", Modality.TARGET: "info", Modality.MAY: "good", Modality.EXPLORE: "plain"}


@dataclass(frozen=True)
class Line:
    """One parameter in words. `statutory` is what national law says where it differs, with its source."""

    parameter: Parameter
    label: str
    meaning: str
    required: str
    measured_at: str
    tone: str
    lapsed: bool
    statutory: str
    statutory_source: str


@dataclass(frozen=True)
class Chapter:
    """The lines of one theme."""

    theme: str
    label: str
    lines: tuple[Line, ...]


def chapters(pack: Pack, nation: list[Pack], on: dt.date) -> list[Chapter]:
    """The parameters of a document grouped by theme, in the order of the themes; empty themes are left out."""
    rules = Rules((pack, *nation), max(on, pack.starts))
    grouped = {theme: [p for p in pack.parameters if KEYS[p.key].theme == theme] for theme in THEMES}
    return [
        Chapter(theme, THEMES[theme], tuple(_line(parameter, rules) for parameter in parameters))
        for theme, parameters in grouped.items()
        if parameters
    ]


def _line(parameter: Parameter, rules: Rules) -> Line:
    key, law = KEYS[parameter.key], rules.statutory(parameter)
    return Line(
        parameter=parameter,
        label=key.label,
        meaning=key.meaning,
        required=words(parameter),
        measured_at=level_words(parameter),
        tone=TONES[parameter.modality],
        lapsed=parameter.lapsed(rules.on) and key.kind == "target",
        statutory=words(law) if law else "",
        statutory_source=f"{law.document} {law.clause}" if law else "",
    )
