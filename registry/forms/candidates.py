"""What is filled in on the ledger of candidates."""

from django import forms
from django.utils import timezone

from registry.models import Attestation, Stage, Support


class ActForm(forms.Form):
    """An act on a candidate."""

    use_required_attribute = False


def _words(label: str, said: str, most: int = 200, **more) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": f"填写{said or label}", "max_length": f"不能超过 {most} 个字"},
        **more,
    )


class AttestForm(ActForm):
    """One criterion and what it rests on."""

    criterion = forms.ChoiceField(label="条件", choices=Attestation.Criterion.choices, widget=forms.RadioSelect)
    evidence = _words("依据", "依据", 300, help_text="例如：走访记录、活动台账、获奖证明")


class PlanForm(ActForm):
    """Something that is going to be done for or about a candidate."""

    kind = forms.ChoiceField(label="种类", choices=Support.Kind.choices, widget=forms.RadioSelect)
    plan = _words("计划做什么", "计划做什么")
    planned_on = forms.DateField(
        label="计划日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "填写计划日期", "invalid": "填写日期，例如 2027-03-01"},
    )

    def clean_planned_on(self):
        day = self.cleaned_data["planned_on"]
        if day.year > timezone.localdate().year + 5:
            raise forms.ValidationError("计划日期太远，请核对", code="too_far")
        return day


class DoneForm(ActForm):
    """What came of it."""

    outcome = _words("结果", "结果")


class ReviewForm(ActForm):
    """What a review found."""

    finding = _words("复核情况", "复核情况")


class RemoveForm(ActForm):
    """Why it is taken off."""

    reason = _words("原因", "移出的原因")


class LedgerForm(forms.Form):
    """What the list is narrowed by; a value that is none of them narrows nothing."""

    stage = forms.ChoiceField(
        label="状态", required=False, choices=[("", "台账和建议"), *Stage.choices, ("due", "复核到期")]
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].mark = "none"
