from django import forms


class EndForm(forms.Form):
    """Why a listed group is struck off the list."""

    use_required_attribute = False
    reason = forms.CharField(
        label="原因",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="记在组织档案里",
        error_messages={"required": "填写原因", "max_length": "不能超过 200 个字"},
    )


class VerifyForm(forms.Form):
    """The number on a certificate, as somebody types it from paper."""

    use_required_attribute = False
    number = forms.CharField(label="证书编号", max_length=60, error_messages={"required": "填写证书编号"})


class TrackForm(forms.Form):
    """The two things on a receipt with which a case can be followed without signing in."""

    use_required_attribute = False
    number = forms.CharField(label="收件编号", max_length=60, error_messages={"required": "填写收件编号"})
    code = forms.CharField(label="查询码", max_length=20, error_messages={"required": "填写查询码"})
