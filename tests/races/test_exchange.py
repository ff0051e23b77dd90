"""Many keepers, many senders, many reviewers: a record is made once, taken once and in order; a review is done once."""

import pytest
from django.utils import timezone

from registry import ratings, reviews
from registry.exchange import pushing, sending
from registry.models import Push, RatingReview
from registry.webhooks import feed
from tests import builders
from tests.races.start import MANY, at_once, refused
from tests.registry.platform_server import SECRET, Platform, running

pytestmark = [pytest.mark.pg, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def there(settings):
    found = Platform()
    with running(found) as url:
        settings.PLATFORMS = {"example": {"url": url, "secret": SECRET}}
        settings.OUTBOUND_ALLOWED = [url.split("/")[2]]
        yield found


@pytest.fixture
def cases(cast, places, packs, delegation):
    return [builders.walk(builders.draft(cast.auntie, places.garden, said=said), cast) for said in SAID]


SAID = [builders.answers(f"第{number}舞蹈队") for number in range(10)]


def test_eight_keepers_make_each_record_once(cases, there):
    feed.number()
    at_once(lambda _: pushing.follow(), many=8)
    pushing.follow()
    assert Push.objects.count() == 60
    for case in cases:
        assert list(case.pushes.order_by("id").values_list("sequence", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_eight_senders_send_each_record_once_and_in_order_while_the_platform_stumbles(cases, there):
    feed.number()
    pushing.follow()
    there.answers = [503, 200, 200, 500, 200] * 4
    for _ in range(30):
        at_once(lambda _: sending.send(), many=8)
        Push.objects.filter(state="waiting").update(next_at=timezone.now())
        if len(there.records) == 60:
            break
    assert len(there.records) == len(there.keys) == 60 and there.forged == []
    for case in cases:
        assert [at for number, at, _ in there.records if number == case.number] == [1, 2, 3, 4, 5, 6]


def test_fifty_reviewers_are_one(cases, cast):
    review = ratings.rate(cases[0], 1).review
    outcomes = at_once(lambda n: reviews.conclude(review, finding="true", done=f"第{n}个", by=cast.chen))
    assert len(refused(outcomes)) == MANY - 1 and RatingReview.objects.get().finding == "true"


def test_a_rating_opens_one_review_however_often_the_night_looks(cases, cast):
    ratings.rate(cases[0], 1)
    at_once(lambda _: reviews.chase(timezone.localdate()), many=8)
    assert RatingReview.objects.count() == 1
