"""What a renewal asks: whether it goes on, and what it did. What changed meanwhile is a case of its own."""

from django import forms

from registry.forms.fields import CountField, YesNoField
from registry.forms.sections import SectionForm


class GoingOnForm(SectionForm):
    """Whether the team still meets, how many belong to it, and what it did."""

    renewed = frozenset({"operates_normally", "individual_members"})
    everywhere = frozenset({"operates_normally"})
    operates_normally = YesNoField(label="是否还在正常活动")
    individual_members = CountField(label="现在的个人成员数", unit="人")
    done = forms.CharField(
        label="有效期内主要做了什么",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="用一两句话说明。名称、负责人、场所有变化的，另外办理“变更备案”",
    )
