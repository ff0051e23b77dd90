"""The one writer of frozen statistics: tables and scorecards of a period that is over, with their digest.

What was frozen never changes. The night freezes what nobody has frozen yet and leaves the rest alone; a district
officer may freeze a period again, which makes newer rows where something differs, with the reason told.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from portal.actions import note
from portal.errors import Refusal
from portal.models import RunRecord, User
from registry import codes, periods
from registry.models import Jurisdiction, Standing
from registry.models.jurisdictions import PSEUDO
from registry.periods import QUARTER, YEAR, Period
from registry.scope import Role, require
from supervision import appraisals, scorecards
from supervision.models import Statistic
from supervision.statistics import tables
from supervision.statistics.content import Content, digest
from supervision.statistics.forms import FORMS, TARGETS

RUN = "statistics"
SHORTEST = 4  # letters of a reason
LEVEL = Jurisdiction.Level


@dataclass
class Frozen:
    """One freeze: by whom (the night: nobody) and why again; rows it made, and tables that stand as they stood."""

    by: User | None = None
    cause: str = ""
    made: list[Statistic] = field(default_factory=list)
    same: list[str] = field(default_factory=list)


def freeze(place: Jurisdiction, key: str, *, by: User, on: dt.date, cause: str = "") -> Frozen:
    """Freeze a period of a place by hand, with its scorecard where the period is a year and a document names one.

    `Refusal` for a period that is not over, where there is nothing to freeze, and where something differs from what
    was frozen and no reason is given.
    """
    require(by, Role.DISTRICT, place.code)
    period = over(key, on)
    with transaction.atomic():
        done = Frozen(by, cause.strip())
        _freeze(done, place, period)
        told = f"{place}{period.label}：定稿 {len(done.made)} 份，未变 {len(done.same)} 份"
        note("statistics.freeze", f"place:{place.code}", by=by, place_code=place.code, summary=told)
    return done


def over(key: str, on: dt.date) -> Period:
    """The period of a key that was over on a day; `Refusal` for any other."""
    try:
        period = periods.read(key)
    except ValueError as error:
        raise Refusal("选择报告期", code="unknown_period", field="period") from error
    if period.last >= on:
        raise Refusal(f"{period.label}还没有结束，结束后才能定稿", code="period_runs", field="period")
    return period


def freeze_due(on: dt.date) -> dict[str, int]:
    """Freeze the last quarter and the last year that are over, once; running twice does no harm."""
    return {period.key: _freeze_all(period) for period in (periods.before(on, QUARTER), periods.before(on, YEAR))}


def _freeze_all(period: Period) -> int:
    """How many rows were made. Each place in its own transaction: a failure loses nothing that is done."""
    run, _ = RunRecord.objects.get_or_create(name=f"{RUN} {period.key}", day=period.last)
    if run.finished_at:
        return 0
    made = 0
    for place in _due(period):
        with transaction.atomic():
            done = Frozen()
            _freeze(done, place, period)
            made += len(done.made)
    run.finished_at, run.result = timezone.now(), {"made": made}
    run.save(update_fields=["finished_at", "result"])
    return made


def _due(period: Period) -> list[Jurisdiction]:
    """Every place from the county up with an organisation, and for a year every place that is appraised."""
    standing = Jurisdiction.objects.standing_on(period.last).exclude(name__in=PSEUDO).order_by("code")
    stood = Standing.objects.filter(starts__lte=period.last).order_by().values_list("place_code", flat=True).distinct()
    known = {above for code in stood for above in (codes.NATION, *codes.lineage(code))}
    found = [place for place in standing.filter(level__lte=LEVEL.COUNTY) if place.code in known]
    for one in appraisals.APPRAISALS if yearly(period) else ():
        found += standing.within(one.area).filter(level=one.level)
    return found


def yearly(period: Period) -> bool:
    return len(period.key) == 4


def _freeze(done: Frozen, place: Jurisdiction, period: Period) -> None:
    """One freeze of a place after the other: whoever comes second waits, and finds what the first has made."""
    Jurisdiction.objects.select_for_update(no_key=True).get(pk=place.pk)
    former = latest(place, period)
    wanted = [*_tables(place, done.by), *_cards(place, period)]
    if done.by is None and all(table in former for table in wanted):
        return
    if not wanted:
        raise Refusal("社区（村）只有年度考核单，而且要有文件规定", code="nothing_to_freeze", field="period")
    for table, content in _contents(place, period, wanted).items():
        _keep(done, former.get(table), place, period, content)


def latest(place: Jurisdiction, period: Period) -> dict[str, Statistic]:
    """Table → its newest row, of a place and a period."""
    rows = Statistic.objects.filter(place_code=place.code, period=period.key).order_by("id").select_related("by")
    return {row.table: row for row in rows}


def _tables(place: Jurisdiction, by: User | None) -> list[str]:
    """The night freezes tables down to the county; streets are frozen by hand."""
    lowest = LEVEL.COUNTY if by is None else LEVEL.STREET
    return [*(form.key for form in FORMS), TARGETS] if place.level <= lowest else []


def _cards(place: Jurisdiction, period: Period) -> list[str]:
    appraisal = scorecards.named(place, period) if yearly(period) else None
    return [appraisal.table] if appraisal else []


def _contents(place: Jurisdiction, period: Period, wanted: list[str]) -> dict[str, Content]:
    found = tables.contents(place, period) if TARGETS in wanted else {}
    appraisal = scorecards.named(place, period)
    if appraisal and appraisal.table in wanted:
        found[appraisal.table] = scorecards.content(place, period, appraisal)
    return found


def _keep(done: Frozen, former: Statistic | None, place: Jurisdiction, period: Period, content: Content) -> None:
    marked = digest(content)
    if former and (done.by is None or former.digest == marked):
        done.same.append(content["table"])
        return
    if former and len(done.cause) < SHORTEST:
        told = f"{content['name']}的{content['title']}与已定稿的不同，重新定稿要写明原因"
        raise Refusal(told, code="cause_missing", field="cause")
    row = Statistic(table=content["table"], place_code=place.code, period=period.key, on=period.last, by=done.by)
    row.content, row.digest, row.cause = content, marked, done.cause[:200] if former else ""
    row.save()
    done.made.append(row)
