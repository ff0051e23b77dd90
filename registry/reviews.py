"""差评核实: a low rating is looked into by somebody who did not handle the case; the only writer of reviews.

Due in fifteen working days, done once. The desk of the county looks into it, for 备案 that of the street too; never
somebody who opened, moved or decided the case. Where nobody else sits at the desk, its approver does, and where he
handled it himself, the leader. Whose rating it is stands nowhere: neither the organisation nor the number is shown.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal import actions as audit
from portal.errors import OutOfTurn, Refusal
from portal.models import User
from registry import codes
from registry.clock import WORKING, deadline
from registry.models import CalendarDay, Case, Jurisdiction, Notice, Office, Rating, RatingReview, RoadKey
from registry.scope import Role, reach, within

LOW = 2
DAYS = 15  # working days in which a low rating is looked into
KEPT = dt.timedelta(days=90)  # what is done stays on the list so long
FRESH = dt.timedelta(days=60)  # ratings whose review may still be opened by night
LADDER = (Role.STREET, Role.DISTRICT, Role.APPROVER, Role.LEADER)


def office(case: Case) -> str:
    """The place whose office decided: the street for 备案, the county for 登记."""
    return decides(case.road, case.place_code)


def decides(road: str, place_code: str) -> str:
    """As `office`, by road and place."""
    level = Jurisdiction.Level.STREET if road == RoadKey.FILING else Jurisdiction.Level.COUNTY
    return next((code for code in codes.lineage(place_code) if codes.level(code) <= level), place_code)


@transaction.atomic
def open_for(rating: Rating) -> RatingReview:
    """The task that a low rating opens, told to whoever may take it; the one there is where it was opened before."""
    case, on = rating.case, timezone.localdate(rating.at)
    due = deadline(on, DAYS, WORKING, calendar=CalendarDay.objects.calendar(case.place_code)).on
    found, made = RatingReview.objects.get_or_create(
        rating=rating, defaults={"place_code": office(case), "due_on": due}
    )
    if made:
        _tell(found, Notice.Kind.OTHER, "rating", f"，{due:%-m月%-d日}前核实", Desks([case]).takers(case))
    return found


@dataclass
class Desks:
    """Who may look into the ratings of some cases: their offices read in one query."""

    offices: list[tuple[str, str, int]]

    def __init__(self, cases: Iterable[Case]) -> None:
        above = {code for case in cases for code in codes.lineage(case.place_code)}
        rows = Office.objects.in_force().filter(role__in=LADDER, place__code__in=above, user__is_active=True)
        self.offices = list(rows.values_list("role", "place__code", "user"))

    def takers(self, case: Case, *, late: bool = False) -> set[int]:
        """The people who may look into the rating of a case; once it is late the approver may as well."""
        free = {role: self._over(case, role) - _handled(case) for role in LADDER}
        desk = free[Role.DISTRICT] | (free[Role.STREET] if case.road == RoadKey.FILING else set())
        above = free[Role.APPROVER] or free[Role.LEADER]
        return desk | (above if late or not desk else set())

    def _over(self, case: Case, role: str) -> set[int]:
        return {user for held, code, user in self.offices if held == role and codes.contains(code, case.place_code)}


def _handled(case: Case) -> set[int]:
    """Whoever opened a case, took a step in it or was stood in for."""
    steps = case.steps.all()
    return {case.opened_by_id, *(one.by_id for one in steps), *(one.acting_for_id for one in steps)}


def of(user: User, on: dt.date) -> list[RatingReview]:
    """What a person may look into, what is due first on top, and what was done lately below."""
    held = [code for role, code in reach(user) if role in LADDER]
    rows = RatingReview.objects.filter(within(held))
    rows = rows.exclude(at__lt=timezone.now() - KEPT).select_related("rating__case__place", "by")
    found = list(rows.prefetch_related("rating__case__steps"))
    desks = Desks(one.rating.case for one in found)
    mine = [one for one in found if user.pk in desks.takers(one.rating.case, late=_late(one, on))]
    return sorted(mine, key=lambda one: (one.at is not None, one.due_on, one.pk))


def find(user: User, pk: int, on: dt.date) -> RatingReview | None:
    """One of them; None for what this person may not look into."""
    return next((one for one in of(user, on) if one.pk == pk), None)


@transaction.atomic
def conclude(review: RatingReview, *, finding: str, done: str, by: User) -> RatingReview:
    """Write down what was found and what was done about it, once. `OutOfTurn` where somebody has."""
    found = RatingReview.objects.select_for_update(of=["self"]).select_related("rating__case").get(pk=review.pk)
    if found.at is not None:
        raise OutOfTurn(f"这条差评已由{found.by}于{timezone.localtime(found.at):%-m月%-d日}核实", code="reviewed")
    if finding not in RatingReview.Finding.values:
        raise Refusal("选择核实结果", code="finding", field="finding")
    if not done.strip():
        raise Refusal("写明整改情况；不用整改的，写明理由", code="done", field="done")
    found.finding, found.done, found.by, found.at = finding, done.strip()[:500], by, timezone.now()
    found.save(update_fields=["finding", "done", "by", "at"])
    words = f"{found.rating.case.matter}：{found.get_finding_display()}"
    audit.note("rating.review", f"rating:{found.rating_id}", by=by, place_code=found.place_code, summary=words)
    return found


def chase(on: dt.date) -> int:
    """Tell of reviews that are late, to the desk and above it, once each; how many are late.

    A low rating that has no review yet (kept before there were any) gets one first.
    """
    for rating in Rating.objects.filter(level__lte=LOW, review=None, at__gt=timezone.now() - FRESH):
        open_for(rating)
    rows = RatingReview.objects.filter(at=None, due_on__lt=on).select_related("rating__case")
    late = list(rows.prefetch_related("rating__case__steps"))
    desks = Desks(one.rating.case for one in late)
    for one in late:
        desk, everybody = (desks.takers(one.rating.case, late=late) for late in (False, True))
        words = f"，应于{one.due_on:%-m月%-d日}前核实，已超期"
        _tell(one, Notice.Kind.LATE, "late", words, desk)
        _tell(one, Notice.Kind.RAISED, "raised", words, everybody - desk)
    return len(late)


def _late(review: RatingReview, on: dt.date) -> bool:
    return review.at is None and review.due_on < on


def _tell(review: RatingReview, kind: str, key: str, words: str, users: set[int]) -> None:
    """A notice with matter, place and level: neither case nor person."""
    case = review.rating.case
    place = Jurisdiction.objects.filter(code=review.place_code).first() or case.place
    text = f"{place}的“{case.matter}”收到差评（{review.rating.get_level_display()}）{words}"[:200]
    values = {"kind": kind, "key": f"review-{key}:{review.pk}", "text": text, "url": _page(review)}
    Notice.objects.bulk_create([Notice(user_id=pk, **values) for pk in sorted(users)], ignore_conflicts=True)


def _page(review: RatingReview) -> str:
    return reverse("registry:ratingreview", args=[review.pk])
