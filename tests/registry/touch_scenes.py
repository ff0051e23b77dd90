"""Every act that changes what is counted, once: prepare, yield, act, yield the places and days to be told."""

import datetime as dt

from filings import actions as filings
from registry import absences, hubs, offices, register
from registry.candidates import acts, night
from registry.casework import conversion
from registry.models import Attestation, Case
from registry.scope import Role
from tests import builders
from tests.registry.kinds_scene import noted
from tests.registry.test_candidates import NEAR

D, DAY = dt.date, dt.timedelta(days=1)
FIRST, LATER, LAST = D(2020, 1, 1), D(2022, 5, 1), D(2024, 9, 1)
VOUCHED = [(one, "走访台账第 3 页") for one in Attestation.Criterion]


def entry(place, kind="filed", *, valid_until=None, **said):
    return register.Entry(kind, "阳光舞蹈队", place, {"category": "culture_sports"} | said, valid_until=valid_until)


def enter(w):
    yield
    register.enter(entry(w.garden, valid_until=LAST), by=None, on=FIRST)
    yield {(w.garden.code, FIRST), (w.garden.code, LAST + DAY)}


def enter_hub_serves_where_it_was_founded(w):
    found = register.enter(entry(w.garden, hub_type="federation"), by=None, on=FIRST)
    yield
    register.enter(entry(w.village), by=None, on=LATER, organisation=found)
    yield {(w.garden.code, LATER), (w.village.code, LATER)}


def amend_moves(w):
    found = builders.organisation(w.garden, on=FIRST)
    yield
    register.amend(found, {"place": w.village}, by=None, on=LATER, case=Case(matter="变更"))
    yield {(w.garden.code, LATER), (w.village.code, LATER)}


def amend_a_fact_without_a_day(w):
    found = builders.organisation(w.garden, on=FIRST, category="culture_sports")
    yield
    register.amend(found, {"category": "elderly_care"}, by=None, on=LATER, case=Case(matter="变更"))
    yield {(w.garden.code, FIRST), (w.garden.code, LATER)}


def amend_what_is_not_counted(w):
    found = builders.organisation(w.garden, on=FIRST)
    yield
    register.amend(found, {"address": "二楼"}, by=None, on=LATER, case=Case(matter="变更"))
    yield {(w.garden.code, LATER)}


def amend_who_leads_has_joined_the_party(w):
    leader = {"leader_name": "刘桂兰", "leader_id_number": builders.identity_number(1)}
    found = builders.organisation(w.garden, on=FIRST, leader_party_member=False, **leader)
    yield
    register.amend(found, {"leader_party_member": True} | leader, by=None, on=LATER, case=Case(matter="变更"))
    yield {(w.garden.code, FIRST), (w.garden.code, LATER)}


def end_register(w):
    found = builders.organisation(w.garden, on=FIRST, hub_type="federation")
    yield
    register.end(found, by=None, on=LAST, reason="成员解散")
    yield {(w.garden.code, LAST)}


def _hub(w):
    return builders.organisation(w.street, kind="registered", scope="street", hub_type="federation").hub


def appoint_social_worker(w):
    hub = _hub(w)
    yield
    hubs.appoint(hub, by=w.cast.li, name="赵社工", full_time=True, starts=LATER)
    yield {(w.street.code, LATER)}


def release(w):
    post = hubs.appoint(_hub(w), by=w.cast.li, name="赵社工", full_time=True, starts=LATER)
    yield
    hubs.release(post, by=w.cast.li, on=LAST)
    yield {(w.street.code, LAST)}


def demonstrate_hub(w):
    hub = hubs.demonstrate(_hub(w), by=w.cast.zhang, since=LATER)
    yield
    hubs.demonstrate(hub, by=w.cast.zhang, since=LAST)
    yield {(w.street.code, LATER), (w.street.code, LAST)}


def _office(w, ends=None):
    post = {"role": Role.STREET, "place": w.street, "title": "审核", "starts": LATER, "ends": ends}
    offices.appoint("qian", name="钱工", secret="x", **post)


def appoint_official(w):
    yield
    _office(w, ends=LAST)
    yield {(w.street.code, LATER), (w.street.code, LAST)}


def end_office(w):
    _office(w)
    yield
    offices.end("qian", role=Role.STREET, place=w.street, on=LAST)
    yield {(w.street.code, LAST)}


def _away(w):
    days = {"starts": w.today + DAY, "ends": w.today + 5 * DAY}
    return absences.announce(w.cast.li, deputy=w.cast.chen, reason="年假", by=w.cast.li, on=w.today, **days)


def announce(w):
    yield
    _away(w)
    yield {(w.street.code, w.today + DAY), (w.street.code, w.today + 5 * DAY)}


def end_absence(w):
    absence = _away(w)
    yield
    absences.end(absence, by=w.cast.li, on=w.today + 2 * DAY)
    yield {(w.street.code, w.today + 2 * DAY)}


def keep(w):
    found = builders.organisation(w.garden)
    yield
    noted("annual_sheet", found, w.cast.wang, w.cast.li)
    yield {(w.garden.code, w.today)}


def _near(w):
    return builders.organisation(w.garden, **NEAR)


def _vouched(w):
    found = acts.nominate(_near(w), by=w.cast.wang, on=LATER)
    for criterion, evidence in VOUCHED:
        acts.attest(found, criterion, evidence, by=w.cast.li)
    return found


def _listed(w):
    return acts.list_(_vouched(w), by=w.cast.zhang, on=LAST)


def nominate(w):
    found = _near(w)
    yield
    acts.nominate(found, by=w.cast.wang, on=LATER)
    yield {(w.garden.code, LATER)}


def list_(w):
    found = _vouched(w)
    yield
    acts.list_(found, by=w.cast.zhang, on=LAST)
    yield {(w.garden.code, LAST)}


def demonstrate_candidate(w):
    found = _listed(w)
    yield
    acts.demonstrate(found, by=w.cast.zhang, on=False)
    yield {(w.garden.code, LAST)}


def review(w):
    found = _listed(w)
    yield
    acts.review(found, by=w.cast.zhang, on=w.today, finding="运行正常")
    yield {(w.garden.code, LAST)}


def remove(w):
    found = _listed(w)
    yield
    acts.remove(found, by=w.cast.zhang, on=w.today, reason="停止活动")
    yield {(w.garden.code, w.today)}


def apply(w):
    found = _listed(w)
    yield
    acts.apply(found.organisation, by=w.cast.wang)
    yield {(w.garden.code, LAST)}


def registered(w):
    case = conversion.convert(_listed(w).organisation, by=w.cast.wang)
    yield
    acts.registered(case, by=None, on=w.today)
    yield {(w.garden.code, w.today)}


def suggest_by_night(w):
    builders.organisation(w.garden, **NEAR)
    yield
    night.reassess(w.today)
    yield {(w.garden.code, w.today)}


def follow_by_night(w):
    found = _listed(w)
    register.amend(found.organisation, {"place": w.village}, by=None, on=w.today, case=Case(matter="变更"))
    yield
    night.reassess(w.today)
    yield {(w.garden.code, LAST), (w.village.code, LAST)}


def fade_by_night(w):
    found = builders.organisation(w.garden, **NEAR)
    night.reassess(w.today)
    register.amend(found, {"premises": "none", "individual_members": 5}, by=None, on=w.today, case=Case(matter="变更"))
    yield
    night.reassess(w.today + DAY)
    yield {(w.garden.code, w.today + DAY)}


def settle(w):
    register.end(_listed(w).organisation, by=None, on=w.today, reason="解散")
    yield
    night.settle(w.today)
    yield {(w.garden.code, w.today)}


def entrust(w):
    yield
    filings.entrust(w.village, by=w.cast.li, starts=LATER, ends=LAST, document="委托书")
    yield {(w.village.code, LATER), (w.village.code, LAST)}


def revoke(w):
    yield
    filings.revoke(w.delegation, by=w.cast.li, on=w.today)
    yield {(w.garden.code, w.today)}


def list_group(w):
    yield
    said = {"name": "棋牌小组", "leading_party": "社区党委", "category": "culture_sports"}
    filings.list_group(w.garden, said, by=w.cast.wang, on=w.today)
    yield {(w.garden.code, w.today)}
