"""Holding and releasing the clocks of a case, and setting a working day."""

from django import forms

from registry.models import Interval

DAY_WIDGET = {"attrs": {"type": "date"}, "format": "%Y-%m-%d"}
WRONG_DAY = {"required": "填写日期", "invalid": "填写日期，例如 2026-03-01"}
BY_HAND = [
    (cause.value, cause.label)
    for cause in Interval.Cause
    if cause not in (Interval.Cause.NONE, Interval.Cause.CORRECTION)
]


class SuspendForm(forms.Form):
    """Why the clocks of a case are held, on what basis, since when and at most how long."""

    use_required_attribute = False
    cause = forms.ChoiceField(
        label="事由", choices=[("", "选择事由"), *BY_HAND], error_messages={"required": "选择事由"}
    )
    reason = forms.CharField(
        label="原因",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="申请人会看到这段文字",
        error_messages={"required": "填写原因"},
    )
    basis = forms.CharField(
        label="依据",
        max_length=200,
        help_text="法律、行政法规的名称和条款，例如《行政许可法》第四十五条",
        error_messages={"required": "填写依据"},
    )
    starts = forms.DateField(
        label="从哪天起",
        required=False,
        widget=forms.DateInput(**DAY_WIDGET),
        help_text="不填就是今天；最早到本环节开始那天。当天不暂停，从次日起不计入期限",
        error_messages=WRONG_DAY,
    )
    cap = forms.IntegerField(
        label="最多暂停几天",
        required=False,
        min_value=1,
        max_value=400,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text="法律规定了上限的填写；到了上限自动恢复计时",
        error_messages={"invalid": "请填写整数", "min_value": "不能小于 1", "max_value": "不能大于 400"},
    )


class ResumeForm(forms.Form):
    """The last day the clocks were held."""

    use_required_attribute = False
    ends = forms.DateField(
        label="暂停到哪天（含）",
        required=False,
        widget=forms.DateInput(**DAY_WIDGET),
        help_text="不填就是今天，从明天起继续计算",
        error_messages=WRONG_DAY,
    )


class CalendarDayForm(forms.Form):
    """A day the county works or rests on its own."""

    use_required_attribute = False
    day = forms.DateField(label="日期", widget=forms.DateInput(**DAY_WIDGET), error_messages=WRONG_DAY)
    working = forms.TypedChoiceField(
        label="改为",
        choices=[("no", "休息日"), ("yes", "工作日")],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "选择改为什么", "invalid_choice": "选择改为什么"},
    )
    reason = forms.CharField(
        label="依据",
        max_length=200,
        help_text="通知的名称和文号",
        error_messages={"required": "填写依据", "max_length": "不能超过 200 个字"},
    )
