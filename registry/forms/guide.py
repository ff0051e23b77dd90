"""The five questions, and the form that carries their answers into a draft."""

from typing import Any

from django import forms
from django.utils import timezone

from portal.models import User
from portal.typed import narrow
from registry import codes
from registry.forms.fields import CountField, YesNoField
from registry.models import Jurisdiction, LegalForm, Premises, RoadKey
from registry.scope import Role, reach, within

FORMS = [
    ("none", "先不成立法人，只想把活动办起来"),
    (LegalForm.ASSOCIATION, "社会团体（由会员组成，如协会、联合会）"),
    (LegalForm.SERVICE, "社会服务机构（提供服务，如服务中心）"),
    (LegalForm.FOUNDATION, "基金会"),
]
MOST = 50
BEGINNERS = {Role.APPLICANT, Role.COMMUNITY, Role.STREET, Role.DISTRICT}


def _place(code: str) -> Jurisdiction:
    try:
        standing = Jurisdiction.objects.standing_on(timezone.localdate())
        return standing.get(code=codes.normalise(code), level__gte=Jurisdiction.Level.COUNTY)
    except (ValueError, Jurisdiction.DoesNotExist) as fault:
        raise forms.ValidationError("没有找到这个地方，请重新选择", code="place") from fault


class GuideForm(forms.Form):
    """Where, which form, how many members, how much money, which premises, how large."""

    use_required_attribute = False
    place_code = forms.CharField(
        label="在哪个社区（村）或街道", max_length=20, error_messages={"required": "选择所在的社区（村）"}
    )
    legal_form = forms.ChoiceField(
        label="1. 打算成立哪一种？",
        choices=FORMS,
        initial="none",
        widget=forms.RadioSelect,
        error_messages={"required": "选择打算成立哪一种"},
    )
    individual_members = CountField(
        label="2. 有多少个人成员？", error_messages={"required": "填写个人成员数，没有填 0"}
    )
    unit_members = CountField(label="另有几个单位成员？", required=False, help_text="没有可以不填")
    capital = CountField(label="3. 有多少启动资金（元）？", limit=10**12, required=False, help_text="没有可以填 0")
    premises = forms.ChoiceField(
        label="4. 有活动场所吗？",
        choices=Premises.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "选择活动场所"},
    )
    larger = YesNoField(
        label="5. 规模较大、能正常开展活动吗？", error_messages={"required": "选择是否规模较大、能正常开展活动"}
    )

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        places = [(place.code, f"{place.parent}{place}" if place.level == 5 else str(place)) for place in nearby(user)]
        if places:
            blank = [] if len(places) == 1 else [("", "请选择")]
            self.fields["place_code"].widget = forms.Select(choices=blank + places)
        else:
            self.fields["place_code"].help_text = "写社区（村）或街道的名称就可以，例如：九江路社区"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("place_code"):
            try:
                data["place"] = self._named(data["place_code"].strip())
            except forms.ValidationError as fault:
                self.add_error("place_code", fault)
        return data

    def _named(self, text: str) -> Jurisdiction:
        """The place with this code or name; of several, a list to choose from."""
        if narrow(text).isascii():
            return _place(narrow(text))
        rows = Jurisdiction.objects.filter(level__gte=Jurisdiction.Level.STREET, name__contains=text, ends=None)
        found = list(rows.select_related("parent__parent")[:MOST])
        if len(found) == 1:
            return found[0]
        if found:
            named = [(place.code, f"{place.parent.parent or ''}{place.parent}{place}") for place in found]
            self.fields["place_code"].widget = forms.Select(choices=[("", "请选择"), *named])
            raise forms.ValidationError("有几个地方都叫这个名字，请选择是哪一个", code="several")
        raise forms.ValidationError("没有找到这个地方，请写全名称，例如：九江路社区", code="place")


class BeginForm(GuideForm):
    """Where something new is begun: the first question of the guide alone, and the one-time key of the form."""

    legal_form = individual_members = unit_members = capital = premises = larger = None
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)


def nearby(user: User) -> list[Jurisdiction]:
    """The streets and communities in which a person may begin something, in code order."""
    held = [code for role, code in reach(user) if role in BEGINNERS]
    if not held:
        return []
    found = Jurisdiction.objects.filter(within(held, "code"), level__gte=Jurisdiction.Level.STREET, ends=None)
    return list(found.select_related("parent").order_by("code")[:400])


def given(data: dict[str, Any]) -> dict[str, Any]:
    """The answers as facts."""
    facts = {
        "legal_form": data["legal_form"],
        "individual_members": data["individual_members"],
        "unit_members": data.get("unit_members"),
        "capital": data.get("capital"),
        "premises": data["premises"],
        "larger_scale": data["larger"],
        "operates_normally": data["larger"],
    }
    return {key: value for key, value in facts.items() if value is not None}


def carried(form: GuideForm, place: Jurisdiction) -> list[tuple[str, str]]:
    """The answers as they were typed, for the hidden fields of the start button."""
    return [(name, place.code if name == "place_code" else form.data.get(name, "")) for name in form.fields]


class StartForm(forms.Form):
    """The start button: road, one-time key, and the answers of the guide."""

    road = forms.ChoiceField(choices=RoadKey.choices)
    key = forms.CharField(max_length=64)
    place_code = forms.CharField(max_length=20)
    legal_form = forms.CharField(max_length=20, required=False)
    individual_members = forms.CharField(max_length=15, required=False)
    unit_members = forms.CharField(max_length=15, required=False)
    capital = forms.CharField(max_length=15, required=False)
    premises = forms.CharField(max_length=10, required=False)
    larger = forms.CharField(max_length=3, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["place"] = _place(data.get("place_code", ""))
        return data

    def said(self) -> dict[str, str]:
        """The answers that belong to the first task."""
        data = self.cleaned_data
        scope = "community" if data["place"].level == Jurisdiction.Level.COMMUNITY else "street"
        found = {
            "scope": scope,
            "premises": data["premises"],
            "larger_scale": data["larger"],
            "operates_normally": data["larger"],
        }
        if data["road"] == RoadKey.REGISTRATION:
            found |= {"legal_form": data["legal_form"], "capital": data["capital"]}
        return found

    def guide(self) -> dict[str, str]:
        """What no task of this road asks again, kept for later."""
        return {"capital": self.cleaned_data["capital"]}

    def people(self) -> dict[str, str]:
        """The answers that belong to the second task."""
        data = self.cleaned_data
        return {"individual_members": data["individual_members"], "unit_members": data["unit_members"]}
