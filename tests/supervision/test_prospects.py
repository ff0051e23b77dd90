"""Which targets a street may be asked to do something about, and whose document speaks."""

import datetime as dt
from dataclasses import replace

import pytest

from registry.codes import NATION
from registry.policy.parameters import Modality
from supervision import counts, prospects
from supervision.indicators import BY_NAME
from tests.supervision import scene

ON, DUE = dt.date(2020, 6, 1), dt.date(2020, 12, 31)
pytestmark = pytest.mark.usefixtures("jilin")


def named(name):
    return next(one for pack in counts.current_packs() for one in pack.parameters if one.id == name)


@pytest.mark.parametrize(
    ("change", "indicator", "on", "may"),
    [
        ({}, "avg_urban", ON, True),
        ({"modality": Modality.MUST}, "avg_urban", ON, True),
        ({"modality": Modality.MAY}, "avg_urban", ON, False),
        ({"modality": Modality.EXPLORE}, "avg_urban", ON, False),
        ({"area": NATION}, "avg_urban", ON, False),
        ({"due": None}, "avg_urban", ON, False),
        ({}, "avg_urban", DUE, True),
        ({}, "avg_urban", DUE + dt.timedelta(days=1), False),
        ({"programme_ends": dt.date(2020, 5, 31)}, "avg_urban", ON, False),
        ({}, "rural_service_org", ON, True),  # formal at the county
    ],
)
def test_a_street_is_asked_only_for_what_binds_and_can_still_be_reached(change, indicator, on, may):
    parameter = replace(named("JL.u2020"), **change)
    assert prospects.assignable(parameter, BY_NAME[indicator], on) is may


def test_what_is_judged_above_the_county_is_nobody_s_errand():
    wider = replace(BY_NAME["avg_urban"], formal_down_to=2)
    assert not prospects.assignable(named("JL.u2020"), wider, ON)


def test_of_several_years_the_next_one_due_is_asked():
    asked = prospects.Agenda(dt.date(2019, 6, 1)).of(scene.STREET)
    assert {"JL.u2019", "JL.r2019", "JL.p07", "JL.p08", "JL.p09"} == set(asked)
    assert {one.level for one in asked.values() if one.parameter.id == "JL.p08"} == {3}


def test_the_nearest_document_whose_day_is_ahead_speaks():
    wide = next(pack for pack in counts.current_packs() if pack.slug == "jilin-2017")
    own = replace(named("JL.u2020"), id="XX.u2020", area="220200000000", value=12)
    late = replace(own, id="XX.late", due=dt.date(2020, 3, 31))

    def asked(parameter):
        city = replace(wide, slug="city", area="220200000000", parameters=(parameter,))
        return set(prospects.Agenda(ON, [wide, city]).of(scene.STREET))

    assert asked(own) >= {"XX.u2020", "JL.r2020"} and "JL.u2020" not in asked(own)
    assert "JL.u2020" in asked(late) and "XX.late" not in asked(late)


def test_a_province_is_looked_at_for_all_documents_inside_it_and_above():
    found = prospects.Agenda(ON).within("330000000000")
    assert "WZ.p01" in found and not any(name.startswith("JL") for name in found)
    assert prospects.Agenda(ON).within("450000000000") == set()
