"""Names nobody else may have under an authority: borne today, given up not long ago, or kept for somebody else
(社会组织名称管理办法 第十六条)."""

import datetime as dt

from registry.anniversaries import months_after
from registry.models import Case, FormerName, NameReservation, Organisation
from registry.names.folding import fold
from registry.policy.resolve import Rules

WIDTH = {"registration": 6, "filing": 9}  # digits of the authority's place: the county for 登记, the street for 备案
KEY = "name.conflict.released_after"


def names(case: Case, wanted: str, rules: Rules, on: dt.date) -> dict[str, str]:
    """The names under the authority of a case: those in use with "", the wanted one with why and until when it is
    not free. What the organisation itself bore, and what is kept for the applicant, is no hindrance."""
    authority = case.place_code[: WIDTH[case.road]]
    rows = Organisation.objects.active().inside(authority).exclude(pk=case.organisation_id)
    found = dict.fromkeys(rows.order_by("id").values_list("name", flat=True), "")
    return _given_up(case, authority, wanted, rules, on) | _kept(case, authority, wanted, on) | found


def _given_up(case: Case, authority: str, wanted: str, rules: Rules, on: dt.date) -> dict[str, str]:
    rows = FormerName.objects.filter(folded_name=fold(wanted), place_code__startswith=authority)
    found = {}
    for former in rows.exclude(organisation=case.organisation_id) if wanted else ():
        years = rules.number(f"{KEY}.{former.cause}", 0)
        last = months_after(former.until, years * 12)
        if years and on <= last:
            free = last + dt.timedelta(days=1)
            found[former.name] = f"{former.get_cause_display()}未满 {years} 年，{_day(free)}起可以使用"
    return found


def _kept(case: Case, authority: str, wanted: str, on: dt.date) -> dict[str, str]:
    rows = NameReservation.objects.held(on).filter(folded_name=fold(wanted), place_code__startswith=authority)
    others = rows.exclude(case=case.pk).exclude(used_by=case.pk).exclude(case__opened_by=case.opened_by_id)
    return {one.name: f"已为其他申请人保留至{_day(one.expires_on)}" for one in others} if wanted else {}


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
