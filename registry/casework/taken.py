"""Names nobody else may have under an authority: borne today, given up not long ago, or kept for somebody else
(社会组织名称管理办法 第十六条)."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from registry.anniversaries import months_after
from registry.casework.applicants import same
from registry.models import Case, FormerName, NameReservation, Organisation
from registry.names.folding import fold
from registry.policy.resolve import Rules

WIDTH = {"registration": 6, "filing": 9}  # digits of the authority's place: the county for 登记, the street for 备案
KEY = "name.conflict.released_after"


def names(case: Case, wanted: str, rules: Rules, on: dt.date) -> dict[str, str]:
    """The names under the authority of a case: those in use with "", the wanted one with why and until when it is
    not free. What the organisation itself bore, and what is kept for the applicant, is no hindrance."""
    kept = NameReservation.objects.exclude(case=case.pk).exclude(used_by=case.pk)
    others = Others(
        Organisation.objects.exclude(pk=case.organisation_id),
        FormerName.objects.exclude(organisation=case.organisation_id),
        kept.exclude(same(case, (case.opened_by_id,), "case__")),
    )
    return under(case.place_code, case.road, wanted, rules, on, others=others)


@dataclass(frozen=True)
class Others:
    """Whose names stand in the way: organisations, former names, names kept."""

    borne: QuerySet
    given_up: QuerySet
    kept: QuerySet


def under(
    place_code: str, road: str, wanted: str, rules: Rules, on: dt.date, *, others: Others | None = None
) -> dict[str, str]:
    """The same for anybody who asks of a place (12 digits) and a road; everybody's names stand in the way."""
    others = others or Others(Organisation.objects.all(), FormerName.objects.all(), NameReservation.objects.all())
    authority = place_code[: WIDTH[road]]
    borne = others.borne.active().inside(authority).order_by("id").values_list("name", flat=True)
    found = dict.fromkeys(borne, "")
    if not wanted:
        return found
    alike = {"folded_name": fold(wanted), "place_code__startswith": authority}
    return _given_up(others.given_up.filter(**alike), rules, on) | _kept(others.kept.held(on).filter(**alike)) | found


def _given_up(rows: QuerySet, rules: Rules, on: dt.date) -> dict[str, str]:
    found = {}
    for former in rows:
        years = rules.number(f"{KEY}.{former.cause}", 0)
        last = months_after(former.until, years * 12)
        if years and on <= last:
            free = last + dt.timedelta(days=1)
            found[former.name] = f"{former.get_cause_display()}未满 {years} 年，{_day(free)}起可以使用"
    return found


def _kept(rows: QuerySet) -> dict[str, str]:
    return {one.name: f"已为其他申请人保留至{_day(one.expires_on)}" for one in rows}


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
