"""What can be applied for (事项): every kind of case, its questions and its papers, as the rules of a place have it."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.doors import Door, operation
from portal.errors import Refusal
from registry.api import checklist
from registry.api.cases.parts import ChoiceTold, QuestionTold
from registry.api.cases.questions import question
from registry.api.fields import PlaceField
from registry.casework import facts, kinds
from registry.casework.kinds import Kind, Section
from registry.forms.changes import NEVER
from registry.forms.sections import LOCAL
from registry.models import Case, Jurisdiction, Organisation, RoadKey
from registry.scope import Role

NOBODY = 0  # the key of what is in no table: nothing hangs on it


class ItemLine(serializers.Serializer):
    """A kind of case."""

    key = serializers.CharField(help_text="事项代码")
    label = serializers.CharField(help_text="名称")
    road = serializers.ChoiceField(choices=RoadKey.choices, help_text="途径")
    hint = serializers.CharField(allow_blank=True, help_text="说明")
    about_organisation = serializers.CharField(
        help_text="required：关于已有的组织，必须写 organisation；optional：可以写；never：不写"
    )
    openers = ChoiceTold(many=True, help_text="谁可以新建")
    href = serializers.CharField(help_text="地址")


class ItemSection(serializers.Serializer):
    """A section of an application."""

    key = serializers.CharField(help_text="代码")
    title = serializers.CharField(help_text="名称")
    questions = QuestionTold(many=True, help_text="问题")


class WhenTold(serializers.Serializer):
    """An answer that asks for a paper."""

    pointer = serializers.CharField(help_text="回答的位置")
    value = serializers.CharField(help_text="回答的值")


class ItemPaper(serializers.Serializer):
    """A paper that may be asked."""

    kind = serializers.CharField(help_text="种类")
    label = serializers.CharField(help_text="名称")
    required = serializers.BooleanField(help_text="是否必需")
    promise_allowed = serializers.BooleanField(help_text="能否承诺以后补交（容缺）")
    hint = serializers.CharField(allow_blank=True, help_text="说明")
    clause = serializers.CharField(allow_blank=True, help_text="依据的文件和条款")
    asked_when = WhenTold(many=True, help_text="哪些回答才要这份材料；总是要的为空")


class ItemTold(ItemLine):
    """A kind of case at a place."""

    place = serializers.CharField(help_text="12 位区划代码")
    sections = ItemSection(many=True, help_text="各部分")
    materials = ItemPaper(many=True, help_text="材料")


class ItemList(serializers.Serializer):
    """All kinds of cases."""

    results = ItemLine(many=True, help_text="事项")


class ItemQuery(serializers.Serializer):
    """Where it would be applied for."""

    place = PlaceField(help_text="12 位区划代码：问题和材料按这里的规则")


def line(kind: Kind) -> dict[str, Any]:
    """A kind of case in a list."""
    return {
        "key": kind.key,
        "label": kind.label,
        "road": kind.road,
        "hint": kind.hint,
        "about_organisation": "never" if kind.about is None else "optional" if kind.anew else "required",
        "openers": [{"value": role, "label": Role(role).label} for role in sorted(kind.openers)],
        "href": f"/api/v1/items/{kind.key}",
    }


class Items(Door):
    """All kinds of cases."""

    @operation("items.list", "事项列表", answers={200: ItemList})
    def get(self, request: Request) -> Response:
        return self.told({"results": [line(kind) for kind in kinds.every().values()]})


class ItemOne(Door):
    """One kind of case, as a place has it."""

    @operation(
        "items.read",
        "事项的问题和材料",
        description="问什么、要什么材料，由办理地点的规则决定；关于已有组织的事项，以新建后的办件为准。",
        query=ItemQuery,
        answers={200: ItemTold},
        refuses=(404, 422),
    )
    def get(self, request: Request, key: str) -> Response:
        kind = kinds.every().get(key)
        if kind is None:
            raise Http404
        place = Jurisdiction.objects.filter(code=self.asked["place"], ends=None).first()
        if place is None:
            raise Refusal("没有这个地方，或者已经撤销", code="no_such_place", field="place")
        return self.told(whole(kind, place))


def whole(kind: Kind, place: Jurisdiction) -> dict[str, Any]:
    """A kind of case with its questions and papers at a place."""
    case = imagined(kind, place)
    found = [section(one, case.asks) for one in kind.sections]
    return line(kind) | {
        "place": place.code,
        "sections": [one for one in found if one["questions"]],
        "materials": checklist.told(kind, case),
    }


def imagined(kind: Kind, place: Jurisdiction) -> Case:
    """A case that nobody opened: where it would be, and what would be asked there; `Refusal` without documents."""
    about = Organisation(pk=NOBODY, place=place, place_code=place.code) if kind.about and not kind.anew else None
    case = Case(pk=NOBODY, road=kind.road, kind=kind.key, matter=kind.label, place=place, place_code=place.code)
    case.organisation = about
    case.decision = {"asks": facts.asked_here(place, timezone.localdate())}
    case.variant = kind.variant(case)
    return case


def section(one: Section, asks: frozenset[str]) -> dict[str, Any]:
    """A section with the questions that are asked here, those of ticked items among them."""
    form = one.form()
    found = []
    for name, field in form.fields.items():
        when = form.belongs.get(name, "")
        if when == NEVER or (name in LOCAL - form.everywhere and name not in asks):
            continue
        found.append(question(name, field, sealed=name in form.sealed, when=when))
    return {"key": one.key, "title": one.title, "questions": found}
