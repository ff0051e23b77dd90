"""A client rates for its applicant: once, after the end, its own case; a low one opens a task."""

import pytest

from portal.models import AuditEvent
from registry.models import Rating, RatingReview
from tests import builders


@pytest.fixture
def platform(speak):
    return speak("platform")


@pytest.fixture
def case(platform, cast, places):
    """Opened by the platform, decided by the street."""
    return builders.walk(builders.draft(platform.user, places.garden), cast)


def path(case):
    return f"/cases/{case.pk}/rating"


def test_five_levels_are_kept_once(case, platform):
    told = platform.post(path(case), {"level": 5})
    assert told.status_code == 201, told.content.decode()
    assert told.json()["label"] == "非常满意" and told.json()["review_due_on"] is None
    again = platform.post(path(case), {"level": 1})
    assert again.status_code == 409 and again.json()["code"] == "rated"
    assert Rating.objects.get().level == 5


def test_sent_again_with_the_same_key_it_is_answered_the_same(case, platform):
    one, two = (platform.post(path(case), {"level": 4}, Idempotency_Key="k1") for _ in range(2))
    assert (one.status_code, one.content) == (two.status_code, two.content) and two["Idempotency-Replayed"] == "true"


def test_a_low_one_says_why_and_opens_a_task(case, platform):
    told = platform.post(path(case), {"level": 1, "reasons": ["slow", "unclear"], "text": "等了很久"})
    review = RatingReview.objects.get()
    assert told.json()["review_due_on"] == review.due_on.isoformat() and "等了很久" not in told.content.decode()
    assert (review.rating.reasons, review.rating.text) == (["slow", "unclear"], "等了很久")
    assert AuditEvent.objects.get(verb="rating.give").by == platform.user


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({}, 400),
        ({"level": 0}, 400),
        ({"level": 6}, 400),
        ({"level": "很好"}, 400),
        ({"level": 1, "reasons": ["weather"]}, 400),
        ({"level": 1, "text": "字" * 301}, 400),
        ({"level": 1, "stars": 5}, 400),
        ({"level": 5, "reasons": ["slow"]}, 422),
    ],
)
def test_what_does_not_fit_is_refused(said, status, case, platform):
    assert platform.post(path(case), said).status_code == status
    assert not Rating.objects.exists()


@pytest.mark.parametrize("moves", [0, 1, 3])
def test_nothing_is_rated_before_it_is_decided(moves, platform, cast, places):
    case = builders.draft(platform.user, places.garden)
    if moves:
        case = builders.walk(case, cast, moves=moves)
    told = platform.post(path(case), {"level": 5})
    assert told.status_code == 409 and told.json()["code"] == "not_closed"


@pytest.mark.parametrize(
    ("who", "status"), [("neighbour", 404), ("community", 404), ("leader", 403), ("district", 403)]
)
def test_nobody_else_rates_it(who, status, case, speak):
    assert speak(who).post(path(case), {"level": 5}).status_code == status
    assert not Rating.objects.exists()


def test_a_case_somebody_else_opened_is_not_rated(platform, cast, places, speak):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast)
    assert platform.post(path(case), {"level": 5}).status_code == 404
    assert platform.post("/cases/999999/rating", {"level": 5}).status_code == 404
