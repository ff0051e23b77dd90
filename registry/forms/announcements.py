"""Objecting to an appointment, and answering an objection."""

from django import forms

from registry.announcements import LONGEST
from registry.forms.fields import NameField, PhoneField, YesNoField


class ObjectionForm(forms.Form):
    """Anybody may object; name and phone are optional and only for the desk that answers."""

    use_required_attribute = False
    text = forms.CharField(
        label="异议内容",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写明事实，例如与章程规定的产生办法不符",
        error_messages={"required": "写明异议的内容", "max_length": f"异议内容不能超过 {LONGEST} 个字"},
    )
    name = NameField(label="您的姓名", max_length=30, required=False, help_text="可以不填，只给登记机关看")
    phone = PhoneField(label="联系电话", required=False, help_text="可以不填；填了便于登记机关向您核实")


class AnswerForm(forms.Form):
    """Whether an objection is upheld, and why."""

    use_required_attribute = False
    upheld = YesNoField(label="异议是否成立", error_messages={"required": "选择异议是否成立"})
    answer = forms.CharField(
        label="处理意见",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "写明处理意见", "max_length": "处理意见不能超过 300 个字"},
    )
