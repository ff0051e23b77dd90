"""What a district officer fills in to change a place: the new fact, the day it counts from, the source."""

import datetime as dt

from django import forms
from django.utils import timezone

from portal.errors import Refusal
from registry import places
from registry.forms.fields import CountField, narrow
from registry.models import Jurisdiction, Population


class DayField(forms.DateField):
    """A day, typed in any width."""

    default_error_messages = {"invalid": "日期应写成 2024-03-05 的样子"}

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(**kwargs)

    def to_python(self, value: object) -> dt.date | None:
        return super().to_python(narrow(value) if isinstance(value, str) else value)


class SourceForm(forms.Form):
    """Every change says where it is written down."""

    use_required_attribute = False
    field_order = ["code", "name", "area_class", "year", "kind", "people", "on", "source"]
    source = forms.CharField(
        label="依据",
        max_length=180,
        help_text="批文或公报，例如 渝府〔2024〕5号",
        error_messages={"max_length": "依据不能超过 180 个字"},
    )

    def __init__(self, *args, place: Jurisdiction, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.place = place


class DatedForm(SourceForm):
    """A change with the day it counts from."""

    on = DayField(label="生效日期")

    def clean_on(self) -> dt.date:
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError("生效日期不能晚于今天", code="future")
        if on.year < 1949:
            raise forms.ValidationError("生效日期太早，请核对", code="too_early")
        return on


class SeenForm(DatedForm):
    """A change of a place that stands: remembers which state of it the person was looking at."""

    seen = CountField(limit=2**62, widget=forms.HiddenInput, required=False)

    def clean_seen(self) -> int:
        return self.cleaned_data["seen"] or 0


class NameForm(SeenForm):
    name = forms.CharField(label="新名称", max_length=80, error_messages={"max_length": "名称不能超过 80 个字"})

    def clean_name(self) -> str:
        return han_name(self.cleaned_data["name"])


class ClassForm(SeenForm):
    area_class = forms.ChoiceField(
        label="城乡类别", choices=Jurisdiction.AreaClass.choices, required=False, widget=forms.RadioSelect
    )


class EndForm(SeenForm):
    pass


class AddForm(DatedForm):
    code = forms.CharField(label="区划代码", max_length=40, help_text="街道、乡镇 9 位，社区、村 12 位，以上级代码开头")
    name = forms.CharField(label="名称", max_length=80, error_messages={"max_length": "名称不能超过 80 个字"})

    def clean_code(self) -> str:
        try:
            return places.read_code(narrow(self.cleaned_data["code"]))
        except Refusal as refusal:
            raise forms.ValidationError(refusal.reason, code=refusal.code) from refusal

    def clean_name(self) -> str:
        return han_name(self.cleaned_data["name"])


class PopulationForm(SourceForm):
    year = CountField(label="年份", limit=9999)
    kind = forms.ChoiceField(label="口径", choices=Population.Kind.choices, widget=forms.RadioSelect)
    people = CountField(label="人数", limit=2_000_000_000)

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if not 1949 <= year <= timezone.localdate().year:
            raise forms.ValidationError("年份应在 1949 年到今年之间", code="year")
        return year


def han_name(text: str) -> str:
    """A name without blanks; it has at least one Chinese character."""
    name = "".join(text.split())
    if not any("㐀" <= letter <= "鿿" or letter > "\U00020000" for letter in name):
        raise forms.ValidationError("名称应有汉字", code="no_han")
    return name
