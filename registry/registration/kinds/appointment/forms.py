"""Who is proposed for which post. Public are the name, the post and the introduction; numbers stay sealed."""

from django import forms

from registry.forms.fields import IdNumberField, NameField, PhoneField, YesNoField
from registry.forms.reports import told
from registry.forms.sections import NAME, SectionForm


class CandidateForm(SectionForm):
    """The proposed leader. An organisation on the register is not asked its name."""

    sealed = ("leader_id_number", "leader_phone")
    renewed = frozenset(
        {"leader_name", "leader_id_number", "leader_phone", "leader_party_member", "serving_cadre"}
    )  # the proposed leader, not the one on the register
    name = NameField(label="组织名称", max_length=50, error_messages=NAME, help_text="准备登记的名称")
    leader_name = NameField(label="拟任负责人姓名", max_length=30, help_text="会公示")
    post = forms.CharField(label="拟任职务", max_length=30, help_text="会公示，例如：会长、理事长")
    introduction = told("公示的简介", help_text="会公示，写工作经历和产生方式；不写证件号、电话和住址")
    leader_id_number = IdNumberField(label="身份证号", help_text="不公示，加密保存，用来核对从业禁止")
    leader_phone = PhoneField(label="联系电话", help_text="不公示，加密保存")
    leader_party_member = YesNoField(label="是否中共党员")
    serving_cadre = YesNoField(label="是否在职干部")
    cadre_approval = YesNoField(label="是否已按干部管理权限报批", required=False, help_text="是在职干部时需要回答")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.case is not None and self.case.organisation_id:
            del self.fields["name"]

    def clean(self) -> dict:
        data = super().clean()
        if data.get("serving_cadre") and data.get("cadre_approval") is None:
            self.add_error("cadre_approval", "拟任人是在职干部，请说明是否已报批")
        return data
