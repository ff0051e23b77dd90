"""The one page of the quick filing: at most twelve questions and two photos, from the forms of the ordinary way."""

from copy import deepcopy
from typing import Any

from django import forms
from django.utils import timezone

from filings.quick import DEFAULTS, KIND, PHOTOS, is_filed
from portal.errors import Refusal
from portal.models import User
from registry.casework import facts, filestore, kinds, similar
from registry.models import Case, Jurisdiction
from registry.uploads import guard

ASKED = (
    "name",
    "category",
    "activities",
    "premises",
    "address",
    "leader_name",
    "leader_id_number",
    "leader_phone",
    "serving_cadre",
    "individual_members",
    "full_party_members",
)
ONLY_THEN = "cadre_approval"  # asked when the leader is a serving cadre
LABELS = {"charter": "章程照片（简易章程也可以）", "members": "成员名单照片"}
ACCEPT = "image/*"  # so that every phone offers camera and album


class QuickForm(forms.Form):
    """What the sections of the kind ask, on one page. Once it was checked, `photos` holds the good files
    and `same` the name if it is taken hereabouts."""

    use_required_attribute = False
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args, user: User, communities: list[Jurisdiction], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.photos, self.same = user, {}, ""
        self.fields["place"] = self._place(communities)
        names = (*ASKED, ONLY_THEN) if self.data.get("serving_cadre") == "yes" else ASKED
        known = {name: field for section in self._sections(None) for name, field in section.fields.items()}
        for name in names:
            self.fields[name] = deepcopy(known[name])
        for kind in PHOTOS:
            picker = forms.FileInput(attrs={"accept": ACCEPT})
            self.fields[kind] = forms.FileField(label=LABELS[kind], required=False, widget=picker)
            self.fields[kind].mark = "must"

    def _place(self, communities: list[Jurisdiction]) -> forms.ModelChoiceField:
        """The community: not a question where there is only one."""
        found = forms.ModelChoiceField(
            Jurisdiction.objects.filter(pk__in=[place.pk for place in communities]),
            label="社区（村）",
            initial=communities[0],
            empty_label=None,
            error_messages={"required": "选择社区（村）", "invalid_choice": "重新选择社区（村）"},
        )
        if len(communities) == 1:
            found.widget = forms.HiddenInput()
        return found

    def _sections(self, asks: frozenset[str] | None) -> list[forms.Form]:
        """The forms of the ordinary way, over what was typed here."""
        said = {**DEFAULTS, **{name: self.data.get(name, "") for name in (*ASKED, ONLY_THEN)}}
        return [section.form(said, asks=asks) for section in kinds.of(KIND).sections]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if place := data.get("place"):
            self._hold_against(frozenset(facts.asked_here(place, timezone.localdate())))
            if not is_filed(data.get("key", ""), self.user):
                self._ask_once(data.get("name", ""), place)
        for kind in PHOTOS:
            self._take(kind)
        return data

    def _hold_against(self, asks: frozenset[str]) -> None:
        """What the sections find wrong between the fields, told here too; each field has told its own already."""
        for section in self._sections(asks):
            for name, faults in section.errors.items():
                if name not in self.errors:
                    self.add_error(name if name in self.fields else None, faults)

    def _ask_once(self, name: str, place: Jurisdiction) -> None:
        """A name that is taken hereabouts is told once; whoever hands the same name in again means it."""
        found = similar.nearby(name, Case(place=place, place_code=place.code))
        self.same = name if any(one.same for one in found) else ""
        if self.same and self.data.get("same_name") != name:
            named = "、".join(f"{one.name}（{one.where}）" for one in found if one.same)
            self.add_error("name", f"附近已有同名的组织：{named}。确认不是同一个，再按一次提交就可以")

    def _take(self, kind: str) -> None:
        """The photo sent now, or the one sent with an earlier try."""
        sent, slip = self.files.get(kind), self.data.get(f"slip-{kind}", "")
        try:
            photo = guard.admit(sent, label=LABELS[kind], field=kind) if sent else filestore.on_receipt(slip, self.user)
        except Refusal as no:
            self.add_error(kind, no.reason)
            return
        if photo is None:
            self.add_error(kind, f"拍照或选择{LABELS[kind]}")
        else:
            self.photos[kind] = photo

    def said(self) -> dict[str, str]:
        """The answers as they were typed; personal numbers stay among them until they are sealed."""
        return {name: self.data.get(name, "") for name in (*ASKED, ONLY_THEN)}
