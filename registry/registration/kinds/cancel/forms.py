"""What the end of a registration asks: why, how it was wound up, and what becomes of what is left."""

from django import forms

from registry.forms.fields import NameField, PastDateField, YesNoField
from registry.forms.sections import SectionForm
from registry.registration.kinds.cancel.checklist import GROUNDS


class EndingForm(SectionForm):
    """Why it ends."""

    ground = forms.ChoiceField(label="为什么注销", choices=list(GROUNDS.items()), widget=forms.RadioSelect)
    reason = forms.CharField(label="情况说明", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class LiquidationForm(SectionForm):
    """How it was wound up: the group, the notice, the debts, the property."""

    formed_on = PastDateField(label="清算组成立日期")
    members = forms.CharField(label="清算组组成", max_length=200, help_text="写职务或单位，例如：理事长、会计")
    notice_on = PastDateField(label="债权债务公告日期")
    notice_in = NameField(label="公告刊登在哪里", max_length=60)
    ended_on = PastDateField(label="清算结束日期")
    debts_cleared = YesNoField(label="债权债务是否已经清理完毕")
    taxes_cleared = YesNoField(label="税务和银行账户是否已经注销")
    seals_returned = YesNoField(label="证书和印章是否交回")
    property_left = forms.CharField(
        label="剩余财产怎样处理", max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text="没有的写“没有”"
    )
    to_similar_charity = YesNoField(label="剩余财产是否转给宗旨相同或相近的慈善组织")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.case and not self.case.organisation.charity_since:
            del self.fields["to_similar_charity"]

    def clean(self) -> dict:
        data = super().clean()
        for earlier, later, words in (
            ("formed_on", "notice_on", "公告日期不能早于清算组成立日期"),
            ("notice_on", "ended_on", "清算结束日期不能早于公告日期"),
        ):
            if data.get(earlier) and data.get(later) and data[later] < data[earlier]:
                self.add_error(later, words)
        return data
