"""Records for a platform: each made once, sent in order, over a line that may be down; what is refused is told."""

import datetime as dt
import json

import pytest
from django.db.models import F
from django.utils import timezone

from portal.models import RunRecord
from registry import ratings
from registry.casework import actions, clockwork
from registry.exchange import happenings, platforms, pushing, sending
from registry.models import Case, Event, Interval, Notice, Push
from registry.webhooks import feed
from tests import builders
from tests.registry.platform_server import SECRET


@pytest.fixture
def case(cast, places, packs, delegation):
    return builders.draft(cast.auntie, places.garden)


def told():
    """Give the waiting events their place in the feed, and make what they ask for."""
    feed.number()
    return pushing.follow()


def later(seconds):
    """Everything that waits is due."""
    Push.objects.update(next_at=F("next_at") - dt.timedelta(seconds=seconds))


def test_the_road_of_a_filing_in_the_records_of_the_platform(case, cast, there):
    case = builders.corrected(builders.returned(case, cast))
    for verb, who, data in builders.WALKS["filing"][1:]:
        case = actions.move(case, verb, by=getattr(cast, who), note="属实", data=data)
    ratings.rate(case, 2, reasons=["slow"])
    assert told() == 9
    assert list(Push.objects.order_by("sequence").values_list("record", flat=True)) == [
        "application", "correction_notice", "correction", "acceptance", "stage", "stage",
        "closing", "delivery", "rating",
    ]  # fmt: skip
    assert sending.send() == len(there.records) == 9
    assert [sequence for _, sequence, _ in there.records] == list(range(1, 10))
    assert there.forged == [] and set(Push.objects.values_list("state", flat=True)) == {"sent"}
    assert Push.objects.first().receipt == "R1"


def test_nothing_is_made_or_sent_twice(case, cast, there):
    builders.walk(case, cast)
    made = told()
    Event.objects.update(seq=F("seq") + 1000)  # as if everything was told once more
    assert made == Push.objects.count() == 6 and told() == 0
    RunRecord.objects.all().delete()  # even the cursor may be lost
    assert told() == 0 and sending.send() == 6 and sending.send() == 0
    assert len(there.seen) == 6


def test_what_happens_later_goes_on_where_the_numbers_stand(case, cast, there):
    builders.walk(case, cast, moves=2)
    told()
    actions.move(Case.objects.get(), "report", by=cast.wang)
    told()
    assert [push.sequence for push in Push.objects.order_by("id")] == [1, 2, 3, 4]


def test_a_suspension_is_told_with_its_basis_and_its_end(case, cast, there):
    case = builders.walk(case, cast, moves=1)
    clockwork.suspend(case, by=cast.wang, cause="expert", reason="核查 13912345678", basis="《行政许可法》第四十五条")
    told()
    clockwork.resume(Case.objects.get(), by=cast.wang)
    told()
    special, result = Push.objects.filter(record__startswith="special").order_by("sequence")
    body = pushing.read(special)["record"]["SJ"]
    assert (body["TBCXZL"], body["TBCXYJ"]) == ("1", "《行政许可法》第四十五条") and "13912345678" not in str(body)
    assert pushing.read(result)["record"]["SJ"]["JSRQ"] == timezone.localdate().isoformat()
    assert Interval.objects.holding().count() == 1


def test_no_personal_number_leaves(case, cast, there):
    case = builders.walk(case, cast, moves=1)
    number = builders.identity_number(1)
    actions.move(case, "review", by=cast.wang, note=f"已核对 {number}，电话 13900000000")
    told()
    sending.send()
    bodies = b"".join(body for _, _, body in there.records).decode()
    assert "已核对" in bodies and number not in bodies and "13900000000" not in bodies


def test_a_platform_that_is_down_gets_everything_once_when_it_is_back(case, cast, there):
    builders.walk(case, cast, moves=3)
    told()
    there.answers = [503]
    assert sending.send() == 0 and sending.send() == 0 and len(there.seen) == 1  # one try, then it is left alone
    push = Push.objects.order_by("id").first()
    assert push.state == "waiting" and push.fault == "平台答复 503" and push.next_at > timezone.now()
    later(60)
    assert sending.send() == 4 and [sequence for _, sequence, _ in there.records] == [1, 2, 3, 4]


def test_a_lost_answer_doubles_nothing(case, cast, there):
    builders.walk(case, cast, moves=1)
    told()
    sending.send()
    Push.objects.update(state="waiting", next_at=timezone.now())  # it was taken, and the answer never came
    assert sending.send() == 1 and len(there.seen) == 2 and len(there.records) == 1
    assert len(set(there.seen)) == 1


@pytest.mark.parametrize("kind", ["nobody listens", "forbidden"])
def test_a_case_goes_on_while_nobody_answers(kind, case, cast, settings, there):
    settings.OUTBOUND_ALLOWED = [] if kind == "forbidden" else settings.OUTBOUND_ALLOWED
    if kind == "nobody listens":
        settings.PLATFORMS = {"example": {"url": "http://127.0.0.1:9/", "secret": SECRET}}
        settings.OUTBOUND_ALLOWED = ["127.0.0.1:9"]
    builders.walk(case, cast, moves=2)
    told()
    sending.send()
    assert Push.objects.order_by("id").first().fault
    assert actions.move(Case.objects.get(), "report", by=cast.wang).state == "reported"


def test_what_is_refused_is_told_and_holds_up_its_own_case_only(case, cast, there, places):
    builders.walk(case, cast, moves=3)
    other = builders.walk(builders.draft(cast.auntie, places.garden, said=builders.answers("合唱队")), cast, moves=1)
    told()
    there.answers = [422]
    sending.send()
    refused = Push.objects.get(state="refused")
    assert (refused.sequence, refused.fault) == (1, "422 事项编码不存在")
    assert [number for number, _, _ in there.records] == [other.number]  # of the refused case nothing more
    notice = Notice.objects.get(key__startswith="push:")
    assert notice.user == cast.zhang and "“申请”记录：422 事项编码不存在" in notice.text
    later(60)
    assert sending.send() == 0


def test_after_a_correction_it_goes_out_again(case, cast, there):
    builders.walk(case, cast, moves=3)
    told()
    there.answers = [400]
    sending.send()
    line = platforms.line("example")
    assert pushing.mended(line.platform) == 0  # nothing reads differently
    Case.objects.update(name="晨光舞蹈队")
    assert pushing.mended(line.platform) == 1 and sending.send() == 4
    assert "晨光舞蹈队" in there.records[0][2].decode() and there.records[0][1] == 1


def test_by_hand_it_is_sent_again_as_it_is(case, cast, there):
    builders.walk(case, cast, moves=1)
    told()
    there.answers = [400]
    sending.send()
    assert pushing.again(platforms.line("example").platform) == 1 and sending.send() == 1


def test_a_record_that_cannot_be_made_is_told_and_holds_up_nobody_else(case, cast, there, places):
    builders.walk(case, cast, moves=1)
    Case.objects.update(name="")
    other = builders.walk(builders.draft(cast.auntie, places.garden, said=builders.answers("合唱队")), cast, moves=1)
    told()
    push = Push.objects.get(state="refused")
    assert "SQRMC（organisation_name）没有值" in push.fault and pushing.read(push)["record"] is None
    assert "没有值" in Notice.objects.get(key__startswith="push:").text
    assert sending.send() == 1 and there.records[0][0] == other.number
    Case.objects.filter(name="").update(name="阳光舞蹈队")
    assert pushing.mended(platforms.line("example").platform) == 1 and sending.send() == 1


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 502])
def test_what_says_nothing_of_the_record_is_tried_again(status, case, cast, there):
    builders.walk(case, cast, moves=1)
    told()
    there.answers = [status]
    sending.send()
    assert Push.objects.get().state == "waiting" and not Notice.objects.filter(key__startswith="push:").exists()


def test_the_waits_grow_to_ten_minutes(case, cast, there):
    builders.walk(case, cast, moves=1)
    told()
    there.answers, waits = [500] * 9, []
    for _ in range(9):
        Push.objects.update(next_at=timezone.now())
        sending.send()
        waits.append(round((Push.objects.get().next_at - timezone.now()).total_seconds()))
    assert waits == [10, 20, 40, 80, 160, 320, 600, 600, 600]


def test_cases_from_before_the_platform_are_not_told(case, cast, there):
    builders.walk(case, cast, moves=1)
    Case.objects.update(submitted_at=dt.datetime(2025, 12, 31, 15, tzinfo=dt.UTC))
    assert told() == 0


def test_one_case_that_goes_wrong_comes_back_and_holds_nobody_up(case, cast, there, places, monkeypatch):
    bad = builders.walk(case, cast, moves=1)
    builders.walk(builders.draft(cast.auntie, places.garden, said=builders.answers("合唱队")), cast, moves=1)
    plain = happenings.of
    with monkeypatch.context() as patch:
        patch.setattr(happenings, "of", lambda case: 1 / 0 if case.pk == bad.pk else plain(case))
        assert told() == 1
    assert told() == 1 and {push.case_id for push in Push.objects.all()} == set(
        Case.objects.values_list("id", flat=True)
    )


def test_another_platform_is_another_file(case, cast, places, settings, there):
    settings.PLATFORMS |= {"sample": settings.PLATFORMS["example"]}
    filed = builders.walk(case, cast, moves=1)
    case = builders.draft(cast.auntie, places.garden, road="registration")
    builders.walk(case, cast)
    told()
    pushes = Push.objects.filter(platform="sample")
    assert list(pushes.values_list("record", flat=True)) == ["application", "acceptance", "closing"]
    assert not pushes.filter(case=filed).exists()
    body = json.loads(pushing.sent(pushes.last()))
    assert body["stepNo"] == 3 and body["payload"]["outcome"] == "granted" and body["payload"]["creditCode"]


def test_a_broken_file_stops_its_own_platform_only(case, cast, settings, there, tmp_path):
    settings.PLATFORM_FOLDER = str(tmp_path)
    good = platforms.Path(__file__).parents[2] / "fixtures" / "platforms" / "example.yaml"
    (tmp_path / "example.yaml").write_text(good.read_text("utf-8"), "utf-8")
    (tmp_path / "sample.yaml").write_text("platform: sample", "utf-8")
    settings.PLATFORMS |= {"sample": settings.PLATFORMS["example"]}
    builders.walk(case, cast, moves=1)
    assert told() == 1 and sending.send() == 1


def test_making_the_records_of_a_case_costs_the_same_however_long_it_is(
    case, cast, there, django_assert_max_num_queries
):
    case = builders.walk(case, cast)
    for many in (1, 3):
        for step in [one for one in case.steps.all() for _ in range(many - 1)]:
            step.pk = None
            step.save()
        with django_assert_max_num_queries(14):
            assert len(happenings.of(Case.objects.get())) == 1 + 4 * many


def test_an_answer_nested_without_end_is_an_answer_and_the_later_records_go_out(case, cast, there, monkeypatch):
    builders.walk(case, cast, moves=2)
    told()
    monkeypatch.setattr(there, "take", lambda headers, body: (200, b"[" * 60_000))
    assert sending.send() == 3
    assert set(Push.objects.values_list("state", "receipt")) == {("sent", "")}
