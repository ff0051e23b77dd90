"""What the system finds by itself: every filed organisation held against the rules again, batch by batch.

Who is short of at most `ledger.suggest_distance` lines is suggested; a suggestion that has drifted away fades. What
people have nominated only gets its new distance. Running twice does no harm.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from portal import actions as audit
from portal.models import AuditEvent
from registry.candidates.acts import REVIEW_DAYS, tell
from registry.candidates.figures import due
from registry.casework import conversion
from registry.eligibility import Receipt, assess
from registry.models import (
    CLOSED,
    Candidate,
    Case,
    Notice,
    Office,
    Organisation,
    PolicyPack,
    Stage,
    StandingKind,
    State,
)
from registry.policy.resolve import Rules, in_force
from registry.scope import Role
from registry.vicinity import Vicinity, around

BATCH = 500
FOLLOWED = ["place_code", "distance", "missing", "assessed_on", "stage", "closed_on", "reason"]
NEAR = 2  # where no document speaks
FADED = "系统复核：差距变大，不再建议"
ENDED = "组织已注销"


@dataclass
class Tally:
    """What one run did."""

    assessed: int = 0
    suggested: int = 0
    faded: int = 0
    settled: int = 0

    def to_json(self) -> dict[str, int]:
        return asdict(self)


class Bench:
    """Rules and place names, read once a place and once a county: organisations come in the order of their places."""

    def __init__(self, on: dt.date) -> None:
        self.on, self.packs = on, PolicyPack.objects.current().read()
        self.place, self.county = "", ""
        self.rules: Rules
        self.tree: Vicinity

    def judge(self, organisation: Organisation) -> Receipt | None:
        """The receipt, None while no document is in force there."""
        code = organisation.place_code
        if code != self.place:
            self.place, self.rules = code, Rules(tuple(in_force(self.packs, code, self.on)), self.on)
        if code[:6] != self.county:
            self.county, self.tree = code[:6], around(code)
        if not self.rules.packs:
            return None
        return assess(conversion.facts_of(organisation), self.rules, self.on, place=code, tree=self.tree)

    @property
    def near(self) -> int:
        return self.rules.number("ledger.suggest_distance", NEAR)


def reassess(on: dt.date) -> Tally:
    """Every filed organisation, in batches of one short transaction each; then what closed cases mean."""
    return _run(Organisation.objects.filter(standing=StandingKind.FILED), on)


def reassess_changed(since: dt.datetime, on: dt.date) -> Tally:
    """The organisations the register wrote about since a moment."""
    subjects = AuditEvent.objects.filter(at__gte=since, verb__startswith="register.")
    changed = {subject.partition(":")[2] for subject in subjects.values_list("subject", flat=True)}
    keys = [int(key) for key in changed if key.isdigit()]
    return _run(Organisation.objects.filter(standing=StandingKind.FILED, pk__in=keys), on)


def _run(rows: QuerySet[Organisation], on: dt.date) -> Tally:
    told, bench = Tally(), Bench(on)
    found = rows.order_by("place_code", "id").iterator(chunk_size=BATCH)
    for batch in _batches(found):
        _assess(batch, bench, told)
    told.settled = settle(on)
    return told


def _batches(rows: Iterable[Organisation]) -> Iterator[list[Organisation]]:
    turn = iter(rows)
    while batch := list(islice(turn, BATCH)):
        yield batch


@transaction.atomic
def _assess(batch: list[Organisation], bench: Bench, told: Tally) -> None:
    open_ones = {one.organisation_id: one for one in _open(batch)}
    dismissed = _dismissed(batch, bench.on)
    fresh, moved, before = [], [], told.suggested + told.faded
    for organisation in batch:
        receipt = bench.judge(organisation)
        if receipt is None:
            continue
        told.assessed += 1
        known, near = open_ones.get(organisation.pk), len(receipt.missing) <= bench.near
        if known is None and near and organisation.pk not in dismissed:
            fresh.append(_suggestion(organisation, receipt))
        elif known is not None:
            _follow(known, organisation)
            moved.append(_measured(known, receipt, near, told))
    told.suggested += len(Candidate.objects.bulk_create(fresh, ignore_conflicts=True))
    Candidate.objects.bulk_update(moved, FOLLOWED)
    tell(fresh)
    if told.suggested + told.faded > before:
        audit.note(
            "candidate.night",
            "candidates",
            by=None,
            place_code=batch[0].place_code,
            summary=f"核对 {len(batch)} 家，新建议 {len(fresh)} 家",
        )


def _follow(known: Candidate, organisation: Organisation) -> None:
    """It is on the ledger of wherever its organisation is at home now."""
    if known.place_code != organisation.place_code:
        tell([known])
        known.place_code = organisation.place_code
        tell([known])


def _open(batch: list[Organisation]) -> QuerySet[Candidate]:
    return Candidate.objects.open().select_for_update(of=["self"]).filter(organisation__in=[one.pk for one in batch])


def _dismissed(batch: list[Organisation], on: dt.date) -> set[int]:
    """Organisations somebody has taken off lately: they are not suggested again before a review would be due."""
    taken = Candidate.objects.filter(stage=Stage.REMOVED, closed_on__gt=on - dt.timedelta(days=REVIEW_DAYS))
    rows = taken.exclude(reason=FADED).filter(organisation__in=[one.pk for one in batch])
    return set(rows.values_list("organisation_id", flat=True))


def _suggestion(organisation: Organisation, receipt: Receipt) -> Candidate:
    return Candidate(
        organisation=organisation,
        place_code=organisation.place_code,
        suggested_on=receipt.on,
        distance=len(receipt.missing),
        missing=list(receipt.missing),
        assessed_on=receipt.on,
    )


def _measured(known: Candidate, receipt: Receipt, near: bool, told: Tally) -> Candidate:
    known.distance, known.missing, known.assessed_on = len(receipt.missing), list(receipt.missing), receipt.on
    if known.stage == Stage.SUGGESTED and not near:
        known.stage, known.closed_on, known.reason = Stage.REMOVED, receipt.on, FADED
        told.faded += 1
        tell([known])
    return known


@transaction.atomic
def settle(on: dt.date) -> int:
    """What has happened to the organisations meanwhile: an application opened or failed, registered, struck off."""
    rows = Candidate.objects.open().select_for_update(of=["self"]).select_related("case", "organisation")
    failed = Q(stage=Stage.APPLYING, case__state__in=[state for state in CLOSED if state != State.APPROVED])
    gone = ~Q(organisation__standing=StandingKind.FILED)
    changed = [_settled(one, on) for one in rows.filter(failed | gone).iterator(chunk_size=BATCH)]
    changed += _applying(rows)
    Candidate.objects.bulk_update(changed, ["stage", "case", "closed_on", "reason"], BATCH)
    tell(changed)
    if changed:
        audit.note("candidate.settle", "candidates", by=None, summary=f"随办件和登记册更新 {len(changed)} 家")
    return len(changed)


def _settled(one: Candidate, on: dt.date) -> Candidate:
    standing = one.organisation.standing
    if standing == StandingKind.REGISTERED:
        one.stage, one.closed_on = Stage.REGISTERED, on
    elif standing != StandingKind.FILED:
        one.stage, one.closed_on, one.reason = Stage.REMOVED, on, ENDED
    else:
        one.stage, one.case = back(one), None
    return one


def back(one: Candidate) -> str:
    """Where a candidate stood before it applied."""
    if one.listed_on:
        return Stage.LISTED
    return Stage.NOMINATED if one.nominated_on else Stage.SUGGESTED


def _applying(rows: QuerySet[Candidate]) -> list[Candidate]:
    """Candidates whose registration was opened by another door than the ledger's."""
    waiting = Candidate.objects.open().exclude(stage=Stage.APPLYING).values("organisation")
    under_way = Case.objects.open().filter(kind="registration", organisation__in=waiting)
    found = {case.organisation_id: case for case in under_way}
    changed = list(rows.exclude(stage=Stage.APPLYING).filter(organisation__in=list(found)))
    for one in changed:
        one.stage, one.case = Stage.APPLYING, found[one.organisation_id]
    return changed


def remind_reviews(on: dt.date) -> int:
    """Tell the district of every review that is due, once a review; returns how many are due."""
    rows = due(Candidate.objects.all(), on).select_related("organisation")
    for one in rows.iterator(chunk_size=BATCH):
        people = set(Office.objects.over(one.place_code, on).filter(role=Role.DISTRICT).values_list("user", flat=True))
        text = f"拟登记台账该复核了：{one.organisation}"[:200]
        url = reverse("registry:candidate", args=[one.pk])
        values = {"kind": Notice.Kind.OTHER, "key": f"review:{one.pk}:{one.review_due}", "text": text, "url": url}
        Notice.objects.bulk_create([Notice(user_id=pk, **values) for pk in people], ignore_conflicts=True)
    return rows.count()
