"""The yearly sheet: seven questions, answered on a phone in a few minutes."""

from registry.forms.fields import CountField, YesNoField
from registry.forms.reports import told, yuan
from registry.forms.sections import SectionForm


class YearForm(SectionForm):
    """What a filed organisation did in a year. What the register knows is shown beside it and not asked."""

    still_active = YesNoField(label="现在是否还在开展活动")
    activities_held = CountField(label="开展活动次数", unit="次")
    people_served = CountField(label="服务居民人次", unit="人次", limit=10**8)
    summary = told("主要做了什么", help_text="一两句话就可以，不写居民的姓名和电话")
    income = yuan("全年收入", help_text="没有收入填 0")
    expense = yuan("全年支出", help_text="没有支出填 0")
    changed_note = told("负责人、场所等有什么变动", required=False, help_text="没有变动的不填")
