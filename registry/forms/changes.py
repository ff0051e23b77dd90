"""What a change asks: which items, then the new values of those and of nothing else."""

from collections.abc import Iterable
from typing import ClassVar

from django import forms

from registry.casework import answers
from registry.changes import Item
from registry.forms.fields import CountField, NameField, TicksField, YesNoField, choices
from registry.forms.sections import NAME, LeaderForm, SectionForm
from registry.models import Category, Jurisdiction, Premises, Scope, ServiceGroup
from registry.names.folding import fold

NEVER = "-"


def belongs(items: Iterable[Item]) -> dict[str, str]:
    """Which item each field of a change belongs to; a field that no item of the table names is never shown."""
    named = {name: item.key for item in items for name in item.fields}
    return dict.fromkeys(NewValuesForm.base_fields, NEVER) | named


class ItemsForm(SectionForm):
    """Which items change: the lines of the kind's table that are open to the organisation."""

    table: ClassVar[tuple[Item, ...]] = ()
    explained: ClassVar[bool] = False  # say beforehand which item asks for which papers
    items = TicksField(label="有变化的内容", help_text="可以选几项", error_messages={"required": "至少选一项"})

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        organisation = self.case.organisation if self.case else None
        lines = [item for item in self.table if organisation is None or item.open_to(organisation)]
        field = self.fields["items"]
        field.words = {item.key: item.label for item in lines}
        field.choices = [(item.key, _with_papers(item) if self.explained else item.label) for item in lines]
        field.help_text = f"可以选几项。由{lines[0].decides}决定" if lines else ""


def _with_papers(item: Item) -> str:
    """注册资金，另交：验资报告"""
    papers = "、".join(paper.label for paper in item.papers)
    return f"{item.label}，另交：{papers}" if papers else item.label


class NewValuesForm(LeaderForm):
    """The new values. What the register says stands beside each question; nothing is filled in."""

    new_name = NameField(label="新名称", max_length=50, error_messages=NAME | {"required": "填写新名称"})
    new_place = forms.ChoiceField(label="新的所在社区（村）", choices=())
    premises = forms.ChoiceField(label="新的活动场所", choices=Premises.choices, widget=forms.RadioSelect)
    address = forms.CharField(label="新的场所地址", max_length=100, required=False, help_text="没有固定场所可以不填")
    post_reachable = YesNoField(label="邮件能否送达新地址")
    activities = forms.CharField(label="新的主要活动", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    service_groups = TicksField(
        label="现在主要服务哪些人群",
        choices=ServiceGroup.choices,
        required=False,
        help_text="变更后服务的人群都要选上，面向全体居民的不用选",
    )
    category = forms.ChoiceField(label="新的类别", choices=choices(Category))
    scope = forms.ChoiceField(label="新的活动范围", choices=Scope.choices, widget=forms.RadioSelect)
    capital = CountField(label="变更后的注册资金（元）", limit=10**12)
    individual_members = CountField(label="现在的个人成员数", unit="人")
    unit_members = CountField(label="现在的单位成员数", unit="个", required=False, help_text="没有可以不填")
    charter_changes = forms.CharField(
        label="章程改了哪些内容", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    managing_body = NameField(label="新的管理单位", max_length=80)
    field_order = ["new_name", "leader_name"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name in LeaderForm.base_fields:
                field.label = str(field.label).replace("负责人", "新负责人")
            if self._present(name):
                field.help_text = "。".join(filter(None, [f"现在是“{self._present(name)}”", str(field.help_text)]))
        if "new_place" in self.fields:
            self.fields["new_place"].choices = [("", "请选择"), *self._places()]

    def _present(self, name: str) -> str:
        return self.case.answers.get(answers.PRESENT, {}).get(name, "") if self.case else ""

    def _places(self) -> list[tuple[str, str]]:
        """The communities under the same authority: the same street for 备案, the same county for 登记."""
        if self.case is None:
            return []
        width = 9 if self.case.road == "filing" else 6
        rows = Jurisdiction.objects.within(self.case.place_code[:width]).filter(level=Jurisdiction.Level.COMMUNITY)
        here = self.case.organisation.place_id
        return [(row.code, str(row)) for row in rows.filter(ends=None).exclude(pk=here).order_by("code")]

    def clean(self) -> dict:
        data = super().clean()
        if data.get("premises") in (Premises.OWN, Premises.SHARED) and not data.get("address"):
            self.add_error("address", "填写场所地址")
        if data.get("new_name") and fold(data["new_name"]) == fold(self._present("new_name")):
            self.add_error("new_name", "和现在的名称一样，没有变化")
        return data
