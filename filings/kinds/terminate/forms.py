"""What the end of a filing asks: why, since when, and what becomes of what is left."""

from django import forms

from filings.kinds.terminate.checklist import GROUNDS, IDLE, OF_THE_STREET
from registry.forms.fields import PastDateField
from registry.forms.sections import SectionForm
from registry.scope import Role, roles_over

SPEAKING = {Role.COMMUNITY, Role.STREET}


class EndingForm(SectionForm):
    """The ground, the story in a sentence, and the property that is left."""

    ground = forms.ChoiceField(label="为什么注销", choices=list(GROUNDS.items()), widget=forms.RadioSelect)
    last_active_on = PastDateField(
        label="最后一次活动的日期", required=False, help_text="因长期没有活动注销的，需要填写；记不清的填大概日期"
    )
    reason = forms.CharField(
        label="情况说明", max_length=200, widget=forms.Textarea(attrs={"rows": 3}), help_text="用一两句话说明"
    )
    property_left = forms.CharField(
        label="剩余的钱和物怎样处理",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="没有剩余的，写“没有”",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.case and not roles_over(self.case.opened_by, self.case.place_code) & SPEAKING:
            own = [(ground, word) for ground, word in GROUNDS.items() if ground not in OF_THE_STREET]
            self.fields["ground"].choices = own

    def clean(self) -> dict:
        data = super().clean()
        if data.get("ground") == IDLE and not data.get("last_active_on") and "last_active_on" not in self.errors:
            self.add_error("last_active_on", "填写最后一次活动的日期")
        return data
