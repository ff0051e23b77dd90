"""What other bodies are asked about a case: the desk asks, and records an answer that came on paper."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.doors import operation
from registry.api.cases.reach import OfCase
from registry.api.desks.doing import REFUSES
from registry.api.desks.locking import locked, require_desk_scope
from registry.casework import opinions, rights
from registry.models import Opinion

ANSWERS = [choice for choice in Opinion.Answer.choices if choice[0]]


class AskSaid(serializers.Serializer):
    """One unit: on what matter, what it should say, by when, and whether a decision waits for it."""

    kind = serializers.ChoiceField(Opinion.Kind.choices, help_text="事由")
    unit = serializers.CharField(max_length=40, help_text="征求意见的单位")
    question = serializers.CharField(
        max_length=300, required=False, allow_blank=True, default="", help_text="需要说明什么"
    )
    required = serializers.BooleanField(default=True, help_text="作出决定前必须答复")
    due_days = serializers.IntegerField(
        min_value=1, max_value=opinions.JOINT_DAYS, default=opinions.ANSWER_DAYS, help_text="答复期限，工作日"
    )


class AnswerSaid(serializers.Serializer):
    """An answer that came on paper, with the paper."""

    paper = serializers.FileField(help_text="答复文件的扫描件或照片")
    paper_number = serializers.CharField(max_length=60, required=False, allow_blank=True, help_text="文号")
    answer = serializers.ChoiceField(ANSWERS, help_text="意见")
    text = serializers.CharField(
        max_length=2000, required=False, allow_blank=True, default="", help_text="条件或者不同意的理由"
    )


class OpinionTold(serializers.Serializer):
    """What a unit was asked and what it said."""

    id = serializers.IntegerField(help_text="编号")
    kind = serializers.ChoiceField(Opinion.Kind.choices, help_text="事由")
    unit = serializers.CharField(help_text="征求意见的单位")
    question = serializers.CharField(allow_blank=True, help_text="需要说明什么")
    required = serializers.BooleanField(help_text="作出决定前必须答复")
    due_on = serializers.DateField(help_text="答复期限")
    answer = serializers.ChoiceField(Opinion.Answer.choices, allow_blank=True, help_text="意见；空为尚未答复")
    text = serializers.CharField(allow_blank=True, help_text="条件或者不同意的理由")
    answered_on = serializers.DateField(allow_null=True, help_text="答复日期")


def told(one: Opinion) -> dict[str, Any]:
    """An opinion as the API tells it."""
    return {name: getattr(one, name) for name in OpinionTold().fields}


class Ask(OfCase):
    """The questions put to other bodies about a case."""

    @operation(
        "cases.ask",
        "征求其他单位意见",
        description="由当前环节办理（cases.act 加环节角色）。同一单位同一事由还没有答复的，再问是 409。",
        body=AskSaid,
        answers={201: OpinionTold},
        once=True,
        match=True,
        refuses=REFUSES,
    )
    def post(self, request: Request, pk: int) -> Response:
        case = locked(self, pk)
        require_desk_scope(case, self.caller)
        return self.told(told(opinions.ask(case, by=self.caller.user, **self.said)), status=201)


class Record(OfCase):
    """The answer of one unit."""

    @operation(
        "cases.record_answer",
        "录入纸质答复",
        description="由征求意见的窗口录入，连同答复文件。已经答复的是 409。",
        body=AnswerSaid,
        upload=True,
        answers={200: OpinionTold},
        once=True,
        match=True,
        refuses=REFUSES,
    )
    def post(self, request: Request, pk: int, opinion: int) -> Response:
        case = locked(self, pk)
        if not rights.may_reveal(case, self.caller.user):
            raise Http404
        found = get_object_or_404(case.opinions.filter(withdrawn_on=None).select_related("case"), pk=opinion)
        require_desk_scope(case, self.caller)
        return self.told(told(opinions.record(found, by=self.caller.user, **self.said)))
