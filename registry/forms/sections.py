"""The tasks of an application. One form a task; both kinds share what they ask in common.

Every form names who needs each field in its help text; nothing known already is asked.
"""

from collections.abc import Mapping

from django import forms

from registry.forms.fields import CountField, IdNumberField, NameField, PhoneField, TicksField, YesNoField, choices
from registry.models import Case, Category, HubType, LegalForm, PartyState, Premises, Scope, ServiceGroup

NAME = {"max_length": "组织名称不能超过 50 个字", "required": "填写组织名称"}


LOCAL = frozenset(
    {
        "hub_type",
        "supervising_consent",
        "public_notice_done",
        "charter_party",
        "charter_values",
        "larger_scale",
        "operates_normally",
        "leader_party_member",
    }
)


class SectionForm(forms.Form):
    """A part of an application. `sealed` names the fields that identify a person and are stored encrypted.

    A field is shown when the case asks for it (`Case.asks`): what only some places ask (`LOCAL`) goes by its own
    name, what belongs to a ticked item by the key of that item (`belongs`). `case` is the case the form is about,
    None where the form stands alone.
    """

    sealed: tuple[str, ...] = ()
    belongs: Mapping[str, str] = {}
    renewed: frozenset[str] = frozenset()  # what the register knows, and whose new value this form is about
    everywhere: frozenset[str] = frozenset()  # fields of this form that every place asks, whatever `LOCAL` says
    use_required_attribute = False
    template_name_label = None

    def __init__(self, *args, asks: frozenset[str] | None = None, case: Case | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        for name in list(self.fields) if asks is not None else ():
            local = {name} & LOCAL - self.everywhere
            needed = local | {self.belongs[name]} if name in self.belongs else local
            if not needed <= asks:
                del self.fields[name]
        for field in self.fields.values():
            field.error_messages.setdefault("required", f"填写{field.label}")
            if field.required and field.error_messages["required"] in ("这个字段是必填项。", "This field is required."):
                verb = "选择" if isinstance(field, forms.ChoiceField) else "填写"
                field.error_messages["required"] = f"{verb}{field.label}"


class OrganisationForm(SectionForm):
    """What the organisation is and does."""

    name = NameField(label="组织名称", max_length=50, error_messages=NAME, help_text="例如：阳光舞蹈队")
    category = forms.ChoiceField(label="类别", choices=choices(Category))
    activities = forms.CharField(
        label="主要活动",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="用一两句话说明做什么、服务谁",
        error_messages={"max_length": "主要活动不能超过 500 个字"},
    )
    service_groups = TicksField(
        label="主要服务哪些人群",
        choices=ServiceGroup.choices,
        required=False,
        help_text="可以选几项，面向全体居民的不用选。只记服务哪些人群，不登记服务对象是谁",
    )
    scope = forms.ChoiceField(
        label="活动范围", choices=Scope.choices, initial=Scope.COMMUNITY, widget=forms.RadioSelect
    )
    premises = forms.ChoiceField(label="活动场所", choices=Premises.choices, widget=forms.RadioSelect)
    address = forms.CharField(label="场所地址", max_length=100, required=False, help_text="没有固定场所可以不填")
    larger_scale = YesNoField(label="规模是否较大", required=False, help_text="由街道（乡镇）核实认定，不清楚可以不选")
    operates_normally = YesNoField(label="是否能正常开展活动", required=False, help_text="不清楚可以不选")

    hub_type = forms.ChoiceField(label="枢纽类型", choices=choices(HubType, blank="不是枢纽型组织"), required=False)

    def clean(self) -> dict:
        data = super().clean()
        if data.get("premises") in (Premises.OWN, Premises.SHARED) and not data.get("address"):
            self.add_error("address", "填写场所地址")
        return data


class RegistrationForm(OrganisationForm):
    """What a registration asks on top: legal form, capital, whether post arrives, and a hub's role."""

    legal_form = forms.ChoiceField(
        label="组织形式", choices=[("", "请选择"), *[c for c in LegalForm.choices if c[0] != LegalForm.NONE]]
    )
    capital = CountField(label="注册资金（元）", limit=10**12, help_text="社会团体填活动资金，社会服务机构填开办资金")
    post_reachable = YesNoField(label="邮件能否送达该地址")
    NAMED = "登记名称依次写行政区划、字号、业务领域、组织形式，例如：天津市河西区暖阳养老服务中心"
    field_order = ["name", "legal_form", "hub_type", "category", "activities", "service_groups", "scope", "capital"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = self.NAMED


class LeaderForm(SectionForm):
    """Who leads it."""

    sealed = ("leader_id_number", "leader_phone")
    leader_name = NameField(label="负责人姓名", max_length=30)
    leader_id_number = IdNumberField(label="负责人身份证号", help_text="加密保存，页面上只显示首尾几位")
    leader_phone = PhoneField(label="负责人电话", help_text="加密保存，只用于办件联系")
    leader_party_member = YesNoField(label="负责人是否中共党员", required=False)
    serving_cadre = YesNoField(label="负责人是否在职干部")
    cadre_approval = YesNoField(
        label="是否已按干部管理权限报批", required=False, help_text="负责人是在职干部时需要回答"
    )

    def clean(self) -> dict:
        data = super().clean()
        if data.get("serving_cadre") and data.get("cadre_approval") is None:
            self.add_error("cadre_approval", "负责人是在职干部，请说明是否已报批")
        return data


class PeopleForm(LeaderForm):
    """Who leads it and who belongs to it."""

    individual_members = CountField(label="个人成员数", unit="人")
    unit_members = CountField(label="单位成员数", unit="个", required=False, help_text="没有可以不填")


class PartyForm(SectionForm):
    """Party building: counts only, never names."""

    full_party_members = CountField(label="正式党员人数", unit="人")
    probationary_party_members = CountField(
        label="预备党员人数", unit="人", required=False, help_text="预备党员不计入“3 名以上正式党员”"
    )
    party_organisation = forms.ChoiceField(
        label="党的组织",
        choices=PartyState.choices,
        required=False,
        help_text="没有单独建立的，由联合组织或社区党组织覆盖",
    )


class ConditionsForm(SectionForm):
    """What a registration has to show besides its people and its money."""

    supervising_consent = YesNoField(
        label="业务主管单位是否已出具同意文件",
        required=False,
        help_text="直接登记的不需要；由街道双重负责的，街道在网上办理",
    )
    public_notice_done = YesNoField(label="拟任负责人是否已公示")
    charter_party = YesNoField(label="章程是否写明党的建设内容")
    charter_values = YesNoField(label="章程是否写明社会主义核心价值观内容")
