"""The clocks of a case in words, for its page and its receipt: both limits, whose turn it is, and why the day is so."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from portal.models import User
from registry import clock, codes
from registry.casework import clockwork, kinds
from registry.casework.deadlines import suspensions
from registry.models import CalendarDay, Case, Clock, Interval
from registry.scope import DESK, roles_over

HOLDERS = {
    "applicant": "申请人",
    "community": "居（村）委会",
    "street": "街道（乡镇）",
    "district": "区县民政部门经办人",
    "approver": "区县民政部门审批人",
}
NEARLY_UP = 1  # working days left when a clock is shown as 临期
ORDER = (Clock.Scope.PROMISED, Clock.Scope.STATUTORY, Clock.Scope.STAGE)


@dataclass(frozen=True)
class Face:
    """One limit as it stands: how long, on whose word, until when, how much is left, and the rows that explain it."""

    label: str
    length: str
    source: str
    assumed: bool
    state: str  # on_time, soon, overdue, paused; "" before it starts
    word: str  # the badge's word where it is not the usual one
    due: dt.date | None
    left: str
    starts: dt.date | None = None
    estimated: bool = False
    lines: tuple[clock.Line, ...] = ()

    @property
    def sentence(self) -> str:
        """How long and until when, or from when, on whose word; for a paper."""
        until = f"到{self.due.year}年{self.due.month}月{self.due.day}日" if self.due else self.left
        return f"{self.length}，{until}（{self.source}）"


@dataclass(frozen=True)
class Row:
    """A line of the ledger in words."""

    starts: dt.date
    ends: dt.date | None
    what: str
    who: str
    why: str
    by: str


def panel(case: Case, user: User) -> dict:
    """For the page of a case: nothing for a draft, else its clocks, its ledger, and who may hold or release them."""
    on = timezone.localdate()
    faces, rows = explain(case, on)
    if not rows:
        return {"faces": []}
    held = next((row for row in reversed(rows) if row.kind == Interval.Kind.SUSPENDED and row.ends is None), None)
    now = next((row for row in reversed(rows) if row.kind == Interval.Kind.RUNNING and row.ends is None), None)
    last = max((face.due for face in faces if face.due), default=on)
    return {
        "faces": faces,
        "ledger": [_row(row) for row in rows],
        "ledger_staff": bool(roles_over(user, case.place_code) & DESK),
        "held": held,
        "turn_of": HOLDERS.get(now.holder, "") if now else "",
        "turn_since": now.starts if now else None,
        "estimated": any(face.estimated for face in faces) and not case.is_closed,
        "calendar_version": CalendarDay.objects.calendar(case.place_code).version(last.year),
        "calendar_place": codes.lineage(case.place_code)[-min(3, codes.level(case.place_code))],
    }


def explain(case: Case, on: dt.date) -> tuple[list[Face], list[Interval]]:
    """Every limit of a case as of a day, and the ledger it is counted from; a fixed number of queries."""
    rows = list(case.intervals.select_related("by"))
    held = suspensions(row for row in rows if row.kind == Interval.Kind.SUSPENDED)
    calendar = CalendarDay.objects.calendar(case.place_code, case.closed_at)
    clocks = [found for found in case.clocks.all() if found.scope != Clock.Scope.STAGE or found.stopped is None]
    faces = {found.scope: _face(found, held, calendar, on) for found in clocks}
    return [faces.get(scope) or face for scope, face in _due_later(case, faces, on)], rows


def limits(case: Case, on: dt.date) -> list[Face]:
    """The promised and the statutory limit side by side, for the receipt."""
    return [face for face in explain(case, on)[0] if face.label != Clock.Scope.STAGE.label]


def _due_later(case: Case, faces: dict[str, Face], on: dt.date) -> list[tuple[str, Face]]:
    """The limits in their order, those of the kind that have not started yet among them."""
    kind = kinds.of(case.kind)
    later = {limit.scope: limit for limit in kind.limits if limit.scope not in faces and not case.is_closed}
    found = []
    for scope in ORDER:
        if scope in faces:
            found.append((scope, faces[scope]))
        elif scope in later:
            limit = later[scope]
            told = clockwork.length(case, on, limit.key, limit.days, limit.unit, limit)
            verb = next((move.label for move in kind.flow(case) if move.verb == limit.starts), "")
            found.append((scope, _pending(Clock(scope=scope, **told), verb)))
    return found


def _pending(found: Clock, verb: str) -> Face:
    return Face(
        found.get_scope_display(), _length(found), _source(found), found.assumed, "", "", None, f"“{verb}”的次日起算"
    )


def _face(found: Clock, held: list[clock.Suspension], calendar: clock.Calendar, on: dt.date) -> Face:
    seen = found.stopped or on
    told = clock.deadline(found.starts, found.days, found.unit, suspensions=held, calendar=calendar, on=seen)
    due = found.due_on if found.stopped and found.due_on else told.on
    state, word, left = _standing(found, due, told.open and not found.stopped, calendar, on)
    return Face(
        found.get_scope_display(),
        _length(found),
        _source(found),
        found.assumed,
        state,
        word,
        due,
        left,
        found.starts,
        told.estimated,
        told.lines,
    )


def _standing(found: Clock, due: dt.date, held: bool, calendar: clock.Calendar, on: dt.date) -> tuple[str, str, str]:
    if found.stopped:
        return ("on_time", "按期", "按期办理") if found.stopped <= due else ("overdue", "超期", "超期办理")
    left = clock.left_words(due, on, found.unit, calendar=calendar)
    if held:
        return "paused", "", f"{left}，恢复后继续计算"
    if due < on:
        return "overdue", "", left
    soon = calendar.working_days_between(on, due) <= NEARLY_UP
    return ("soon" if soon else "on_time"), "", left


def _length(found: Clock) -> str:
    return f"{found.days} {clock.UNITS[found.unit]}"


def _source(found: Clock) -> str:
    return f"{found.document} {found.clause}".strip() if not found.assumed else "本系统暂定"


def _row(row: Interval) -> Row:
    held = row.kind == Interval.Kind.SUSPENDED
    cap = f"，最多 {row.cap} 天" if row.cap is not None else ""
    why = "；".join(filter(None, [row.get_cause_display() if row.cause else "", row.reason, row.basis])) if held else ""
    stage = dict(Case._meta.get_field("state").choices).get(row.stage, "")
    what = f"{row.get_kind_display()}{cap}" if held else f"{row.get_kind_display()}：{stage}"
    return Row(row.starts, row.ends, what, HOLDERS.get(row.holder, ""), why, str(row.by or "系统"))


def resting(case: Case) -> str:
    """Why the clocks are held and that the next act lets them run again; "" while they run."""
    found = case.intervals.standing().last()
    if found is None:
        return ""
    return f"{found.get_cause_display()}，自{found.starts.month}月{found.starts.day}日起。办理后恢复计时"
