"""What other bodies are asked about a case and what they answer: the only writer of opinions.

Several units are asked at once, each with its own day; together they have 45 working days from the first question
(行政许可法 42、82). A unit answers in the portal, or its paper is recorded by the desk that asked.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal import actions as audit
from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import User
from registry import clock
from registry.casework import facts, filestore, turns
from registry.models import CLOSED, CalendarDay, Case, Notice, Office, Opinion
from registry.models.offices import OfficeQuerySet
from registry.policy.resolve import Rules
from registry.scope import DESK, Role, roles_over
from registry.uploads.guard import admit

JOINT_DAYS, ANSWER_DAYS = 45, 10  # working days, where no document speaks
JOINT = "《中华人民共和国行政许可法》 第四十二条、第八十二条"


@dataclass(frozen=True)
class Question:
    """What one unit is asked: on what matter, whether a decision waits for it, and within how many working days."""

    kind: str
    unit: str
    question: str = ""
    required: bool = True
    due_days: int = ANSWER_DAYS


def answer_days(rules: Rules) -> int:
    """The working days a unit has where the desk sets no other number (assumed)."""
    return rules.number("opinion.answer_days", ANSWER_DAYS)


def joint_limit(case: Case, on: dt.date) -> tuple[dt.date, str]:
    """(last day for all units together, clause): counted from the day the first unit was asked, else from `on`."""
    first = case.opinions.filter(withdrawn_on=None).order_by("asked_at").first()
    start = timezone.localdate(first.asked_at) if first else on
    rules = facts.rules_at(case.place_code, on)
    rule, days = rules.get("licence.joint_days"), rules.number("licence.joint_days", JOINT_DAYS)
    return _after(case, start, days), f"{rule.document} {rule.clause}" if rule else JOINT


def _after(case: Case, start: dt.date, days: int) -> dt.date:
    """The last of some working days by the calendar the place works by."""
    return clock.deadline(start, days, calendar=CalendarDay.objects.calendar(case.place_code)).on


def may_ask(case: Case, user: User) -> bool:
    """Whether the person holds the desk the case is at; nobody asks about a case that is with the applicant."""
    return turns.at_desk(case, user)


def ask(
    case: Case,
    *,
    by: User,
    kind: str,
    unit: str,
    question: str = "",
    required: bool = True,
    due_days: int = ANSWER_DAYS,
) -> Opinion:
    """Ask one unit; see `ask_all`."""
    return ask_all(case, [Question(kind, unit, question, required, due_days)], by=by)[0]


@transaction.atomic
def ask_all(case: Case, questions: Iterable[Question], *, by: User) -> list[Opinion]:
    """Ask several units at once, each with its own day in working days; all of them or none.

    `NotAllowed` away from the desk that has the case, `OutOfTurn` while the same unit has the same question open,
    `Refusal` for a day beyond the joint limit.
    """
    locked = Case.objects.select_for_update(of=["self"]).get(pk=case.pk)
    if not may_ask(locked, by):
        raise NotAllowed("只有正在办理这份申请的工作人员可以征求意见", code="not_allowed")
    return [_ask(locked, one, by) for one in questions]


def _ask(case: Case, asked: Question, by: User) -> Opinion:
    today, unit = timezone.localdate(), asked.unit.strip()
    if not unit or asked.due_days < 1:
        raise Refusal("写明征求意见的单位和答复期限", code="unit_missing", field="unit")
    due, (limit, clause) = _after(case, today, asked.due_days), joint_limit(case, today)
    if due > limit:
        raise Refusal(
            f"联合办理的期限到{limit:%Y年%-m月%-d日}为止，答复期限不能更晚",
            code="beyond_limit",
            clause=clause,
            field="days",
        )
    try:
        with transaction.atomic():
            made = Opinion.objects.create(
                case=case,
                kind=asked.kind,
                unit=unit,
                question=asked.question.strip(),
                required=asked.required,
                asked_by=by,
                due_on=due,
            )
    except IntegrityError as fault:
        raise OutOfTurn(f"已经就这件事征求“{unit}”的意见，正在等待答复", code="asked_already") from fault
    _note(made, "ask", by)
    tell(made, advisers(made), f"等待您单位答复：{case}，{due:%-m月%-d日}前", "asked")
    return made


@transaction.atomic
def answer(opinion: Opinion, *, by: User, answer: str, text: str) -> Opinion:
    """The unit answers in the portal. `NotAllowed` for anybody but its officers, `OutOfTurn` once it is answered."""
    found = _open(opinion)
    if not advisers(found).filter(user=by).exists():
        raise NotAllowed(f"这件事征求的是“{found.unit}”的意见", code="not_allowed")
    return _keep(found, by, answer, text)


@transaction.atomic
def record(
    opinion: Opinion, *, by: User, answer: str, text: str, paper: UploadedFile, paper_number: str = ""
) -> Opinion:
    """The desk that asked records an answer on paper, with the paper itself and its number."""
    found = _open(opinion)
    if not may_keep(found, by):
        raise NotAllowed("纸质答复由征求意见的窗口录入", code="not_allowed")
    if not paper:
        raise Refusal("上传对方答复的文件", code="paper_missing", field="paper")
    found.paper, found.paper_number = (
        filestore.keep(admit(paper, label="答复文件", field="paper")),
        paper_number.strip(),
    )
    return _keep(found, by, answer, text)


@transaction.atomic
def withdraw(opinion: Opinion, *, by: User, reason: str = "") -> Opinion:
    """The desk that asked takes an open question back; nobody waits for it any more, and the unit no longer sees it."""
    found = _open(opinion)
    if not may_keep(found, by):
        raise NotAllowed("征求意见由发出的窗口撤回", code="not_allowed")
    tell(found, advisers(found), f"不再需要答复：{found.case}", "withdrawn")
    told = Notice.objects.filter(key__in=[f"opinion:{found.pk}:{event}" for event in ("asked", "late", "withdrawn")])
    told.update(url=reverse("registry:opinions"))  # the question itself is no longer there to open
    found.withdrawn_on = timezone.localdate()
    found.save(update_fields=["withdrawn_on"])
    _note(found, "withdraw", by, reason=reason.strip())
    return found


def may_keep(opinion: Opinion, user: User) -> bool:
    """Whether the person may record or withdraw: who asked, while in office, or the desk that has the case now."""
    held = roles_over(user, opinion.case.place_code) & DESK
    return bool(held) and (opinion.asked_by_id == user.pk or may_ask(opinion.case, user))


def seen_by(opinion: Opinion, user: User) -> bool:
    """Whether the person may read the answer and its paper: the desks over the place, and the unit that gave it."""
    desk = roles_over(user, opinion.case.place_code) & DESK
    return bool(desk) or Opinion.objects.asked_of(user).filter(pk=opinion.pk).exists()


def advisers(opinion: Opinion) -> OfficeQuerySet:
    """The offices today of the unit that is asked, over the place of the case."""
    return Office.objects.over(opinion.case.place_code).filter(role=Role.ADVISER, title=opinion.unit)


def _open(opinion: Opinion) -> Opinion:
    """The opinion, its case locked first, as every decision does; `OutOfTurn` once nothing is to be answered."""
    Case.objects.select_for_update(of=["self"]).get(pk=opinion.case_id)
    found = Opinion.objects.select_for_update(of=["self"]).select_related("case").get(pk=opinion.pk)
    if found.withdrawn_on or found.answered_on:
        done = "已经撤回" if found.withdrawn_on else f"已于{found.answered_on:%-m月%-d日}答复"
        raise OutOfTurn(f"“{found.unit}”的这份征求意见{done}", code="answered_already")
    if found.case.is_closed:
        raise OutOfTurn(f"{found.case}已经办结，不再需要答复", code="case_closed")
    return found


def _keep(found: Opinion, by: User, answer: str, text: str) -> Opinion:
    if answer not in (Opinion.Answer.AGREE, Opinion.Answer.CONDITIONAL, Opinion.Answer.DISAGREE):
        raise Refusal("选择是否同意", code="answer_missing", field="answer")
    if not text.strip() and answer != Opinion.Answer.AGREE:
        raise Refusal("写明条件或不同意的理由", code="text_missing", field="text")
    found.answer, found.text = answer, text.strip()
    found.answered_on, found.answered_by = timezone.localdate(), by
    found.save()
    _note(found, "answer", by, answer=["", found.answer])
    text = f"{found.unit}已答复（{found.get_answer_display()}）：{found.case}"
    tell(found, turns.officers(found.case), text, "answered")
    return found


BACK = ("answered", "late")  # of these whoever asked hears too


def tell(opinion: Opinion, offices: OfficeQuerySet, text: str, event: str) -> None:
    """A notice to the people of some offices, once an event however often this is called."""
    people = set(offices.values_list("user_id", flat=True)) | ({opinion.asked_by_id} if event in BACK else set())
    url = reverse("registry:opinion", args=[opinion.pk])
    values = {"case": opinion.case, "kind": Notice.Kind.OPINION, "key": f"opinion:{opinion.pk}:{event}"}
    Notice.objects.bulk_create(
        [Notice(user_id=pk, text=text[:200], url=url, **values) for pk in sorted(people)], ignore_conflicts=True
    )


def _note(opinion: Opinion, verb: str, by: User, **more) -> None:
    """The line of the trail names matter and unit only: applicants read it in the history of their case."""
    summary, code = f"{opinion.get_kind_display()}：{opinion.unit}", opinion.case.place_code
    audit.note(f"opinion.{verb}", f"case:{opinion.case_id}", by=by, place_code=code, summary=summary, **more)


def panel(case: Case, user: User) -> dict:
    """What was asked about a case: all of it for the desks; for the applicant only whom an answer is awaited from."""
    desk, asking = bool(roles_over(user, case.place_code) & DESK), may_ask(case, user)
    asked = list(case.opinions.filter(withdrawn_on=None).select_related("asked_by", "answered_by"))
    out = [one for one in asked if not one.answered_on and not case.is_closed]
    return {
        "opinions": asked if desk else [],
        "opinions_out": out,
        "may_ask": asking,
        "keepable": {one.pk for one in out if desk and (asking or one.asked_by_id == user.pk)},
        "joint_limit": joint_limit(case, timezone.localdate()) if desk and asked else None,
    }


def remind(on: dt.date) -> int:
    """Tell the units past their day, and whoever asked, once a question; returns how many are late.

    The last day itself is still in time.
    """
    late = Opinion.objects.open().filter(due_on__lt=on).exclude(case__state__in=CLOSED)
    for opinion in late.select_related("case").iterator(chunk_size=500):
        text = f"征求意见已过期限{opinion.due_on:%-m月%-d日}：{opinion.unit}，{opinion.case}"
        tell(opinion, advisers(opinion), text, "late")
    return late.count()
