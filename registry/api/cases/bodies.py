"""What a client sends: bodies and parameters. They describe and refuse (400); they never write."""

from typing import Any

from rest_framework import serializers

from portal.api.cursors import PageQuery
from registry.api.fields import Moment, PlaceField
from registry.models import State

BIGGEST = 2**62  # an id no database refuses to compare
ANSWERS = "回答：字段名到值。是否题用 true/false，多选用数组，数字用数字；没有回答用 null"


class CaseListQuery(PageQuery):
    """Which cases are listed."""

    state = serializers.ChoiceField(required=False, choices=State.choices, help_text="状态代码")
    item = serializers.CharField(required=False, max_length=30, help_text="事项代码，见 /items")
    place = PlaceField(required=False)
    reference = serializers.CharField(required=False, max_length=64, help_text="接入方自己的办件号")
    number = serializers.CharField(required=False, max_length=40, help_text="收件编号")
    updated_since = Moment(required=False, help_text="这一时刻以后有变化的，ISO 8601")


class CaseOpened(serializers.Serializer):
    """A new case."""

    item = serializers.CharField(max_length=30, help_text="事项代码，见 /items")
    place = PlaceField(help_text="12 位区划代码：组织所在的社区（村）或街道（乡镇）")
    organisation = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=BIGGEST,
        help_text="组织编号。关于已备案、已登记组织的事项必填",
    )
    reference = serializers.CharField(
        max_length=64, help_text="接入方自己的办件号，同一个接入方内不重复；用同一个号再次新建，得到同一件"
    )
    answers = serializers.DictField(
        required=False,
        child=serializers.DictField(),
        help_text='先填的回答：部分的代码到回答，例如 {"organisation": {"name": "…"}}',
    )


class SectionSaid(serializers.Serializer):
    """The answers of one section; what is not named counts as not answered."""

    answers = serializers.DictField(help_text=ANSWERS)


class PaperBrought(serializers.Serializer):
    """A paper: a file (multipart/form-data), a promise, or one handed in before."""

    kind = serializers.CharField(max_length=30, help_text="材料种类，见 materials")
    file = serializers.FileField(required=False, allow_empty_file=True, max_length=255, help_text="文件")
    promise = serializers.BooleanField(required=False, default=False, help_text="true：承诺以后补交（容缺）")
    reuse = serializers.IntegerField(
        required=False, min_value=1, max_value=BIGGEST, help_text="用交过的材料：materials 里 former 的 id"
    )

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        """Exactly one of the three."""
        ways = [said.get("file") is not None, bool(said.get("promise")), said.get("reuse") is not None]
        if sum(ways) != 1:
            raise serializers.ValidationError("file、promise、reuse 三样里写一样", code="one_of_three")
        return said


class Withdrawn(serializers.Serializer):
    """Why an application is given up; nothing has to be said."""

    note = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=1000, help_text="撤回的原因，可以不写"
    )
