"""What people say about messages: how to be told, in which words, and what they thought of the service."""

from django import forms

from portal.models import User
from registry import ratings
from registry.forms.fields import PhoneField


class MailForm(forms.Form):
    """How to be told by e-mail, and where."""

    use_required_attribute = False
    mode = forms.ChoiceField(label="邮件提醒", choices=User.Mail.choices, widget=forms.RadioSelect)
    address = forms.EmailField(
        label="邮箱地址",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="选择“不发邮件”时可以不填",
        error_messages={"invalid": "邮箱地址的格式是 名字@域名，例如 li@126.com"},
    )

    def clean(self) -> dict:
        data = super().clean()
        if data.get("mode") not in (None, User.Mail.NONE) and not data.get("address") and "address" not in self.errors:
            self.add_error("address", "填写邮箱地址，或选择“不发邮件”")
        return data


class WordingForm(forms.Form):
    """The words of one message."""

    use_required_attribute = False
    subject = forms.CharField(label="标题", max_length=120, error_messages={"required": "填写标题"})
    body = forms.CharField(
        label="内容",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "填写内容", "max_length": "不能超过 2000 个字"},
    )

    def __init__(self, *args, channel: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if channel == "sms":
            del self.fields["subject"]


class PhoneForm(forms.Form):
    """The phone on record."""

    use_required_attribute = False
    phone = PhoneField(label="手机号", help_text="负责人登记的手机号", error_messages={"required": "填写手机号"})

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].widget.attrs["autocomplete"] = "tel"


class CodeForm(forms.Form):
    """The six digits from the SMS."""

    use_required_attribute = False
    code = forms.CharField(
        label="短信验证码",
        max_length=20,
        help_text="6 位数字，5 分钟内有效",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": "填写短信里的 6 位数字"},
    )


class ReasonsForm(forms.Form):
    """What was not good."""

    use_required_attribute = False
    reasons = forms.MultipleChoiceField(
        label="哪里不满意", choices=list(ratings.REASONS.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(
        label="想说的话",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不用写姓名和电话",
        error_messages={"max_length": "不能超过 300 个字"},
    )
