"""An edited copy of a document: what may be varied, how numbers are read, what is refused and by which name."""

import datetime as dt

import pytest

from registry.policy.keys import KEYS
from supervision.indicators import MEASURED_BY
from supervision.trials import edits
from supervision.trials.edits import EditError


@pytest.fixture
def by_slug(documents):
    return {pack.slug: pack for pack in documents}


@pytest.fixture
def find(documents):
    known = {one.id: one for pack in documents for one in pack.parameters}
    return known.__getitem__


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("CN.04", "3万", 30000),
        ("CN.04", " ２０００ ", 2000),
        ("CN.04", "30,000", 30000),
        ("JL.u2019", "4.75", "19/4"),
        ("JL.u2019", "0", 0),
        ("JL.p08", "30%", "3/10"),
        ("JL.p08", "1/3", "1/3"),
        ("JL.p08", "100%", 1),
        ("TJ.p03", "2至4", [2, 4]),
        ("TJ.p03", "2-2", [2, 2]),
    ],
)
def test_a_number_is_read_exactly_as_typed(find, name, typed, value):
    assert edits.read(find(name), typed) == value


@pytest.mark.parametrize(
    ("name", "typed", "reason"),
    [
        ("CN.04", "", "“注册资金”没有填写"),
        ("CN.04", "-5", "“注册资金”应为数字"),
        ("CN.04", "1e9", "“注册资金”应为数字"),
        ("CN.04", "九", "“注册资金”应为数字"),
        ("CN.04", "%", "“注册资金”应为数字"),
        ("CN.04", "5/0", "“注册资金”应为数字"),
        ("CN.04", "9999999999999", "“注册资金”数值过大"),
        ("CN.01", "1/2", "“个人会员”应为整数"),
        ("JL.p08", "101%", "不能超过全部"),
        ("TJ.p03", "3", "应为两个整数"),
    ],
)
def test_what_is_no_number_is_refused_by_the_name_of_the_parameter(find, name, typed, reason):
    with pytest.raises(EditError, match=reason):
        edits.read(find(name), typed)


def test_a_copy_names_what_differs_and_leaves_the_document_alone(by_slug):
    pack = by_slug["jilin-2017"]
    before = pack.digest
    copy, changes = edits.edited(pack, {"JL.u2019": {"value": 6, "due": dt.date(2019, 6, 30)}, "JL.p07": {"value": 1}})
    assert [(one.parameter, one.field, one.before, one.after) for one in changes] == [
        ("JL.u2019", "value", 5, 6),
        ("JL.u2019", "due", "2019-12-31", "2019-06-30"),
    ]
    assert pack.digest == before != copy.digest
    assert {one.id for one in copy.parameters} == {one.id for one in pack.parameters}


def test_the_same_value_written_otherwise_is_no_change(by_slug):
    copy, changes = edits.edited(by_slug["jilin-2017"], {"JL.p08": {"value": "2/6"}})
    assert changes == []
    assert copy.digest == by_slug["jilin-2017"].digest


@pytest.mark.parametrize(
    ("slug", "values", "field"),
    [
        ("jilin-2017", {"JL.u2019": {"value": "many"}}, "value"),
        ("tianjin-2018", {"TJ.p03": {"value": [4, 2]}}, "value"),
        ("national", {"CN.83": {"value": ["nobody"]}}, "value"),
        ("jilin-2017", {"JL.u2019": {"due": dt.date(2010, 1, 1)}}, "due"),
        ("jilin-2017", {"JL.u2019": {"due": dt.date(2020, 12, 31)}}, "due"),
        ("jilin-2017", {"GX.p01": {"value": 1}}, "value"),
    ],
)
def test_what_the_loader_would_refuse_is_refused(by_slug, slug, values, field):
    with pytest.raises(EditError) as refused:
        edits.edited(by_slug[slug], values)
    assert (refused.value.parameter, refused.value.field) == (next(iter(values)), field)


def test_only_what_a_trial_can_answer_may_be_varied(documents):
    offered = {one.key for pack in documents for one in edits.varied(pack, MEASURED_BY)}
    assert {"registration.min_capital", "count.tiers", "basic_tolerance", "target.hub.per_street"} <= offered
    assert not {"registration.regime", "premises.required", "fund.lottery.allowed_purposes"} & offered
    assert all(key in KEYS for key in offered)


def test_every_value_that_is_offered_is_read_back_as_itself(documents):
    for pack in documents:
        for one in edits.varied(pack, MEASURED_BY):
            if edits.asks_value(one) and KEYS[one.key].takes in ("number", "range"):
                assert edits.same(edits.read(one, edits.shown(one)), one.value), one.id
