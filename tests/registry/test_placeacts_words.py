"""What the pages of a change of divisions say: names of its day, dates as people write them."""

import datetime as dt

import pytest
from django.urls import reverse

from portal.errors import OutOfTurn
from registry.models import Certificate, PlaceAct
from registry.places import edits, history
from registry.places.acts import planning, preview, words
from registry.places.acts.plan import Plan
from tests import builders
from tests.registry import placeacts_scene as scene

pytestmark = pytest.mark.django_db


def renamed(cast, places, name, on):
    places.street.refresh_from_db()
    return scene.do(cast, PlaceAct.Kind.RENAME, planning.rename(places.street, name=name, on=on), on=on)


def row(act):
    return words.rows(Plan.from_json(act.plan), act.on)[0]


def test_a_done_rename_still_says_what_the_place_was_called(cast, places):
    before = places.street.name
    first = renamed(cast, places, "大营门新街道", dt.date(2026, 10, 1))
    second = renamed(cast, places, "大营门北街道", dt.date(2026, 11, 1))
    assert (row(first).before, row(first).what, row(first).after) == (before, "更名", "大营门新街道")
    assert (row(second).before, row(second).what, row(second).after) == ("大营门新街道", "更名", "大营门北街道")


def test_the_titles_of_acts_bear_the_names_before_them(cast, places):
    before = places.street.name
    acts = [
        renamed(cast, places, "大营门新街道", dt.date(2026, 10, 1)),
        renamed(cast, places, "大营门北街道", dt.date(2026, 11, 1)),
    ]
    told = [(act.get_kind_display(), Plan.from_json(act.plan), act.on) for act in acts]
    assert words.titles(told) == [f"更名：{before}", "更名：大营门新街道"]


def test_the_changes_of_a_place_bear_dates_as_people_write_them(client, cast, places):
    other = scene.street(places)
    scene.merged(cast, places, other)
    other.refresh_from_db()
    assert [(line["label"], line["after"]) for line in history.changes(other)] == [("撤销", "2026年11月1日")]
    page = client.get(reverse("registry:place", args=[other.code])).content.decode()
    assert '<td data-label="变动后">2026年11月1日</td>' in page


def test_a_merger_into_a_place_renamed_since_the_look_is_looked_at_again(client, cast, places):
    other = scene.street(places)
    plan = planning.merge([places.street, other], into=places.street, code="", name="", on=scene.DAY)
    act = scene.propose(cast, "merge", plan)
    seen = preview.look(plan, act.on).digest
    renamed(cast, places, "大营门新街道", scene.DAY)
    client.force_login(cast.zhang)
    answer = client.post(reverse("registry:placeact_agree", args=[act.pk]), {"seen": seen})
    assert answer.status_code == 409
    assert "核对后再确认" in answer.content.decode() and "大营门新街道" in answer.content.decode()
    act.refresh_from_db()
    assert act.state == PlaceAct.State.PROPOSED


def test_a_place_that_went_into_another_is_not_reopened_by_hand(client, cast, places):
    other = scene.street(places)
    scene.merged(cast, places, other)
    other.refresh_from_db()
    said = {"on": scene.TODAY, "source": "更正", "by": cast.zhang, "seen": history.last_change(other)}
    with pytest.raises(OutOfTurn, match="另一项区划变更"):
        edits.reopen(other, **said)
    client.force_login(cast.zhang)
    page = client.get(reverse("registry:place", args=[other.code])).content.decode()
    assert reverse("registry:place_edit", args=[other.code, "reopen"]) not in page


def test_verification_says_what_the_paper_says_and_what_it_is_called_now(client, cast, places, packs, delegation):
    printed = places.garden.lineage_names()
    paper = Certificate.objects.get(case=builders.walk(builders.draft(cast.auntie, places.garden), cast))
    renamed(cast, places, "大营门新街道", scene.DAY)
    page = client.get(reverse("registry:verified", args=[paper.token])).content.decode()
    assert printed in page and "所在地现为" in page and "大营门新街道" in page
