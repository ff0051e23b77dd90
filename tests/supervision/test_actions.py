"""The night check: what changed is written once, alerts open and close, and bad luck does no harm."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.models import RunRecord
from registry import codes
from registry.models import Jurisdiction, Standing
from registry.touches import touch
from supervision import actions, boards, health, keeping, tasks
from supervision.models import Alert, Count, Judgement
from tests.supervision import scene

DAY = dt.date(2020, 1, 1)  # the targets of 2019 have passed the day before
NEXT = dt.date(2020, 1, 2)


def test_a_night_counts_every_place_from_the_street_up(jilin):
    done = actions.night(DAY)
    assert (done.state, done.places, done.differences) == ("done", 5, 0)
    heads = set(Count.objects.values_list("head", flat=True))
    assert {"", "22", "2202", "220202", "220202001", "220202002"} <= heads


def test_the_night_counts_what_the_board_counts(jilin):
    actions.night(DAY)
    for place in Jurisdiction.objects.filter(level__lte=4):
        stored = Count.objects.as_of(DAY).get(head=codes.prefix(place.code)).counts
        for figure in boards.coverage(place, DAY).own:
            assert stored.get(figure.indicator.name, [0, 0])[:2] == [figure.hits, figure.base]


def test_the_night_judges_what_the_board_judges(jilin):
    actions.night(DAY)
    for place in Jurisdiction.objects.filter(level__lte=4):
        stored = {
            row.parameter: (row.status, row.gap) for row in Judgement.objects.as_of(DAY).filter(place_code=place.code)
        }
        for held in boards.coverage(place, DAY).held:
            if held.indicator and held.formal and held.judgement.denominator:
                assert stored[held.parameter.id] == (held.judgement.status.value, held.judgement.gap)


def test_a_quiet_night_writes_nothing(jilin):
    actions.night(DAY)
    done = actions.night(NEXT)
    assert (done.counts, done.judgements, done.opened, done.closed) == (0, 0, 0, 0)


def test_only_what_changed_is_a_new_row_and_the_old_one_stays(jilin):
    actions.night(DAY)
    scene.organisation("220202002001", since=NEXT)
    done = actions.night(NEXT)
    assert (done.counts, done.differences) == (5, 0)  # the street next door and everything above it
    rows = Count.objects.filter(head=scene.NEXT_STREET[:9])
    assert [row.counts["avg_urban"] for row in rows] == [[0, 1], [1, 1]]
    assert rows.as_of(DAY).get().counts["avg_urban"] == [0, 1]


def test_an_alert_opens_when_the_due_day_has_passed_and_closes_when_made_good(jilin):
    actions.night(dt.date(2019, 12, 31))
    urban = Alert.objects.filter(place_code=scene.STREET, parameter="JL.u2019")
    assert not urban.exists()
    actions.night(DAY)
    assert [(alert.opened_on, alert.gap, alert.clause) for alert in urban.open()] == [(DAY, 1, "一（三）")]
    scene.organisation("220202001001", since=NEXT)
    actions.night(NEXT)
    assert urban.get().closed_on == NEXT


def test_what_was_folded_into_the_counts_of_the_last_night_is_judged_the_next(jilin):
    actions.night(DAY)
    scene.organisation("220202001001", since=DAY)
    assert keeping.fold()
    actions.night(NEXT)
    alert = Alert.objects.get(place_code=scene.STREET, parameter="JL.u2019")
    assert (alert.opened_on, alert.closed_on) == (DAY, NEXT)
    row = Judgement.objects.as_of(NEXT).get(place_code=scene.STREET, parameter="JL.u2019")
    assert (row.on, row.status) == (NEXT, "met")


def test_an_alert_keeps_its_day_and_follows_its_gap(jilin):
    actions.night(DAY)
    Standing.objects.filter(place_code="220202001001").update(ends=NEXT)
    touch("220202001001", NEXT)
    actions.night(NEXT)
    alert = Alert.objects.open().get(place_code=scene.STREET, parameter="JL.u2019")
    assert (alert.opened_on, alert.gap) == (DAY, 8)


def test_a_contribution_and_the_national_line_press_nobody(jilin):
    actions.night(dt.date(2021, 6, 1))
    pressed = set(Alert.objects.filter(place_code=scene.NEXT_STREET).values_list("parameter", flat=True))
    assert "JL.p08" not in pressed
    assert not Alert.objects.filter(parameter__startswith="CN.").exists()
    assert Judgement.objects.filter(parameter="CN.76", place_code=scene.STREET, status="not_met").exists()


def test_two_beats_are_harmless(jilin):
    actions.night(DAY)
    before = Count.objects.count(), Judgement.objects.count(), Alert.objects.count()
    assert actions.night(DAY).state == "already"
    assert before == (Count.objects.count(), Judgement.objects.count(), Alert.objects.count())
    assert RunRecord.objects.filter(name="night", day=DAY).count() == 1


def test_a_night_may_be_repeated_on_demand(jilin):
    actions.night(DAY)
    scene.organisation("220202002001")
    assert actions.night(DAY, again=True).counts == 5
    assert Count.objects.as_of(DAY).get(head=scene.NEXT_STREET[:9]).counts["avg_urban"] == [1, 1]


def test_a_night_that_fails_leaves_nothing_but_an_unfinished_record_and_can_be_retried(jilin, monkeypatch):
    def broken(*names):
        raise RuntimeError("power cut")

    monkeypatch.setattr(actions, "_alert", broken)
    with pytest.raises(RuntimeError):
        actions.night(DAY)
    assert not Count.objects.exists()
    assert RunRecord.objects.get(name="night", day=DAY).finished_at is None
    monkeypatch.undo()
    assert actions.night(DAY).counts >= 6


def test_missed_nights_are_made_up_for_oldest_first(jilin):
    actions.night(DAY)
    nights = actions.catch_up(dt.date(2020, 1, 4))
    assert [done.on.day for done in nights] == [2, 3, 4]
    assert [done.state for done in actions.catch_up(dt.date(2020, 1, 4))] == ["already"]


def test_after_a_long_pause_only_fourteen_nights_are_made_up_for_and_it_says_so(jilin):
    actions.night(DAY)
    nights = actions.catch_up(dt.date(2020, 2, 1))
    assert (len(nights), nights[0].on, nights[0].skipped) == (14, dt.date(2020, 1, 19), 17)


def test_a_night_of_an_earlier_day_leaves_the_alerts_of_today(jilin):
    actions.night(NEXT)
    before = set(Alert.objects.values_list("pk", "closed_on"))
    done = actions.night(dt.date(2018, 6, 1))
    assert done.alerts_kept
    assert set(Alert.objects.values_list("pk", "closed_on")) == before


def test_the_night_asks_one_statement_an_indicator_however_many_places(jilin):
    def asked():
        with CaptureQueriesContext(connection) as caught:
            actions.night(DAY, again=True)
        return len(caught)

    asked()
    few = asked()
    for number in range(10, 40):
        scene.place(f"2202020{number}000", f"街道{number}", starts=NEXT)
    assert asked() == few


def test_judgements_cannot_be_changed_or_deleted(jilin):
    actions.night(DAY)
    row = Judgement.objects.first()
    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(TypeError):
        row.delete()


def test_the_task_catches_up_and_health_tells_the_last_night(jilin):
    assert health.last_night() == {"last_night": None}
    with time_machine.travel(dt.datetime(2020, 1, 1, 3, 0, tzinfo=dt.UTC)):
        assert [done["state"] for done in tasks.night()] == ["done"]
        assert health.last_night()["last_night"]["day"] == DAY
