"""What is asked about an assignment: the answer of the street, and why the district ends it."""

from django import forms


class AnswerForm(forms.Form):
    """What the street will do."""

    use_required_attribute = False
    answer = forms.CharField(
        label="回复",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写明准备怎么做、什么时候完成、有什么困难",
        error_messages={"required": "填写回复", "max_length": "回复不能超过 2000 个字"},
    )


class CloseForm(forms.Form):
    """Why an assignment ends."""

    use_required_attribute = False
    reason = forms.CharField(
        label="结束原因",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如：已经补足；目标有调整",
        error_messages={"required": "填写结束原因", "max_length": "结束原因不能超过 200 个字"},
    )
