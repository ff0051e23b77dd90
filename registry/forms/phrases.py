"""A phrase an office keeps for its correction notices."""

from django import forms

from registry import phrases
from registry.casework import kinds
from registry.casework.snapshots import MATERIALS
from registry.models import Case, Jurisdiction


def purposes() -> list[tuple[str, str]]:
    """What a phrase may be for: everything, every paper, one field that some kind of case asks for, or one paper of
    the kinds by which an organisation begins.
    """
    fields = {
        name: str(field.label)
        for kind in kinds.every().values()
        for section in kind.sections
        for name, field in section.form.base_fields.items()
    }
    papers = {
        f"{MATERIALS}.{paper.kind}": f"材料：{paper.label}"
        for kind in kinds.every().values()
        if kind.about is None
        for paper in kind.papers(Case(kind=kind.key, road=kind.road))
    }
    found = sorted((fields | papers).items(), key=lambda one: one[1])
    return [("", "所有内容"), (MATERIALS, "所有材料"), *found]


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
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = Jurisdiction.objects.filter(pk__in=[place.pk for place in places])
        self.fields["place"].initial = places[0].pk if places else None
        self.fields["applies"].choices = purposes()
