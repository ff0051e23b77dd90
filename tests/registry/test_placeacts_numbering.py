"""New codes: the same digits where they are free, the next of the band where not; who keeps an act."""

import pytest

from registry.places.acts import numbering
from registry.places.acts.plan import Plan, Planned

STREET = "120103001000"


@pytest.mark.parametrize(
    ("level", "wanted", "taken", "given"),
    [
        (5, "001", [], "120103001001"),
        (5, "001", ["120103001001"], "120103001002"),
        (5, "150", ["120103001150"], "120103001001"),  # the first free one of the band, not the next higher
        (5, "200", ["120103001200"], "120103001201"),  # a village stays a village
        (5, "199", ["120103001199"], "120103001001"),
        (4, "001", ["120103001000"], "120103002000"),
        (4, "100", ["120103100000"], "120103101000"),  # a town stays a town
        (3, "71", ["120171000000"], "120172000000"),
    ],
)
def test_a_new_code_is_free_and_of_the_same_band(level, wanted, taken, given):
    assert numbering.free(STREET, level, wanted, taken) == given


def test_a_band_with_no_code_left_is_said():
    taken = [f"120103001{number:03}" for number in range(200, 400)]
    with pytest.raises(numbering.Full):
        numbering.free(STREET, 5, "200", taken)


@pytest.mark.parametrize(
    ("concerned", "keeper"),
    [
        (["120103001001", "120103002000"], "120103000000"),
        (["120103001000", "120101001000"], "120100000000"),
        (["130102001000", "130202001000"], "130000000000"),
        (["120103001000", "130102001000"], "000000000000"),
        (["441900003001", "441900004000"], "441900000000"),  # a city without counties keeps its own
        (["120000000000"], "120000000000"),
    ],
)
def test_an_act_is_kept_by_the_nearest_place_over_all_it_concerns(concerned, keeper):
    assert numbering.keeper(concerned) == keeper


def test_of_several_places_the_widest_are_named():
    assert numbering.tops(["120103001001", "120103001000", "120103002001"]) == ["120103001000", "120103002001"]


def test_a_plan_reads_back_as_it_was_written():
    plan = Plan(
        heads=("120103001000",),
        places=(Planned("120103002000", "乙街道", "street", "", "120103000000"),),
        moves=(("120103001001", "120103002001"),),
        parts=(("120103001000", "120103002000"),),
        shares={7: "120103002000"},
    )
    assert Plan.from_json(plan.to_json()) == plan
    assert plan.ended == ("120103001001",)
