"""What is filled in when other bodies are asked, and when they answer."""

from django import forms
from django.forms import formset_factory

from registry.forms.fields import NameField
from registry.models import Opinion

ROWS = 3  # units asked at once; more are asked by a second form


class QuestionForm(forms.Form):
    """One unit: on what matter, what it should say, by when, and whether a decision waits for it."""

    use_required_attribute = False
    kind = forms.ChoiceField(label="事由", choices=Opinion.Kind.choices)
    unit = NameField(
        label="征求意见的单位",
        max_length=40,
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
        error_messages={"required": "填写单位名称"},
    )
    question = forms.CharField(
        label="需要说明什么", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    due_days = forms.IntegerField(
        label="答复期限（工作日）",
        min_value=1,
        max_value=45,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "填写工作日数",
            "invalid": "填写整数，例如 10",
            "min_value": "至少 1 个工作日",
            "max_value": "联合办理合计不超过 45 个工作日",
        },
    )
    required = forms.BooleanField(label="作出决定前必须答复", required=False, initial=True)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values() if self.empty_permitted else ():
            field.mark = "none"

    def has_changed(self) -> bool:
        """A row is used once a unit stands in it; the other fields are filled in beforehand."""
        return not self.empty_permitted or bool(self.data.get(self.add_prefix("unit"), "").strip())


class Rows(forms.BaseFormSet):
    """One unit and room for two more; `days` stands in each row, and each begins with another matter."""

    def __init__(self, *args, days: int, **kwargs) -> None:
        self.days = days
        super().__init__(*args, **kwargs)

    def get_form_kwargs(self, index: int | None) -> dict:
        kind = list(Opinion.Kind)[index or 0]
        return super().get_form_kwargs(index) | {"initial": {"kind": kind, "due_days": self.days}}


QuestionSet = formset_factory(QuestionForm, Rows, extra=ROWS - 1, min_num=1, max_num=ROWS, absolute_max=ROWS)


class AnswerForm(forms.Form):
    """What a unit says."""

    use_required_attribute = False
    answer = forms.ChoiceField(
        label="意见",
        choices=[choice for choice in Opinion.Answer.choices if choice[0]],
        widget=forms.RadioSelect,
        error_messages={"required": "选择是否同意"},
    )
    text = forms.CharField(
        label="说明",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="附条件同意的写明条件，不同意的写明理由",
    )

    def clean(self) -> dict:
        data = super().clean()
        if data.get("answer") not in (None, Opinion.Answer.AGREE) and not data.get("text", "").strip():
            self.add_error("text", "写明条件或不同意的理由")
        return data


class PaperForm(AnswerForm):
    """An answer that came on paper."""

    paper = forms.FileField(label="答复文件", help_text="扫描件或照片", error_messages={"required": "上传答复文件"})
    paper_number = forms.CharField(label="文号", max_length=60, required=False)
    field_order = ["paper", "paper_number", "answer", "text"]
