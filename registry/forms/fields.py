"""Form fields that take what people type: full-width digits, spaces, dashes, pasted blanks."""

from collections.abc import Mapping

from django import forms
from django.utils import timezone

from portal.typed import narrow, plain
from registry import identity


class CountField(forms.IntegerField):
    """A whole number, at least 0, typed in any width."""

    default_error_messages = {"invalid": "填写整数，例如 18"}

    def __init__(self, *, unit: str = "", limit: int = 1_000_000, **kwargs) -> None:
        self.unit = unit
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(min_value=0, max_value=limit, **kwargs)
        self.error_messages |= {"min_value": "不能小于 0"}

    def to_python(self, value: object) -> int | None:
        text = narrow(value).replace(",", "")
        if len(text) > 15:
            raise forms.ValidationError("数字太大，核对一下", code="too_long")
        return super().to_python(text)


class NameField(forms.CharField):
    """What something is called: kept as written, without hidden characters and blanks around it."""

    def to_python(self, value: object) -> str:
        return super().to_python(plain(value))


class PhoneField(forms.CharField):
    """A mobile or landline number; stored as digits."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}))
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: object) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return identity.check_phone(text)
        except ValueError as fault:
            raise forms.ValidationError(str(fault), code="phone") from fault


class IdNumberField(forms.CharField):
    """A resident identity number with its check digit."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}))
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: object) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return identity.check_identity_number(text, on=timezone.localdate())
        except ValueError as fault:
            raise forms.ValidationError(str(fault), code="id_number") from fault


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not said."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("widget", forms.RadioSelect)
        kwargs.setdefault("choices", [("yes", "是"), ("no", "否")])
        super().__init__(coerce=lambda text: text == "yes", empty_value=None, **kwargs)


class PastDateField(forms.DateField):
    """A day not later than today."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)
        self.error_messages |= {"invalid": "填写日期，例如 2026-03-01", "required": f"填写{self.label}"}

    def clean(self, value: object) -> object:
        day = super().clean(value)
        if day and day > timezone.localdate():
            raise forms.ValidationError(f"{self.label}不能晚于今天", code="future")
        return day


class TicksField(forms.MultipleChoiceField):
    """Some of several things; kept as one text, the chosen keys with blanks between them."""

    widget = forms.CheckboxSelectMultiple
    words: Mapping[str, str] = {}  # what the sheet calls the choices, where the page says more of them

    def prepare_value(self, value: object) -> object:
        return value.split() if isinstance(value, str) else value

    def to_python(self, value: object) -> list[str]:
        return super().to_python(value.split() if isinstance(value, str) else value)


def choices(enum: type, *, blank: str = "请选择") -> list[tuple[str, str]]:
    """The choices of an enumeration with a first line that asks to choose."""
    return [("", blank), *[(value, label) for value, label in enum.choices if value]]
