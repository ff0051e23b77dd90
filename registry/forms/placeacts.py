"""What a district officer says of a change of divisions: the day, the document, and what becomes what."""

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from portal.errors import Refusal
from registry import places
from registry.forms.fields import NameField, narrow
from registry.forms.places import DayField, han_name
from registry.models import Jurisdiction, Organisation
from registry.places.acts.deciding import AHEAD

TOO_LONG = {"max_length": "名称不能超过 80 个字"}
MANY = 1000
DIGITS = 18  # of the number of a row: a longer one is none, and no database takes it
NEW = "new"


class PlacesField(forms.ModelMultipleChoiceField):
    """Some of several places, ticked; each with its code."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs) -> None:
        super().__init__(Jurisdiction.objects.none(), **kwargs)

    def clean(self, value: object) -> QuerySet[Jurisdiction]:
        if isinstance(value, (list, tuple)) and (wrong := [one for one in value if len(str(one)) > DIGITS]):
            text = self.error_messages["invalid_choice"]
            raise forms.ValidationError(text, code="invalid_choice", params={"value": str(wrong[0])[:DIGITS]})
        return super().clean(value)

    def label_from_instance(self, place: Jurisdiction) -> str:
        return f"{place.name}（{place.code}）"


class PlaceCodeField(forms.CharField):
    """The code of a place, 2 to 12 digits typed in any width; the 12 digits, or empty."""

    def __init__(self, **kwargs) -> None:
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: object) -> str:
        text = super().clean(value)
        try:
            return places.read_code(narrow(text)) if text else ""
        except Refusal as refusal:
            raise forms.ValidationError(refusal.reason, code=refusal.code) from refusal


class ActForm(forms.Form):
    """Every act has a day and a document."""

    use_required_attribute = False
    document = forms.CharField(
        label="批准文件",
        max_length=180,
        help_text="文号，例如 津政函〔2026〕9号",
        error_messages={"required": "填写批准文件的文号", "max_length": "文号不能超过 180 个字"},
    )
    on = DayField(label="生效日期", help_text="可以是以后的日期，到日子自动生效")

    def __init__(self, *args, place: Jurisdiction, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        self.offer(Jurisdiction.objects.filter(ends=None).order_by("code"))
        self.order_fields([name for name in self.fields if name not in ("document", "on")])

    def offer(self, standing: QuerySet[Jurisdiction]) -> None:
        """Fill the choices of the form from the places that stand."""

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on.year < 1949 or (on - timezone.localdate()).days > AHEAD:
            raise forms.ValidationError("生效日期不合理，请核对", code="far")
        return on

    def clean_name(self) -> str:
        name = self.cleaned_data.get("name", "")
        return han_name(name) if name else ""


class RenameForm(ActForm):
    name = NameField(label="新名称", max_length=80, error_messages=TOO_LONG)


class ConvertForm(ActForm):
    name = NameField(label="改为社区后的名称", max_length=80, error_messages=TOO_LONG)
    way = forms.ChoiceField(
        label="区划代码",
        choices=[("new", "换成社区的代码（系统给出）"), ("keep", "沿用原来的代码，只改类型和城乡类别")],
        initial="new",
        widget=forms.RadioSelect,
    )


class NewPlaceForm(ActForm):
    """A form that may set up a place."""

    code = PlaceCodeField(label="新地方的代码", required=False, help_text="不填则由系统按编码规则给出")
    name = NameField(label="新地方的名称", max_length=80, error_messages=TOO_LONG)


class MergeForm(NewPlaceForm):
    places = PlacesField(label="与哪些地方合并", error_messages={"required": "至少选一个"})
    into = forms.ChoiceField(label="合并后")
    field_order = ["places", "into", "name", "code"]

    def offer(self, standing: QuerySet[Jurisdiction]) -> None:
        beside = standing.filter(parent=self.place.parent, level=self.place.level).exclude(pk=self.place.pk)
        self.fields["places"].queryset = beside
        choices = [(each.code, f"都并入{each.name}（{each.code}）") for each in (self.place, *beside)]
        self.fields["into"].choices = [*choices, (NEW, "合并成一个新的地方")]
        self.fields["name"].required = False
        self.fields["name"].help_text = "合并成新的地方时填写；并入原有地方时不填，名称不变"

    def clean(self) -> dict:
        data = super().clean()
        into, chosen = data.get("into"), {each.code for each in data.get("places", ())}
        if into == NEW and not data.get("name"):
            self.add_error("name", "填写新地方的名称")
        if into and into not in {NEW, self.place.code, *chosen} and "places" in data:
            self.add_error("into", "并入的地方要在上面选中的里面")
        return data


class SplitForm(NewPlaceForm):
    children = PlacesField(label="哪些社区（村）归新地方", required=False)
    organisations = forms.MultipleChoiceField(
        label="哪些组织归新地方", required=False, widget=forms.CheckboxSelectMultiple, help_text="没有选的留在原地方"
    )
    field_order = ["name", "code", "children", "organisations"]

    def offer(self, standing: QuerySet[Jurisdiction]) -> None:
        self.fields["children"].queryset = standing.filter(parent=self.place)
        own = Organisation.objects.active().filter(place=self.place).order_by("id")[:MANY]
        self.fields["organisations"].choices = [(str(one.pk), one.name) for one in own]
        for name, empty in (("children", self.place.level == Jurisdiction.Level.COMMUNITY), ("organisations", not own)):
            if empty:
                del self.fields[name]


class TransferForm(ActForm):
    parent = PlaceCodeField(label="新的上级的区划代码", help_text="划到哪个街道（乡镇）或区县，填它的代码")
    code = PlaceCodeField(label="在新上级名下的代码", required=False, help_text="不填则由系统按编码规则给出")
    field_order = ["parent", "code"]


class ZoneForm(NewPlaceForm):
    seat = PlaceCodeField(label="已有功能区的区划代码", required=False, help_text="新设功能区不填，填下面的名称")
    children = PlacesField(label="代管哪些街道（乡镇）", error_messages={"required": "至少选一个"})
    field_order = ["children", "seat", "name", "code"]

    def offer(self, standing: QuerySet[Jurisdiction]) -> None:
        self.fields["children"].queryset = standing.filter(parent=self.place)
        self.fields["name"].required = False
        self.fields["name"].label = "新设功能区的名称"

    def clean(self) -> dict:
        data = super().clean()
        if not data.get("seat") and not data.get("name") and not self.errors.get("seat"):
            self.add_error("name", "填写新设功能区的名称，或者填已有功能区的代码")
        return data


class SetUpForm(NewPlaceForm):
    def offer(self, standing: QuerySet[Jurisdiction]) -> None:
        self.fields["code"].required = True
        self.fields["code"].help_text = "街道、乡镇 9 位，社区、村 12 位，以上级代码开头"


class AbolishForm(ActForm):
    pass
