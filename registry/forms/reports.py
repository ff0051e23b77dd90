"""Questions all reports share: a few sentences, an amount."""

from django import forms

from registry.forms.fields import CountField

WORDS = 500


def told(label: str, *, required: bool = True, help_text: str = "") -> forms.CharField:
    """A few sentences."""
    return forms.CharField(
        label=label,
        max_length=WORDS,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"{label}不能超过 {WORDS} 个字"},
    )


def yuan(label: str, *, required: bool = True, help_text: str = "") -> CountField:
    """An amount in whole yuan."""
    return CountField(label=f"{label}（元）", limit=10**12, required=required, help_text=help_text)
