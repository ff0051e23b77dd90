import datetime as dt
import unicodedata

from django import forms
from django.utils import timezone

EARLIEST = dt.date(1990, 1, 1)


class DayField(forms.DateField):
    def to_python(self, value: object) -> dt.date | None:
        """Full-width digits and signs are read as their plain ones."""
        return super().to_python(unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else value)


class DayForm(forms.Form):
    """As of which day a board is asked for; nothing given means today."""

    on = DayField(
        label="统计日期",
        required=False,
        input_formats=["%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "日期的写法不对，例如 2024-03-05"},
    )

    def clean_on(self) -> dt.date:
        """Boards tell what was and is, not what will be."""
        on = self.cleaned_data["on"] or timezone.localdate()
        if on > timezone.localdate():
            raise forms.ValidationError("日期不能晚于今天")
        if on < EARLIEST:
            raise forms.ValidationError("日期不能早于1990年1月1日")
        return on


MONTHS, YEAR = (3, 6, 12, 24, 36), 12


class SpanForm(DayForm):
    """The months that end with a day; a year where nothing is told."""

    months = forms.TypedChoiceField(
        label="时间范围",
        choices=[(number, f"最近 {number} 个月") for number in MONTHS],
        coerce=int,
        empty_value=YEAR,
        required=False,
        initial=YEAR,
        error_messages={"invalid_choice": "时间范围从列出的几种里选"},
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.mark = "none"
