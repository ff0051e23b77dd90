"""The questions of a trial: which document, as of which day, and other values for what can be varied in it."""

from collections.abc import Iterator
from typing import Any

from django import forms

from registry.models import LegalForm
from registry.policy.keys import KEYS, code_words, words
from registry.policy.parameters import Pack, Parameter
from registry.policy.vocabulary import THEMES
from supervision.forms.days import DayField, DayForm
from supervision.trials import edits
from supervision.trials.edits import CHOICES, EditError, Values
from supervision.trials.running import variable

VALUE, DUE, WHOLE = "v-", "d-", "all"  # `all`: the whole form was sent, what is absent was left empty
READINGS = [(form.value, form.label) for form in (LegalForm.ASSOCIATION, LegalForm.SERVICE)]
FLAGS = [("yes", "要求"), ("no", "不要求")]


class AskForm(DayForm):
    """Which document, as of which day, and how organisations without a legal form are read."""

    document = forms.ChoiceField(
        label="要测算的文件", error_messages={"invalid_choice": "本地这一天没有这份文件，重新选择"}
    )
    reading = forms.ChoiceField(
        label="备案组织按哪种组织形式测算",
        choices=READINGS,
        required=False,
        help_text="备案的组织还没有组织形式，登记条件因组织形式而不同。",
        error_messages={"invalid_choice": "组织形式只能选社会团体或社会服务机构"},
    )
    field_order = ["document", "on", "reading"]

    def __init__(self, data: Any, documents: list[Pack]) -> None:
        super().__init__(data)
        self.fields["document"].choices = [(pack.slug, pack.short) for pack in documents]

    def clean_reading(self) -> str:
        return self.cleaned_data["reading"] or LegalForm.ASSOCIATION


class ValuesForm(forms.Form):
    """Other values for the parameters of one document; what is left as it is changes nothing."""

    def __init__(self, data: Any, pack: Pack) -> None:
        self.pack, self.varied = pack, variable(pack)
        self.values: Values = {}
        super().__init__(_filled(data, self.varied))
        for parameter in self.varied:
            if edits.asks_value(parameter):
                self.fields[VALUE + parameter.id] = _value_field(parameter)
            if parameter.due:
                self.fields[DUE + parameter.id] = _due_field(parameter)

    def clean(self) -> dict[str, Any]:
        """The values that differ, checked as the loader checks a pack file."""
        found: dict[str, dict[str, Any]] = {}
        for parameter in self.varied:
            self._read(parameter, found.setdefault(parameter.id, {}))
        self.values = {name: given for name, given in found.items() if given}
        if not self.errors:
            self._try()
        return self.cleaned_data

    def _read(self, parameter: Parameter, found: dict[str, Any]) -> None:
        value, due = (self.cleaned_data.get(f"{mark}{parameter.id}") for mark in (VALUE, DUE))
        try:
            if value not in (None, "", []):
                found |= _differing(parameter, _meant(parameter, value))
        except EditError as error:
            self.add_error(VALUE + error.parameter, error.reason)
        if due and due != parameter.due:
            found["due"] = due

    def _try(self) -> None:
        try:
            edits.edited(self.pack, self.values)
        except EditError as error:
            self.add_error((DUE if error.field == "due" else VALUE) + error.parameter, error.reason)

    def chapters(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """The parameters by theme with what they ask now and their fields."""
        for theme, label in THEMES.items():
            rows = [self._row(one) for one in self.varied if KEYS[one.key].theme == theme]
            if rows:
                yield label, rows

    def _row(self, parameter: Parameter) -> dict[str, Any]:
        names = [mark + parameter.id for mark in (VALUE, DUE) if mark + parameter.id in self.fields]
        return {
            "label": KEYS[parameter.key].label,
            "now": words(parameter),
            "source": f"{parameter.document} {parameter.clause}",
            "assumed": parameter.assumed,
            "fields": [self[name] for name in names],
            "changed": parameter.id in self.values,
        }

    def asked(self) -> dict[str, Any]:
        """What differs, as it would be asked for again."""
        return {name: self.data.getlist(name) for name in self.fields if name[len(VALUE) :] in self.values}


def _filled(data: Any, varied: list[Parameter]) -> Any:
    """What was typed, with the present values where nothing was asked."""
    found = data.copy()
    for parameter in varied if WHOLE not in data else ():
        if edits.asks_value(parameter) and VALUE + parameter.id not in found:
            found.setlist(VALUE + parameter.id, _present(parameter))
        if parameter.due and DUE + parameter.id not in found:
            found[DUE + parameter.id] = parameter.due.isoformat()
    return found


def _present(parameter: Parameter) -> list[str]:
    takes = KEYS[parameter.key].takes
    if takes == "codes":
        return list(parameter.value)
    if takes == "flag":
        return ["yes" if parameter.value else "no"]
    return [parameter.value if takes == "code" else edits.shown(parameter)]


def _value_field(parameter: Parameter) -> forms.Field:
    key = KEYS[parameter.key]
    label, told = f"{key.label}：要求", _errors(key.label)
    if key.takes == "codes":
        widget = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(label=label, choices=_choices(parameter), widget=widget, error_messages=told)
    if key.takes in ("code", "flag"):
        return forms.ChoiceField(label=label, choices=_choices(parameter), error_messages=told)
    return forms.CharField(label=label, max_length=40, help_text=_hint(parameter), error_messages=told)


def _errors(label: str) -> dict[str, str]:
    return {
        "required": f"“{label}”没有填写",
        "invalid_choice": f"“{label}”中没有这个选项",
        "max_length": f"“{label}”过长，最多 40 个字",
    }


def _choices(parameter: Parameter) -> list[tuple[str, str]]:
    key = KEYS[parameter.key]
    if key.takes == "flag":
        return FLAGS
    return [(code, code_words(key, code) or code) for code in CHOICES.get(parameter.key, ())]


def _hint(parameter: Parameter) -> str:
    """How a number may be written."""
    if KEYS[parameter.key].takes == "range":
        return "两个整数，例如 2-3"
    return {"share": "比例，例如 30% 或 1/3", "CNY": "元，例如 30000 或 3万"}.get(parameter.unit, "数字")


def _due_field(parameter: Parameter) -> forms.Field:
    label = KEYS[parameter.key].label
    return DayField(
        label=f"{label}：完成期限",
        input_formats=DayForm.base_fields["on"].input_formats,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=_errors(label) | {"invalid": f"“{label}”的完成期限应为日期，例如 2024-03-05"},
    )


def _meant(parameter: Parameter, value: Any) -> Any:
    takes = KEYS[parameter.key].takes
    if takes == "flag":
        return value == "yes"
    return value if takes in ("codes", "code") else edits.read(parameter, value)


def _differing(parameter: Parameter, value: Any) -> dict[str, Any]:
    return {} if edits.same(parameter.value, value) else {"value": value}


class TitleForm(forms.Form):
    """Under which title a trial is kept."""

    title = forms.CharField(
        label="报告标题",
        max_length=120,
        error_messages={"required": "填写报告标题", "max_length": "报告标题最多 120 个字"},
    )
