"""What the yearly report asks: a form a section. What the register knows is shown beside it and not asked."""

from registry.forms.fields import CountField, YesNoField
from registry.forms.reports import told, yuan
from registry.forms.sections import SectionForm


class ComplianceForm(SectionForm):
    """遵守法律法规和国家政策的情况."""

    within_law = YesNoField(label="活动是否都在章程规定的范围内")
    penalised = YesNoField(label="这一年是否受过行政处罚")
    penalty_note = told("处罚的情况和整改", required=False, help_text="没有受过处罚的不填")
    charter_meetings = CountField(label="按章程召开的会议", unit="次", help_text="会员（代表）大会、理事会都算")

    def clean(self) -> dict:
        data = super().clean()
        if data.get("penalised") and not data.get("penalty_note"):
            self.add_error("penalty_note", "受过处罚的，请写明情况和整改")
        return data


class ChangesForm(SectionForm):
    """登记手续履行的情况."""

    changed = YesNoField(label="这一年名称、住所、负责人、章程等是否有变动", help_text="登记的内容见上方“已登记的信息”")
    recorded = YesNoField(label="变动是否都已办理手续", required=False, help_text="没有变动的不填")
    changed_note = told("有哪些变动", required=False, help_text="没有变动的不填")

    def clean(self) -> dict:
        data = super().clean()
        if data.get("changed"):
            if data.get("recorded") is None:
                self.add_error("recorded", "有变动的，请选择是否已办理手续")
            if not data.get("changed_note"):
                self.add_error("changed_note", "有变动的，请写明是哪些")
        return data


class ActivitiesForm(SectionForm):
    """按照章程开展活动的情况."""

    activities_held = CountField(label="开展活动次数", unit="次")
    people_served = CountField(label="服务居民人次", unit="人次", limit=10**8)
    summary = told("主要活动和成效", help_text="请不要写居民的姓名、电话和住址")
    plans = told("下一年的打算", required=False)


class StaffForm(SectionForm):
    """人员和机构变动的情况; members stand in the register."""

    full_time = CountField(label="专职工作人员", unit="人")
    volunteers = CountField(label="经常参加活动的志愿者", unit="人")
    branches = CountField(label="分支（代表）机构", unit="个", required=False, help_text="没有可以不填")


class FinanceForm(SectionForm):
    """财务管理的情况. The amounts must add up; the message names the one to look at."""

    opening = yuan("年初结余", help_text="各项金额取整数")
    income = yuan("本年收入合计")
    donations = yuan("其中：接受捐赠", required=False, help_text="没有可以不填")
    purchases = yuan("其中：政府购买服务和补助", required=False, help_text="没有可以不填")
    expense = yuan("本年支出合计")
    balance = yuan("年末结余", help_text="年初结余加本年收入，减本年支出")

    def clean(self) -> dict:
        data = super().clean()
        parts = (data.get("donations") or 0) + (data.get("purchases") or 0)
        if data.get("income") is not None and parts > data["income"]:
            self.add_error("income", f"捐赠和政府购买服务两项合计 {parts} 元，超过本年收入合计，请核对")
        known = [data.get(name) for name in ("opening", "income", "expense", "balance")]
        if None not in known:
            self._balanced(*known)
        return data

    def _balanced(self, opening: int, income: int, expense: int, balance: int) -> None:
        left = opening + income - expense
        if left < 0:
            self.add_error("expense", f"本年支出比年初结余加本年收入多 {-left} 元，请核对")
        elif balance != left:
            self.add_error("balance", f"年末结余应为 {left} 元（{opening} + {income} - {expense}），请核对")


class PartyWorkForm(SectionForm):
    """党的建设的情况: counts only; members and organisation stand in the register."""

    party_meetings = CountField(label="开展党的组织生活", unit="次", help_text="没有建立党组织的填参加次数")
    party_note = told("党组织发挥作用的情况", required=False)
