"""What a list of the register can be narrowed by; every value is checked before it reaches the database."""

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from registry import codes
from registry.models import Category, LegalForm, Organisation, StandingKind
from registry.names.folding import fold
from registry.scope import within


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
        text = value.strip()
        found = Q(folded_name__contains=fold(text)) | Q(filing_number=text) | Q(credit_code=text.upper())
        if text.isascii() and text.isalpha():
            found |= Q(pinyin__contains=text.lower())
        return rows.filter(found)

    def in_place(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        try:
            return rows.filter(within([codes.normalise(value)]))
        except ValueError:
            return rows.none()
