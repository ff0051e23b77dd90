"""A phrase an office keeps for its correction notices."""

from django import forms

from registry import phrases
from registry.casework import kinds
from registry.casework.snapshots import MATERIALS
from registry.models import Case, Jurisdiction

Choice = tuple[str, str]


def purposes() -> list[Choice]:
    """What a phrase may be for: everything, every paper, one field that some kind of case asks for, or one paper of
    the kinds by which an organisation begins.
    """
    return [one for choice in grouped() for one in (choice[1] if isinstance(choice[1], list) else [choice])]


def grouped() -> list[Choice | tuple[str, list[Choice]]]:
    """`purposes` as a long list is read: first what an organisation says when it begins, then papers, then the rest."""
    first, rest = _fields(begins=True), _fields(begins=False)
    rest = {name: label for name, label in rest.items() if name not in first}
    return [
        ("", "所有内容"),
        (MATERIALS, "所有材料"),
        ("备案、登记时填写的", list(first.items())),
        ("备案、登记的材料", list(_papers().items())),
        ("变更、注销、报告等填写的", sorted(rest.items(), key=lambda one: one[1])),
    ]


def _fields(*, begins: bool) -> dict[str, str]:
    return {
        name: str(field.label)
        for kind in kinds.every().values()
        if (kind.about is None) == begins
        for section in kind.sections
        for name, field in section.form.base_fields.items()
    }


def _papers() -> dict[str, str]:
    return {
        f"{MATERIALS}.{paper.kind}": f"材料：{paper.label}"
        for kind in kinds.every().values()
        if kind.about is None
        for paper in kind.papers(Case(kind=kind.key, road=kind.road))
    }


class PhraseForm(forms.Form):
    """Where it is kept, what it is for, and its words."""

    use_required_attribute = False
    place = forms.ModelChoiceField(Jurisdiction.objects.none(), label="单位所在地", empty_label=None)
    applies = forms.ChoiceField(label="用于", required=False)
    text = forms.CharField(
        label="内容",
        max_length=phrases.LONGEST,
        error_messages={"required": "填写内容", "max_length": f"不能超过 {phrases.LONGEST} 个字"},
        help_text="写明错在哪里、怎样改，例如：地址不完整，写到门牌号",
    )

    def __init__(self, *args, places: list[Jurisdiction], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = Jurisdiction.objects.filter(pk__in=[place.pk for place in places])
        self.fields["place"].initial = places[0].pk if places else None
        self.fields["applies"].choices = grouped()
