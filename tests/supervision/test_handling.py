"""Case times against limits: counted by kind and by place, exact, as of any day, and never by person."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry.models import Case, Clock, Interval, Step
from registry.scope import Role
from supervision.boards import handling as times
from supervision.durations import spread
from tests.supervision import scene
from tests.supervision.cases_scene import cases

D, DAY = dt.date, dt.timedelta(days=1)
ON = D(2026, 3, 31)
FRIDAY = D(2026, 3, 20)
FIRST, SECOND, RURAL = "220202001001", "220202001002", "220202001201"


def moment(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(9)))


def decided(code, took, *, until=FRIDAY, due=None, scope="promised", kind="filing", outcome="approved"):
    """One case decided on a day after so many days; with a last day of a limit of 12 working days."""
    made = cases(code, 1, kind=kind, since=until - DAY * took, ends=until, outcome=outcome)[0]
    if due:
        Clock.objects.create(
            case=made, scope=scope, days=12, unit="working", starts=until - DAY * took, stopped=until, due_on=due
        )
    return made


def read(code=scene.COUNTY, on=ON, months=12):
    return times.handling(times.span(times.Jurisdiction.objects.get(code=code), on, months))


def step(case, source, target, role):
    Step.objects.create(
        case=case, verb="x", label="x", source=source, target=target, role=role, at=moment(D(2026, 3, 1))
    )


def test_half_and_nine_in_ten_by_kind_and_by_place(jilin):
    for took in (1, 2, 3, 40):
        decided(FIRST, took)
    decided(SECOND, 7, kind="registration")
    found = read(scene.STREET)
    told = {label: spread(one.took) for label, one in found.kinds}
    assert [(label, one.median, one.ninety) for label, one in told.items()] == [("备案", 2, 40), ("登记", 7, 7)]
    assert [(place.code, one.decided) for place, one in found.rows if one.decided] == [(FIRST, 4), (SECOND, 1)]
    assert found.whole.decided == 5 and spread(found.whole.took).median == 3


def test_the_day_of_the_limit_is_in_time_and_the_next_is_not(jilin):
    until = D(2026, 3, 20)
    decided(FIRST, 5, until=until, due=until)
    decided(FIRST, 5, until=until, due=until - DAY)
    decided(FIRST, 5, until=until, due=until, scope="statutory")
    kept = read().whole.kept
    assert (kept["promised"], kept["statutory"]) == ((1, 2), (1, 1))


def test_days_on_the_clock_leave_out_rest_days_and_what_was_suspended(jilin):
    """Of 12 working days from Monday 2 March, decided on Friday 6 March with the last day on Wednesday 18 March."""
    decided(FIRST, 4, until=D(2026, 3, 6), due=D(2026, 3, 18))
    decided(FIRST, 4, until=D(2026, 3, 6), due=D(2026, 3, 23))  # three working days suspended
    label, found = read().kinds[0]
    assert (label, dict(found.used["working"])) == ("备案", {4: 1, 1: 1})


def test_drafts_withdrawn_cases_and_other_times_are_not_counted(jilin):
    decided(FIRST, 3, outcome="withdrawn")
    decided(FIRST, 3, outcome="rejected")
    decided(FIRST, 3, until=D(2025, 3, 31))  # a day too early for the year
    Case.objects.filter(pk=cases(FIRST, 1, since=ON, state="draft")[0].pk).update(submitted_at=None)
    found = read().whole
    assert (found.decided, found.withdrawn, found.received, found.open) == (1, 1, 2, 0)


def test_a_year_begins_the_day_after_the_same_day(jilin):
    decided(FIRST, 3, until=D(2025, 4, 1))
    assert read().whole.decided == 1
    assert read(on=ON + DAY).whole.decided == 0


def test_open_and_overdue_are_as_of_the_day(jilin):
    made = decided(FIRST, 10, until=ON + 5 * DAY, due=ON - DAY)
    Clock.objects.update(stopped=ON + 5 * DAY)
    cases(FIRST, 1, since=ON)
    cases(FIRST, 1, since=ON + DAY)
    found = read().whole
    assert (found.open, found.overdue) == (2, 1)
    assert list(times.behind(times.span(times.Jurisdiction.objects.get(code=FIRST), ON, 12), "overdue")) == [made]
    assert read(on=ON + 5 * DAY).whole.overdue == 0
    assert read(on=ON - DAY).whole.overdue == 0  # the last day of the limit is not over


def test_rounds_of_correction_leave_out_what_the_desk_called_back(jilin):
    case, other = decided(FIRST, 9), decided(FIRST, 9)
    for _ in range(2):
        step(case, "submitted", "returned", Role.STREET)
        step(case, "returned", "submitted", Role.APPLICANT)
    step(other, "submitted", "returned", Role.STREET)
    step(other, "returned", "submitted", Role.STREET)
    found = read().whole
    assert (found.rounds, found.corrected) == (2, 2)


def test_suspended_days_are_told_apart(jilin):
    case, since = decided(FIRST, 20), D(2026, 3, 2)
    said = {"kind": "suspended", "stage": "returned"}
    Interval.objects.create(case=case, starts=since, ends=since + 4 * DAY, **said)
    held = cases(FIRST, 1, since=ON - 2 * DAY)[0]
    Interval.objects.create(case=held, starts=ON - DAY, **said)
    found = read().whole
    assert (found.held, found.suspended) == (4, 1)


def test_the_places_below_and_the_place_itself_add_up(jilin):
    decided(FIRST, 1)
    decided(RURAL, 2)
    decided(scene.STREET, 3)
    found = read(scene.STREET)
    assert sum(one.decided for _, one in found.rows) == 2 and found.rest.decided == 1
    assert found.whole.decided == 3
    assert [place.code for place, _ in found.rows] == sorted(place.code for place, _ in found.rows)


@pytest.mark.parametrize("which", times.LISTS)
def test_the_list_behind_a_number_has_as_many_rows(jilin, which):
    for number, code in enumerate((FIRST, FIRST, SECOND, scene.STREET)):
        made = decided(code, 4, due=D(2026, 3, 18 + number))
        Interval.objects.create(case=made, kind="suspended", stage="x", starts=D(2026, 3, 17))
    waiting = cases(FIRST, 3, since=ON - 9 * DAY)
    clock = {"scope": "promised", "days": 5, "unit": "working", "starts": ON - 9 * DAY}
    Clock.objects.create(case=waiting[0], due_on=ON - DAY, **clock)
    Interval.objects.create(case=waiting[1], kind="suspended", stage="x", starts=ON - DAY)
    found, street = read(scene.STREET), times.Jurisdiction.objects.get(code=scene.STREET)
    rows = times.behind(times.span(street, ON, 12), which)
    wanted = {"late": 2} | {name: getattr(found.whole, name) for name in times.COUNTED}
    assert rows.count() == wanted[which] > 0
    own = times.behind(times.span(street, ON, 12), which, own=True).count()
    assert own == (getattr(found.rest, which) if which != "late" else 0)


def test_it_costs_the_same_however_many_cases(jilin):
    def cost():
        with CaptureQueriesContext(connection, ) as found:  # fmt: skip
            read(scene.STREET)
        return len(found)

    decided(FIRST, 3, due=ON)
    few = cost()
    for number in range(30):
        decided((FIRST, SECOND, RURAL)[number % 3], number % 9, due=ON, kind=("filing", "registration")[number % 2])
    assert cost() == few <= 9
