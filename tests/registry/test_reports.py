"""Reports: who owes which until when, the walk of each, and what stands in the register afterwards."""

import datetime as dt

import pytest
import time_machine

from portal.errors import NotAllowed, OutOfTurn, Refusal
from registry import register, reports
from registry.casework import actions, kinds, papers, sheet
from registry.models import Report
from registry.scope import Role
from tests import builders
from tests.registry.kinds_scene import YEARLY, drafted, noted, registered

D = dt.date
REPORTS = {"annual", "annual_sheet", "periodic", "duty"}
SPRING = D(2026, 3, 10)


@pytest.fixture(autouse=True)
def _spring():
    with time_machine.travel(dt.datetime(2026, 3, 10, 9, tzinfo=dt.timezone(dt.timedelta(hours=8)))):
        yield


@pytest.fixture
def wenzhou(packs, db):
    """A community of Wenzhou with its officers: leaders report on their duties, the regime goes by category."""
    city = builders.place("330300000000", "温州市", "prefecture")
    county = builders.place("330302000000", "鹿城区", "county", parent=city)
    street = builders.place("330302001000", "五马街道", "street", parent=county)
    return builders.place("330302001001", "府前社区", "community", parent=street)


@pytest.fixture
def guangxi(packs, db):
    """A community in Guangxi, where the street is the second responsible party."""
    county = builders.place(
        "450103000000", "青秀区", "county", parent=builders.place("450000000000", "广西", "province")
    )
    street = builders.place("450103001000", "新竹街道", "street", parent=county)
    return builders.place("450103001001", "新竹社区", "community", parent=street)


@pytest.fixture
def yubei(packs, db):
    """A community in Yubei, where organisations report to the 两委."""
    county = builders.place(
        "500112000000", "渝北区", "county", parent=builders.place("500000000000", "重庆市", "province")
    )
    street = builders.place("500112001000", "双凤桥街道", "street", parent=county)
    return builders.place("500112001001", "花卉园社区", "community", parent=street)


@pytest.mark.parametrize(
    ("form", "due", "clause"),
    [
        ("association", D(2026, 5, 31), "《社会团体登记管理条例》 第二十八条"),
        ("social_service_org", D(2026, 5, 31), "《民办非企业单位登记管理暂行条例》 第二十三条"),
        ("foundation", D(2026, 3, 31), "《基金会管理条例》 第三十六条"),
    ],
)
def test_the_yearly_day_goes_by_the_legal_form_and_names_its_clause(form, due, clause, places, packs):
    owed = reports.owed_by(registered(places.garden, legal_form=form), "annual", SPRING)
    assert (owed.period.key, owed.due, owed.source, owed.binding) == ("2025", due, clause, True)


def test_only_under_dual_management_a_supervising_unit_has_a_day_of_its_own(wenzhou):
    direct = registered(wenzhou, category="community_service")
    dual = registered(wenzhou, category="culture_sports")
    period = reports.owed_by(dual, "annual", SPRING).period
    assert reports.to_supervisor(direct, SPRING, period) is None
    assert reports.to_supervisor(dual, SPRING, period) == D(2026, 3, 31)


def test_whoever_came_after_the_period_owes_nothing_for_it(places, packs):
    before = builders.organisation(places.garden, kind="registered", on=D(2025, 12, 31))
    after = builders.organisation(places.garden, kind="registered", on=D(2026, 1, 1))
    assert reports.owed_by(before, "annual", SPRING)
    assert reports.owed_by(after, "annual", SPRING) is None
    assert "下一期" in kinds.of("annual").about(after, SPRING)


def test_each_standing_is_offered_its_own_report(places, packs, yubei, wenzhou):
    def offered(organisation):
        return {kind.key for kind, why in kinds.offered(organisation, SPRING) if kind.key in REPORTS and not why}

    assert offered(registered(places.garden)) == {"annual"}
    assert offered(builders.organisation(places.garden)) == {"annual_sheet"}
    assert offered(builders.organisation(places.garden, kind="listed")) == set()
    assert offered(builders.organisation(yubei)) == {"annual_sheet", "periodic"}
    assert offered(registered(wenzhou)) == {"annual", "duty"}


def test_an_organisation_that_left_the_register_reports_no_more(places, packs):
    gone = register.end(builders.organisation(places.garden), by=None, on=D(2026, 1, 5), reason="解散")
    assert reports.why_not(gone, "annual", SPRING) is None


def test_a_yearly_report_walks_straight_to_the_authority_and_stands_in_the_register(cast, places, packs):
    organisation = registered(places.garden)
    case = noted("annual", organisation, cast.wang, cast.zhang)
    kept = Report.objects.get(case=case)
    assert (case.state, kept.organisation, kept.kind, kept.period) == ("approved", organisation, "annual", "2025")
    assert (kept.filed_on, kept.noted_on, kept.late) == (SPRING, SPRING, False)
    assert "收悉" in kinds.of("annual").about(organisation, SPRING)


def test_the_street_looks_first_where_it_is_the_supervising_unit(guangxi, db):
    organisation = registered(guangxi)
    wang = builders.person("小王", Role.COMMUNITY, guangxi)
    li = builders.person("老李", Role.STREET, guangxi.parent)
    zhang = builders.person("张科", Role.DISTRICT, guangxi.parent.parent)
    case = actions.move(drafted("annual", organisation, wang), "submit", by=wang)
    with pytest.raises(OutOfTurn):
        actions.move(case, "take_note", by=zhang)
    case = actions.move(case, "pass_on", by=li, note="情况属实")
    assert case.state == "consented"
    assert actions.move(case, "take_note", by=zhang).state == "approved"


def test_under_another_supervising_unit_its_paper_is_asked(wenzhou):
    wang = builders.person("小王", Role.COMMUNITY, wenzhou)
    asked = {
        category: {line.paper.kind for line in papers.checklist(_opened(wenzhou, category, wang))}
        for category in ("community_service", "culture_sports")
    }
    assert asked == {"community_service": {"accounts"}, "culture_sports": {"accounts", "supervisor_opinion"}}


def _opened(where, category, by):
    return actions.open_case("annual", by=by, place=where, organisation=registered(where, category=category))


def test_foundations_and_charities_hand_in_audited_accounts(cast, places, packs):
    foundation = registered(places.garden, legal_form="foundation")
    case = actions.open_case("annual", by=cast.wang, place=places.garden, organisation=foundation)
    assert "audit" in {line.paper.kind for line in papers.checklist(case)}


@pytest.mark.parametrize(
    ("amounts", "field"),
    [
        ({}, ""),
        ({"balance": "2001"}, "balance"),
        ({"expense": "31001", "balance": "0"}, "expense"),
        ({"expense": "31000", "balance": "0"}, ""),
        ({"donations": "20000", "purchases": "10000"}, ""),
        ({"donations": "20000", "purchases": "10001"}, "income"),
    ],
)
def test_the_amounts_must_add_up_and_the_message_names_the_one_that_does_not(amounts, field):
    form = kinds.of("annual").section("finance").form(YEARLY["finance"] | amounts)
    assert list(form.errors) == ([field] if field else [])


def test_a_report_that_does_not_add_up_is_not_handed_in(cast, places, packs):
    case = drafted("annual", registered(places.garden), cast.wang, finance={"balance": "1"})
    with pytest.raises(Refusal, match="财务情况"):
        actions.move(case, "submit", by=cast.wang)


@pytest.mark.parametrize(
    ("section", "values", "field"),
    [
        ("compliance", {"penalised": "yes"}, "penalty_note"),
        ("changes", {"changed": "yes", "changed_note": "换了地址"}, "recorded"),
        ("changes", {"changed": "yes", "recorded": "no"}, "changed_note"),
    ],
)
def test_a_yes_that_needs_words_asks_for_them(section, values, field):
    form = kinds.of("annual").section(section).form(YEARLY[section] | values)
    assert list(form.errors) == [field]


@pytest.mark.parametrize(("filed", "late"), [(D(2026, 5, 31), False), (D(2026, 6, 1), True)])
def test_a_report_is_late_by_the_day_it_was_first_handed_in(filed, late, cast, places, packs):
    with time_machine.travel(dt.datetime.combine(filed, dt.time(9), dt.timezone(dt.timedelta(hours=8)))) as clock:
        case = actions.move(drafted("annual", registered(places.garden), cast.wang), "submit", by=cast.wang)
        clock.shift(dt.timedelta(days=40))
        case = actions.move(case, "take_note", by=cast.zhang)
    assert case.report.late is late


def test_the_same_report_is_there_once(cast, places, packs):
    organisation = registered(places.garden)
    noted("annual", organisation, cast.wang, cast.zhang)
    with pytest.raises(Refusal, match="收悉"):
        actions.open_case("annual", by=cast.wang, place=places.garden, organisation=organisation)


def test_of_two_reports_for_one_year_the_second_finds_the_first(cast, places, packs):
    organisation = builders.organisation(places.garden)
    sheet_case = actions.move(drafted("annual_sheet", organisation, cast.wang), "submit", by=cast.wang)
    entry = register.Entry(kind="registered", name=organisation.name, place=places.garden, said={})
    noted("annual", register.enter(entry, by=None, on=SPRING, organisation=organisation), cast.wang, cast.zhang)
    with pytest.raises(OutOfTurn, match="已经收悉"):
        actions.move(sheet_case, "take_note", by=cast.li)
    assert Report.objects.count() == 1


def test_a_second_window_finds_the_report_under_way(cast, places, packs):
    organisation = registered(places.garden)
    drafted("annual", organisation, cast.wang)
    with pytest.raises(OutOfTurn, match="正在办理"):
        actions.open_case("annual", by=cast.zhang, place=places.garden, organisation=organisation)


def test_whoever_sent_a_report_does_not_note_it(cast, places, packs):
    case = drafted("annual", registered(places.garden), cast.zhang)
    case = actions.move(case, "submit", by=cast.zhang)
    with pytest.raises(NotAllowed, match="另一位"):
        actions.move(case, "take_note", by=cast.zhang)


@pytest.mark.parametrize("who", ["wang", "li", "sun", "zhao", "stranger", "auntie"])
def test_only_the_authority_notes_a_yearly_report(who, cast, places, packs):
    case = actions.move(drafted("annual", registered(places.garden), cast.wang), "submit", by=cast.wang)
    with pytest.raises(NotAllowed):
        actions.move(case, "take_note", by=getattr(cast, who))


def test_a_stale_page_notes_nothing(cast, places, packs):
    case = actions.move(drafted("annual", registered(places.garden), cast.wang), "submit", by=cast.wang)
    with pytest.raises(OutOfTurn):
        actions.move(case, "take_note", by=cast.zhang, seen=case.version - 1)


def test_the_sheet_of_a_filed_organisation_has_at_most_eight_questions_and_no_paper(cast, places, packs):
    organisation = builders.organisation(places.garden)
    case = noted("annual_sheet", organisation, cast.wang, cast.li)
    asked = [row for block in sheet.sheet(case) for row in block.rows]
    assert 0 < len(asked) <= 8
    assert not papers.checklist(case)
    assert case.report.kind == "annual"


def test_a_periodic_report_is_acknowledged_by_another_person_of_the_community(yubei):
    organisation = builders.organisation(yubei)
    wang, second = (builders.person(name, Role.COMMUNITY, yubei) for name in ("小王", "小赵"))
    case = actions.move(drafted("periodic", organisation, wang), "submit", by=wang)
    with pytest.raises(NotAllowed):
        actions.move(case, "take_note", by=wang)
    case = actions.move(case, "take_note", by=second)
    assert (case.report.kind, case.report.period, case.report.late) == ("periodic", "2025H2", False)


def test_a_leader_reports_on_duties_where_the_document_says_so(wenzhou):
    organisation = registered(wenzhou)
    wang = builders.person("小王", Role.COMMUNITY, wenzhou)
    zhang = builders.person("张科", Role.DISTRICT, wenzhou.parent.parent)
    case = noted("duty", organisation, wang, zhang)
    assert (case.report.kind, case.report.period) == ("duty", "2025")


def test_where_no_document_asks_no_leader_reports(cast, places, packs):
    with pytest.raises(Refusal, match="不能办理"):
        actions.open_case("duty", by=cast.wang, place=places.garden, organisation=registered(places.garden))


def test_a_report_that_was_given_back_keeps_its_period_over_new_year(cast, places, packs):
    with time_machine.travel(dt.datetime(2025, 12, 30, 9, tzinfo=dt.UTC)) as clock:
        case = drafted("annual", registered(places.garden), cast.wang)
        clock.move_to(dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC))
        case = actions.move(actions.move(case, "submit", by=cast.wang), "take_note", by=cast.zhang)
    assert (case.report.period, case.report.late) == ("2024", True)
