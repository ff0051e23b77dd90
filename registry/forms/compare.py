"""Which two editions of policy documents are to be compared."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from registry.models import PolicyPack

ERRORS = {"required": "选择要比较的文件", "invalid_choice": "没有这个政策文件或版本，重新选择"}


class CompareForm(forms.Form):
    """Two editions, each named by the short mark of its content."""

    left = forms.ChoiceField(label="文件一", error_messages=ERRORS)
    right = forms.ChoiceField(label="文件二", error_messages=ERRORS)

    def __init__(self, data: Any, *, editions: Iterable[PolicyPack]) -> None:
        self.known = {edition.edition: edition for edition in editions}
        super().__init__(data)
        for name in ("left", "right"):
            self.fields[name].choices = [("", "请选择"), *((mark, _label(one)) for mark, one in self.known.items())]

    @property
    def complete(self) -> bool:
        """Whether both were given; one alone is a question half asked and no mistake."""
        return bool(self.data.get("left") and self.data.get("right"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("left") and said.get("left") == said.get("right"):
            self.add_error("right", "两边是同一个版本，另选一个")
        return said

    def chosen(self) -> tuple[PolicyPack, PolicyPack]:
        """The two editions of a valid form."""
        return self.known[self.cleaned_data["left"]], self.known[self.cleaned_data["right"]]


def _label(edition: PolicyPack) -> str:
    """The mark of the content tells older editions of one day apart."""
    loaded = f"{timezone.localtime(edition.loaded_at):%Y年%-m月%-d日}载入"
    state = "现用" if edition.current else f"已被替代，版本 {edition.edition[:6]}"
    return f"{edition.short}（{state}，{loaded}）"
