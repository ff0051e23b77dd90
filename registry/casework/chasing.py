"""Before a limit is up the desk is warned, after it the desk is told and the desk above too; silence can mean yes.

Runs every hour and may run twice: whoever was told of a clock once is not told again. Only clocks that are nearly up
are read, and a case whose clocks are held is left alone.
"""

import datetime as dt
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from portal.errors import Refusal
from registry import clock
from registry.casework import actions, kinds, turns
from registry.flows import leaving
from registry.models import CLOSED, CalendarDay, Case, Clock, Interval, Notice, Office, State
from registry.scope import Role

BATCH = 500
ABOVE = {  # to whom a desk's overdue case is raised, the nearest first; who holds no office there is passed over
    Role.COMMUNITY: (Role.STREET, Role.DISTRICT),
    Role.STREET: (Role.DISTRICT, Role.APPROVER),
    Role.DISTRICT: (Role.APPROVER, Role.LEADER),
    Role.APPROVER: (Role.LEADER,),
}
NEARLY_UP = 1  # working days left when the desk is warned
log = logging.getLogger(__name__)


def chase(on: dt.date) -> int:
    """Take the steps silence takes, tell of what is late, warn of what is nearly up; how many cases are late."""
    deem(on)
    late = _clocks().filter(due_on__lt=on)
    _each(late, "late", lambda found, people: _late(found, people))
    _each(_nearly_up(on), "soon", lambda found, people: _soon(found, people, on))
    return late.values("case").distinct().count()


def deem(on: dt.date) -> int:
    """Take the silent step of every case whose stage ran out without a word (行政许可法 32); how many were taken.

    A case whose guards refuse stays where it is and is raised like any late one.
    """
    late = _clocks().filter(scope=Clock.Scope.STAGE, due_on__lt=on).filter(_silent())
    return sum(_taken(found.case) for found in list(late.order_by("pk")))


def _silent() -> Q:
    """Cases that stand where some silent move begins."""
    found = Q(pk__in=[])
    for key, kind in kinds.every().items():
        for variant, flow in kind.flows.items():
            states = {source for move in flow if move.silent for source in move.sources}
            if states:
                found |= Q(case__kind=key, case__variant=variant, case__state__in=states)
    return found


def _taken(case: Case) -> bool:
    found = next(move for move in leaving(kinds.of(case.kind).flow(case), case.state) if move.silent)
    try:
        actions.move(case, found.verb, by=None, seen=case.version)
    except Refusal as no:
        log.info("case %s: %s not taken: %s", case.pk, found.verb, no.code)
        return False
    except Exception:  # whatever is wrong with one case, the cases behind it go on
        log.exception("case %s: %s", case.pk, found.verb)
        return False
    return True


def _clocks() -> QuerySet[Clock]:
    """The clocks that run now: of cases some desk has, and that nothing holds."""
    held = Interval.objects.standing().filter(case=OuterRef("case"))
    resting = (*CLOSED, State.DRAFT, State.RETURNED)
    return Clock.objects.running().exclude(case__state__in=resting).filter(~Exists(held)).select_related("case")


def _nearly_up(on: dt.date) -> QuerySet[Clock]:
    """The clocks whose last day can be so near in any county, whatever days it rests on its own."""
    last = clock.after_working_days(on, NEARLY_UP).on
    own = CalendarDay.objects.in_use().filter(day__gte=on, working=False).values_list("day", flat=True)
    last = clock.after_working_days(last, len(set(own))).on
    return _clocks().filter(due_on__gte=on, due_on__lte=last)


def _each(clocks: QuerySet[Clock], kind: str, notices) -> None:
    """Write the notices of every clock nobody was told of yet, a batch in one go."""
    key = Concat(Value(f"{kind}:"), Cast(OuterRef("pk"), CharField()))
    told = Notice.objects.filter(case=OuterRef("case"), key=key)
    people, made = People(), []
    for found in clocks.filter(~Exists(told)).order_by("pk").iterator(chunk_size=BATCH):
        made += notices(found, people)
        if len(made) >= BATCH:
            Notice.objects.bulk_create(made, ignore_conflicts=True)
            made = []
    Notice.objects.bulk_create(made, ignore_conflicts=True)


def _late(found: Clock, people: "People") -> list[Notice]:
    roles = turns.desks(found.case)
    words = f"已超过{found.get_scope_display()}{found.due_on:%-m月%-d日}"
    told = _notices(found, Notice.Kind.LATE, people.of(roles, found.case.place_code), words)
    above = people.above(roles, found.case.place_code)
    return told + _notices(found, Notice.Kind.RAISED, above, f"{words}，下级环节尚未办理")


def _soon(found: Clock, people: "People", on: dt.date) -> list[Notice]:
    if people.calendar(found.case.place_code).working_days_between(on, found.due_on) > NEARLY_UP:
        return []
    words = f"{found.get_scope_display()}{found.due_on:%-m月%-d日}到期"
    return _notices(found, Notice.Kind.SOON, people.of(turns.desks(found.case), found.case.place_code), words)


def _notices(found: Clock, kind: str, users: Iterable[int], words: str) -> list[Notice]:
    case = found.case
    text = f"{case.name or '未命名组织'}（{case.matter}）{words}"[:200]
    return [Notice(user_id=pk, case=case, kind=kind, key=f"{kind}:{found.pk}", text=text) for pk in sorted(users)]


@dataclass
class People:
    """Who holds a role over a place today, and its calendar; each asked once a run."""

    held: dict[tuple[frozenset[str], str], set[int]] = field(default_factory=dict)
    calendars: dict[str, clock.Calendar] = field(default_factory=dict)

    def of(self, roles: frozenset[str], place_code: str) -> set[int]:
        """The people with any of the roles over a place."""
        if (roles, place_code) not in self.held:
            offices = Office.objects.over(place_code).filter(role__in=roles)
            self.held[roles, place_code] = set(offices.values_list("user_id", flat=True))
        return self.held[roles, place_code]

    def above(self, roles: frozenset[str], place_code: str) -> set[int]:
        """The next desk above that somebody holds, for each of the roles."""
        found: set[int] = set()
        for role in roles:
            holders = (self.of(frozenset({one}), place_code) for one in ABOVE[Role(role)])
            found |= next(filter(None, holders), set())
        return found - self.of(roles, place_code)

    def calendar(self, place_code: str) -> clock.Calendar:
        """The calendar of a place."""
        if place_code not in self.calendars:
            self.calendars[place_code] = CalendarDay.objects.calendar(place_code)
        return self.calendars[place_code]
