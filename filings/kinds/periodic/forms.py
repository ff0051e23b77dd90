"""What an organisation tells the 两委 of its community: four questions."""

from registry.forms.fields import CountField
from registry.forms.reports import told
from registry.forms.sections import SectionForm


class WorkForm(SectionForm):
    """The work of a period."""

    activities_held = CountField(label="这一期开展活动", unit="次")
    summary = told("主要做了什么", help_text="不写居民的姓名和电话")
    needs = told("需要社区帮助解决的", required=False, help_text="没有可以不填")
    plans = told("下一期的打算", required=False, help_text="没有可以不填")
