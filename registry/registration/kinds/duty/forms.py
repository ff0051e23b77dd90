"""What a legal representative reports on the year's duties. Who he is stands in the register."""

from registry.forms.fields import CountField, YesNoField
from registry.forms.reports import told
from registry.forms.sections import SectionForm


class DutyForm(SectionForm):
    """履职情况."""

    meetings = CountField(label="主持或参加的会议", unit="次")
    duties = told("履行职责的情况", help_text="按章程规定的职责逐项写")
    money_checked = YesNoField(label="是否按规定审核财务收支")
    other_posts = YesNoField(label="是否在其他社会组织任职")
    other_posts_note = told("在哪里任什么职", required=False, help_text="没有的不填")
    problems = told("存在的问题和改进", required=False, help_text="没有可以不填")

    def clean(self) -> dict:
        data = super().clean()
        if data.get("other_posts") and not data.get("other_posts_note"):
            self.add_error("other_posts_note", "在其他社会组织任职的，请写明")
        return data
