"""What the street fills in when it decides, and the light listing the committee keeps."""

from django import forms
from django.utils import timezone

from filings.guards import tiers
from registry.casework import numbers
from registry.forms.decisions import MoveForm
from registry.forms.fields import CountField, NameField, PhoneField, choices
from registry.forms.sections import NAME
from registry.models import Case, Category, Jurisdiction

TIER_WORDS = {
    "filed": "备案（街道办事处、乡镇人民政府管理）",
    "street_managed": "由街道（乡镇）管理",
    "community_guided": "由社区党组织领导、居（村）委会指导和管理",
}


def street_body(case: Case) -> str:
    """The street office or township government that decides: it issues the paper, and manages unless told otherwise."""
    street = numbers.keeper(case.place, Jurisdiction.Level.STREET)
    return f"{street}办事处" if street.name.endswith("街道") else f"{street}人民政府"


class RecordForm(MoveForm):
    """Grant a filing: which tier, and who manages the organisation."""

    tier = forms.ChoiceField(label="分类层次", widget=forms.RadioSelect, error_messages={"required": "选择分类层次"})
    managing_body = forms.CharField(label="管理单位", max_length=60, error_messages={"required": "填写管理单位"})
    field_order = ["tier", "managing_body", "note", "version"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        known = tiers(self.case.place_code, timezone.localdate())
        self.fields["tier"].choices = [(tier, TIER_WORDS[tier]) for tier in known]
        told = self.case.receipt.get("tier")
        self.fields["tier"].initial = told if told in known else known[0]
        self.fields["managing_body"].initial = street_body(self.case)


class ListingForm(forms.Form):
    """The light listing of a small, loose group: kept by the committee, without decision or certificate."""

    use_required_attribute = False
    name = NameField(label="名称", max_length=50, error_messages=NAME)
    category = forms.ChoiceField(label="类别", choices=choices(Category), error_messages={"required": "选择类别"})
    activities = forms.CharField(
        label="主要活动",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "填写主要活动"},
    )
    individual_members = CountField(label="大约人数", error_messages={"required": "填写大约人数"})
    leader_name = NameField(label="联系人", max_length=30, error_messages={"required": "填写联系人"})
    leader_phone = PhoneField(label="联系电话", required=False)
    leading_party = forms.CharField(
        label="领导它的社区党组织", max_length=60, error_messages={"required": "填写社区党组织名称"}
    )


class DelegationForm(forms.Form):
    """Entrust a committee, from a day to a day, by a document."""

    use_required_attribute = False
    community = forms.ModelChoiceField(Jurisdiction.objects.none(), label="社区（村）", empty_label="请选择")
    starts = forms.DateField(label="自", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    ends = forms.DateField(
        label="至（不含当日）",
        required=False,
        help_text="长期有效可以不填",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    document = forms.CharField(label="委托文件", max_length=100, help_text="文件名称和文号")
    covers_review = forms.BooleanField(label="委托初审", required=False, initial=True)
    covers_report = forms.BooleanField(label="委托上报", required=False, initial=True)
    covers_guidance = forms.BooleanField(label="委托日常业务指导", required=False, initial=True)

    def __init__(self, *args, communities: list[Jurisdiction], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["community"].queryset = Jurisdiction.objects.filter(pk__in=[place.pk for place in communities])
        self.fields["starts"].initial = timezone.localdate()
        for field in self.fields.values():
            field.error_messages |= {
                "required": f"填写{field.label}",
                "invalid": "请填写日期，例如 2026-03-01",
                "invalid_choice": "请重新选择社区（村）",
            }

    def clean(self) -> dict:
        data = super().clean()
        if not any(data.get(name) for name in ("covers_review", "covers_report", "covers_guidance")):
            raise forms.ValidationError("至少委托一项", code="nothing_covered")
        return data
