"""`manage.py loadplaces` of a newer edition: acts are proposed, and nothing changes until somebody agrees."""

import datetime as dt

import pytest

from registry.models import Jurisdiction, PlaceAct, PlaceChange, Succession
from registry.places import find
from registry.places.acts import deciding
from registry.places.acts.plan import Planned
from registry.places.matching import Differences, acts
from tests import builders
from tests.registry import places_scene
from tests.registry.editions_scene import change, everything, load

ON = "2026-11-01"
DAY = dt.date(2026, 11, 1)
LINE = '120103001004,"荣华里社区居委会",120103001,12,1201,120103\n'


def told():
    rows = PlaceAct.objects.order_by("kind", "id")
    return [(act.kind, act.plan["from"], [place["code"] for place in act.plan["to"]]) for act in rows]


def test_a_newer_edition_proposes_and_changes_nothing(loaded):
    change(loaded, "villages.csv", "九江路社区居委会", "九江里社区居委会")
    change(loaded, "villages.csv", LINE, "")
    change(
        loaded, "villages.csv", "441900003001", '120103002001,"新设社区居委会",120103002,12,1201,120103\n441900003001'
    )
    before = everything()
    said = load(loaded, "--on", ON)
    assert "已提出 3 项待确认的区划变更" in said
    assert everything() == before
    assert told() == [
        ("abolish", ["120103001004"], []),
        ("add", [], ["120103002001"]),
        ("rename", ["120103001001"], ["120103001001"]),
    ]
    assert set(PlaceAct.objects.values_list("place_code", "on", "from_file")) == {("120103000000", DAY, True)}


def test_the_same_edition_again_proposes_nothing_new(loaded):
    change(loaded, "villages.csv", "九江路社区居委会", "九江里社区居委会")
    load(loaded, "--on", ON)
    assert "没有新的区划变更要提出" in load(loaded, "--on", ON)
    assert PlaceAct.objects.count() == 1


def test_a_community_under_another_street_is_a_transfer_and_takes_its_organisations_along(loaded):
    goes = builders.organisation(find("120103001004"))
    change(loaded, "villages.csv", LINE, '120103002004,"荣华里社区居委会",120103002,12,1201,120103\n')
    load(loaded, "--on", ON)
    assert told() == [("transfer", ["120103001004"], ["120103002004"])]
    assert PlaceAct.objects.get().touched == {"社会组织": 1}
    zhang = places_scene.officer("张科", "120103")
    assert deciding.agree_many(PlaceAct.objects.all(), by=zhang, today=DAY)[0][1] == ""
    goes.refresh_from_db()
    assert goes.place_code == "120103002004"
    assert Succession.objects.get().before.code == "120103001004"
    assert PlaceChange.objects.get(field="ends").source == f"区划文件 {loaded.name}"
    assert "没有新的区划变更要提出" in load(loaded, "--on", ON)


def test_many_acts_are_agreed_to_in_an_order_that_works(loaded):
    change(loaded, "streets.csv", '350527000,"金门县"', '120103003,"新街道",120103,12,1201\n350527000,"金门县"')
    change(loaded, "villages.csv", LINE, '120103003004,"荣华里社区居委会",120103003,12,1201,120103\n')
    change(loaded, "villages.csv", '120103001001,"九江路社区居委会",120103001,12,1201,120103\n', "")
    change(loaded, "streets.csv", '120103001,"大营门街道",120103,12,1201\n', "")
    load(loaded, "--on", ON)
    zhang = places_scene.officer("张科", "120103")
    results = deciding.agree_many(PlaceAct.objects.all(), by=zhang, today=DAY)
    assert [why for _, why in results] == [""] * len(results)
    standing = Jurisdiction.objects.standing_on(DAY).within("120103").values_list("code", flat=True)
    assert list(standing) == ["120103000000", "120103002000", "120103003000", "120103003004"]


# --- matching, without a database ---


def community(code, name, kind="community", parent=""):
    return Planned(code, name, kind, "rural" if kind == "village" else "urban", parent or code[:9] + "000")


def street(code, name):
    return Planned(code, name, "street", "", code[:6] + "000000")


def differences(new=(), gone=(), changed=()):
    return Differences(
        {place.code: place for place in new},
        {place.code: place for place in gone},
        {now.code: (now, then) for now, then in changed},
    )


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (  # another code of the same street, a village committee before
            differences(
                [community("120103001005", "西村社区居委会")], [community("120103001205", "西村村民委员会", "village")]
            ),
            [("convert", (("120103001205", "120103001005"),))],
        ),
        (  # a street goes to the next county, its communities with it
            differences(
                [street("120101009000", "甲街道"), community("120101009001", "乙社区居委会")],
                [street("120103009000", "甲街道"), community("120103009001", "乙社区居委会")],
            ),
            [("transfer", (("120103009000", "120101009000"), ("120103009001", "120101009001")))],
        ),
        (  # two new places of the name: nobody knows which it is
            differences(
                [community("120103002001", "幸福社区居委会"), community("120103003001", "幸福社区居委会")],
                [community("120103001001", "幸福社区居委会")],
            ),
            [("add", ()), ("add", ()), ("abolish", ())],
        ),
        (  # the same name in another county is another place
            differences([community("120101001001", "幸福社区居委会")], [community("120103001001", "幸福社区居委会")]),
            [("add", ()), ("abolish", ())],
        ),
        (  # under its own code
            differences(
                changed=[
                    (
                        community("120103001205", "西村村民委员会", "village"),
                        community("120103001205", "西村社区居委会", "village"),
                    )
                ]
            ),
            [("convert", ())],
        ),
    ],
)
def test_what_is_gone_and_new_is_recognised(found, expected):
    assert [(kind, plan.moves) for kind, plan in acts(found)] == expected
