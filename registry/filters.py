"""What a list of the register can be narrowed by; every value is checked before it reaches the database."""

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from registry import codes
from registry.casework import kinds
from registry.models import Case, Category, LegalForm, Organisation, StandingKind
from registry.names.folding import fold
from registry.scope import within


def matching(text: str) -> Q:
    """Organisations with these characters in their name or its pinyin, or with this very number."""
    text = text.strip()
    found = Q(folded_name__contains=fold(text)) | Q(filing_number=text) | Q(credit_code=text.upper())
    if text.isascii() and text.isalpha():
        found |= Q(pinyin__contains=text.lower())
    return found


class OrganisationFilter(django_filters.FilterSet):
    """Name, pinyin or number; place by code; standing, category, legal form."""

    q = django_filters.CharFilter(label="名称、拼音首字母或编号", method="search", max_length=50)
    place = django_filters.CharFilter(label="区划代码", method="in_place", max_length=20)
    standing = django_filters.ChoiceFilter(label="状态", choices=StandingKind.choices, empty_label="全部状态")
    category = django_filters.ChoiceFilter(label="类别", choices=Category.choices, empty_label="全部类别")
    legal_form = django_filters.ChoiceFilter(label="组织形式", choices=LegalForm.choices, empty_label="全部形式")

    class Meta:
        model = Organisation
        fields = ["q", "place", "standing", "category", "legal_form"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.form.fields["place"].widget = forms.HiddenInput()
        for field in self.form.fields.values():
            field.mark = "none"

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(matching(value))

    def in_place(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        try:
            return rows.filter(within([codes.normalise(value)]))
        except ValueError:
            return rows.none()


def _matters() -> list[tuple[str, str]]:
    return [(key, kind.label) for key, kind in kinds.every().items()]


class CaseFilter(django_filters.FilterSet):
    """Name or number; kind of case; one of the places below the person's own."""

    q = django_filters.CharFilter(label="组织名称或收件编号", method="search", max_length=50)
    kind = django_filters.ChoiceFilter(label="事项", choices=_matters, empty_label="全部事项")
    place = django_filters.ChoiceFilter(label="地方", method="in_place", empty_label="全部地方")

    class Meta:
        model = Case
        fields = ["q", "kind", "place"]

    def __init__(self, *args, places: list[tuple[str, str]] = (), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.form.fields["place"].choices = places
        if not places:
            del self.form.fields["place"]
        for field in self.form.fields.values():
            field.mark = "none"

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        text = value.strip()
        return rows.filter(Q(name__contains=text) | Q(number=text.upper()))

    def in_place(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(within([value]))

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return any(self.form.cleaned_data.values()) if self.form.is_valid() else False
