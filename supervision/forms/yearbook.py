"""Which period of a place is frozen, and why once more."""

import datetime as dt

from django import forms

from registry import periods
from registry.periods import QUARTER, YEAR, Period

QUARTERS, YEARS = 8, 5


class FreezeForm(forms.Form):
    """A period that is over, and the reason where it was frozen before and something differs."""

    period = forms.ChoiceField(label="报告期", error_messages={"invalid_choice": "从列出的报告期里选"})
    cause = forms.CharField(
        label="重新定稿的原因",
        required=False,
        max_length=200,
        help_text="这个报告期定过稿、内容又有变动时要写，例如：补录了一家 9 月备案的组织。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, on: dt.date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = [(one.key, one.label) for one in recent(on)]


def recent(on: dt.date) -> list[Period]:
    """The quarters and years that were over on a day, the newest first."""
    return [*_back(on, QUARTER, QUARTERS), *_back(on, YEAR, YEARS)]


def _back(on: dt.date, months: int, many: int) -> list[Period]:
    found: list[Period] = []
    for _ in range(many):
        found.append(periods.before(found[-1].first if found else on, months))
    return found
