from django import forms
from django.utils import timezone


class PastDateField(forms.DateField):
    """A day not later than today."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)
        self.error_messages |= {"invalid": "请填写日期，例如 2026-03-01", "required": f"填写{self.label}"}

    def clean(self, value: object) -> object:
        day = super().clean(value)
        if day and day > timezone.localdate():
            raise forms.ValidationError(f"{self.label}不能晚于今天", code="future")
        return day


class PostForm(forms.Form):
    """A social worker takes up a post."""

    use_required_attribute = False
    name = forms.CharField(label="社工姓名", max_length=30, error_messages={"required": "填写社工姓名"})
    full_time = forms.BooleanField(label="专职", required=False, initial=True)
    starts = PastDateField(label="到岗日期")


class DemonstrationForm(forms.Form):
    """Since when a hub is a demonstration site; empty takes the name away."""

    use_required_attribute = False
    since = PastDateField(label="示范点起始日期", required=False, help_text="留空表示取消示范点")
