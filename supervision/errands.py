"""What the pages of assignments are given: finished words and addresses, and what a person may do."""

from collections.abc import Iterable
from typing import Any

from django.forms import Form
from django.urls import reverse
from django.utils import timezone

from portal.models import User
from portal.templatetags.portal import moment
from registry.scope import STAFF, Role, roles_over
from supervision import assigning, figures
from supervision.boards.outlook import Outlook
from supervision.forms.assignments import AnswerForm, CloseForm
from supervision.indicators import BY_NAME
from supervision.models import Assignment
from supervision.pages import full_names

State = Assignment.State
VERBS = {"answer": AnswerForm, "close": CloseForm}
MAY = {"answer": Role.STREET, "close": Role.DISTRICT}
TONES = {State.OPEN: "todo", State.ANSWERED: "done", State.CLOSED: "ended"}


def listed(rows: Iterable[Assignment]) -> list[dict[str, Any]]:
    """Each assignment of a list in plain words; the places in one query."""
    found = list(rows)
    names = full_names({one.place_code for one in found})
    return [_words(one, names) for one in found]


def beside(found: Outlook, user: User) -> dict[str, Any]:
    """What an outlook has to do with assignments: the one that stands, and whether this person may open one today."""
    rows = Assignment.objects.open().visible_to(user)
    standing = rows.filter(place_code=found.place.code, parameter=found.parameter.id).first()
    today = found.on == timezone.localdate() and not assigning.refused(found)
    may = today and not standing and Role.DISTRICT in roles_over(user, found.place.code)
    return {"standing": standing, "may_assign": may}


def one(assignment: Assignment, user: User, forms: dict[str, Form] | None = None) -> dict[str, Any]:
    """Everything the page of an assignment shows; `forms` are those that came back with mistakes."""
    held = roles_over(user, assignment.place_code)
    may = [verb for verb, role in MAY.items() if role in held and assignment.state != State.CLOSED]
    blank = {verb: VERBS[verb](initial=_initial(assignment, verb)) for verb in may}
    outlook = reverse("supervision:outlook", args=[assignment.place_code, assignment.parameter])
    return {
        "assignment": assignment,
        "row": _words(assignment, full_names([assignment.place_code])),
        "outlook": outlook if held & STAFF else "",
        "rows": _summary(assignment),
        "forms": blank | (forms or {}),
        "form": next(iter((forms or {}).values()), None),
    }


def _initial(assignment: Assignment, verb: str) -> dict[str, str]:
    return {"answer": assignment.answer} if verb == "answer" else {}


def _words(one: Assignment, names: dict[str, str]) -> dict[str, Any]:
    return {
        "href": reverse("supervision:assignment", args=[one.pk]),
        "place": names.get(one.place_code, "已撤销的地方"),
        "title": one.title,
        "source": f"{one.document} {one.clause}",
        "needed": _needed(one),
        "due": one.due,
        "opened_on": one.opened_on,
        "tone": TONES[State(one.state)],
        "state": one.get_state_display(),
    }


def _needed(one: Assignment) -> str:
    lacks = BY_NAME[one.indicator].lacks if one.indicator in BY_NAME else "个"
    return f"还差 {one.needed} {lacks}" if one.needed else "按在办的申请，预计可以达到"


def _range(one: Assignment) -> str:
    least, most = one.forecast.get("range", (0, 0))
    return f"，{least} 到 {most} 之间" if least != most else ""


def _summary(one: Assignment) -> list[dict[str, Any]]:
    told = [
        ("要求", one.title),
        ("依据", f"{one.document} {one.clause}"),
        ("期限", f"{figures.day(one.due)}（当天仍算）" if one.due else "长期要求"),
        ("预计到期时" if one.forecast else "交办时", _needed(one) + _range(one)),
        ("交办日期", f"{figures.day(one.opened_on)}，{one.opened_by.name if one.opened_by else '系统夜间检查'}"),
    ]
    if one.answer and one.answered_at:
        told.append(("街道回复", one.answer))
        told.append(
            ("回复人和时间", f"{one.answered_by.name if one.answered_by else ''} {moment(one.answered_at)}".strip())
        )
    if one.closed_on:
        told.append(("结束", f"{figures.day(one.closed_on)}，{one.reason}"))
    return [{"label": label, "value": value} for label, value in told]
