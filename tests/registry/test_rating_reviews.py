"""差评核实: opened with a low rating, for somebody who did not handle the case, done once, raised when late."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from portal.errors import OutOfTurn, Refusal
from portal.models import AuditEvent
from registry import clock, ratings, reviews
from registry.models import Notice, Office, Rating, RatingReview
from registry.scope import Role
from tests import builders

WORDS = "窗口的人说改了三次"


@pytest.fixture
def case(cast, places, packs, delegation):
    """备案: 小王 reviewed and reported, 老李 decided; 陈姐 and 张科 had no hand in it."""
    return builders.walk(builders.draft(cast.auntie, places.garden), cast)


@pytest.fixture
def review(case):
    return ratings.rate(case, 1, reasons=["repeated"], text=WORDS).review


def mine(user, on=None):
    return reviews.of(user, on or timezone.localdate())


def test_a_low_rating_opens_a_task_of_fifteen_working_days(review):
    assert review.due_on == clock.after_working_days(timezone.localdate(), 15).on
    assert review.place_code == "120103001000" and review.at is None


@pytest.mark.parametrize("level", [3, 4, 5])
def test_a_good_rating_opens_none(level, case):
    ratings.rate(case, level)
    assert not RatingReview.objects.exists()


def test_it_is_for_the_street_and_the_county_and_never_for_who_handled_the_case(review, cast):
    seen = {name for name, person in vars(cast).items() if mine(person)}
    assert seen == {"chen", "zhang"}  # 老李 decided, 小王 reviewed, 孙局 and 赵局 only where nobody else is left


def test_the_street_has_no_part_in_a_registration(cast, places, packs):
    builders.person("杨姐", Role.DISTRICT, places.hexi)
    case = builders.walk(builders.draft(cast.auntie, places.garden, road="registration"), cast)
    ratings.rate(case, 2)
    assert (
        mine(cast.chen) == mine(cast.zhang) == mine(cast.sun) == []
        and len(mine(Office.objects.get(user__name="杨姐").user)) == 1
    )


def test_where_nobody_else_is_left_the_approver_does_it(review, cast):
    Office.objects.filter(user__in=[cast.chen, cast.zhang]).delete()
    assert len(mine(cast.sun)) == 1 and mine(cast.zhao) == mine(cast.li) == []


def test_whose_turn_it_is_reads_the_words_and_neither_name_nor_number(review, case, client, cast):
    client.force_login(cast.chen)
    page = client.get(reverse("registry:ratingreview", args=[review.pk])).content.decode()
    assert WORDS in page and "材料反复要" in page and "准予备案" in page
    assert [word for word in (case.name, case.number, "刘桂兰", "李阿姨", "老李") if word in page] == []


@pytest.mark.parametrize("who", ["auntie", "wang", "li", "sun", "zhao", "stranger"])
def test_nobody_else_finds_it(who, review, client, cast):
    client.force_login(getattr(cast, who))
    page = reverse("registry:ratingreview", args=[review.pk])
    assert client.get(page).status_code == 404
    assert client.post(page, {"finding": "true", "done": "已改"}).status_code == 404
    assert RatingReview.objects.get().at is None


def test_it_is_done_once_and_on_record(review, client, cast):
    client.force_login(cast.chen)
    page = reverse("registry:ratingreview", args=[review.pk])
    assert "写明整改情况" in client.post(page, {"finding": "true", "done": " "}).content.decode()
    assert client.post(page, {"finding": "true", "done": "一次告知清单已贴出"}).status_code == 302
    found = RatingReview.objects.get()
    assert (found.finding, found.done, found.by) == ("true", "一次告知清单已贴出", cast.chen)
    note = AuditEvent.objects.get(verb="rating.review")
    assert note.by == cast.chen and note.summary == "备案：属实" and WORDS not in str(note.changes)
    with pytest.raises(OutOfTurn, match="已由陈姐于"):
        reviews.conclude(review, finding="false", done="没有", by=cast.zhang)
    assert "一次告知清单已贴出" in client.get(page).content.decode()


@pytest.mark.parametrize(("finding", "done"), [("", "已改"), ("maybe", "已改"), ("true", "  ")])
def test_what_is_written_down_says_something(finding, done, review, cast):
    with pytest.raises(Refusal):
        reviews.conclude(review, finding=finding, done=done, by=cast.chen)


def test_when_it_is_late_the_desk_is_told_and_the_approver_too_once(review, cast):
    Notice.objects.all().delete()
    with time_machine.travel(timezone.now() + dt.timedelta(days=40)):
        today = timezone.localdate()
        assert reviews.chase(review.due_on) == 0
        assert reviews.chase(today) == reviews.chase(today) == 1
        told = {(notice.user, notice.kind) for notice in Notice.objects.all()}
        assert told == {(cast.chen, "late"), (cast.zhang, "late"), (cast.sun, "raised")}
        assert Notice.objects.count() == 3 and "已超期" in Notice.objects.first().text
        assert len(mine(cast.sun)) == 1  # and may now do it himself


def test_a_low_rating_from_before_gets_its_task_by_night(case, cast):
    Rating.objects.create(case=case, level=2)
    assert mine(cast.chen) == []
    reviews.chase(timezone.localdate())
    assert len(mine(cast.chen)) == 1


def test_the_list_costs_the_same_however_long_it_is(cast, places, packs, client, django_assert_max_num_queries):
    def more(many):
        for _ in range(many):
            case = builders.draft(cast.auntie, places.garden)
            case.state = "approved"
            case.save()
            ratings.rate(case, 1)

    client.force_login(cast.zhang)
    for many in (2, 6):
        more(many)
        with django_assert_max_num_queries(16):
            page = client.get(reverse("registry:ratingreviews")).content.decode()
    assert page.count("待核实") == 8
