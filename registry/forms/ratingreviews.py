"""What is written down when a low rating was looked into."""

from django import forms

from registry.models import RatingReview


class ReviewForm(forms.Form):
    """What was found, and what was done about it."""

    use_required_attribute = False
    finding = forms.ChoiceField(
        label="核实结果",
        choices=RatingReview.Finding.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "选择核实结果"},
    )
    done = forms.CharField(
        label="整改情况",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="不用整改的，写明理由；不写申请人是谁",
        error_messages={"required": "写明整改情况", "max_length": "不能超过 500 个字"},
    )
