"""Names kept for an applicant: the only writer of `NameReservation`.

A name is kept once at an authority until a day (inclusive). It is given up, used by a registration of the same
applicant, or runs out by itself.
"""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal import actions as audit
from portal.errors import OutOfTurn, Refusal
from portal.models import User
from registry.casework import actions, facts, numbers
from registry.casework.applicants import same
from registry.models import CLOSED, Case, Jurisdiction, NameReservation, Notice, State
from registry.names.folding import fold

KEY, DAYS = "name.reservation_days", 180  # 暂定, where no document speaks
AHEAD = 30  # days before the last one on which the applicant is told
ASKING = ("name", "registration")


def days(case: Case, on: dt.date) -> int:
    """For how many days a name is kept here."""
    return facts.rules_at(case.place_code, on).number(KEY, DAYS)


def _authority(case: Case) -> str:
    return numbers.keeper(case.place, Jurisdiction.Level.COUNTY).code


def asked_earlier(case: Case) -> list[Case]:
    """Open applications under the same authority that asked for this name before this one did, by others."""
    wanted = fold(case.name)
    if not wanted:
        return []
    rows = Case.objects.open().inside(case.place_code[:6]).filter(kind__in=ASKING).exclude(submitted_at=None)
    rows = rows.exclude(pk=case.pk).exclude(same(case, (case.opened_by_id,)))
    if case.submitted_at:
        rows = rows.filter(submitted_at__lt=case.submitted_at)
    return [one for one in rows.exclude(state=State.DRAFT) if fold(one.name) == wanted]


def keep(case: Case, *, on: dt.date) -> NameReservation:
    """Keep the name of a case; `OutOfTurn` when another decision has just kept it for somebody else."""
    place, folded = _authority(case), fold(case.name)
    over = NameReservation.objects.filter(place_code=place, folded_name=folded, released_on=None, expires_on__lt=on)
    for one in over:
        _run_out(one)
    try:
        with transaction.atomic():
            return NameReservation.objects.create(
                case=case,
                name=case.name,
                folded_name=folded,
                place_code=place,
                reserved_on=on,
                expires_on=on + dt.timedelta(days=days(case, on)),
            )
    except IntegrityError as fault:
        raise OutOfTurn("这个名称刚刚已为其他申请人保留", code="name_kept") from fault


def held(case: Case, on: dt.date) -> NameReservation | None:
    """The reservation a case of this kind made, while it holds."""
    return NameReservation.objects.held(on).filter(case=case, released_on=None).first()


def release(case: Case, *, on: dt.date) -> None:
    """Let a name go."""
    NameReservation.objects.filter(case=case, released_on=None).update(released_on=on)


def use(case: Case, *, on: dt.date) -> NameReservation | None:
    """The registration of a case takes the name that was kept for the same applicant; None when none was."""
    rows = NameReservation.objects.held(on).filter(place_code=_authority(case), folded_name=fold(case.name))
    found = rows.filter(same(case, (case.opened_by_id,), "case__"), released_on=None).first()
    if found:
        found.used_by, found.released_on = case, on
        found.save(update_fields=["used_by", "released_on"])
    return found


@transaction.atomic
def register(case: Case, *, by: User, on: dt.date) -> Case:
    """A registration under the kept name; what was said of it is not asked again. A second click finds the same."""
    found = held(case, on)
    if found is None:
        raise Refusal("这个名称已经不在保留中", code="not_kept")
    said = {"organisation": dict(case.answers.get("organisation", {}))}
    return actions.open_case("registration", by=by, place=case.place, key=_key(case, by), said=said)


def _key(case: Case, by: User) -> str:
    """The form key of the registration under way; a new one for each that was given up or refused."""
    first = f"name:{case.pk}"
    mine = Case.objects.filter(Q(open_key=first) | Q(open_key__startswith=f"{first}:"), opened_by=by)
    over = mine.filter(state__in=CLOSED).count()
    return f"{first}:{over + 1}" if over else first


def lapse(on: dt.date) -> int:
    """Let go of the names that ran out, and tell applicants 30 days ahead; returns how many ran out."""
    kept = NameReservation.objects.filter(released_on=None).select_related("case")
    over = list(kept.filter(expires_on__lt=on))
    for one in over:
        _run_out(one)
    soon = kept.filter(expires_on__gte=on, expires_on__lte=on + dt.timedelta(days=AHEAD))
    _tell(soon, "soon", "保留到{day}为止，请在此前申请登记")
    _tell(NameReservation.objects.filter(pk__in=[one.pk for one in over]), "over", "保留已于{day}到期")
    return len(over)


@transaction.atomic
def _run_out(one: NameReservation) -> None:
    one.released_on = one.expires_on + dt.timedelta(days=1)
    one.save(update_fields=["released_on"])
    audit.note(
        "name.run_out", f"case:{one.case_id}", by=None, place_code=one.place_code, summary=f"{one.name}：保留到期"
    )


def _tell(rows: QuerySet[NameReservation], phase: str, words: str) -> None:
    notices = [
        Notice(
            user_id=one.case.opened_by_id,
            case=one.case,
            kind=Notice.Kind.SOON if phase == "soon" else Notice.Kind.OTHER,
            key=f"name:{one.pk}:{phase}",
            text=f"名称“{one.name}”{words.format(day=f'{one.expires_on:%-m月%-d日}')}"[:200],
        )
        for one in rows.select_related("case")
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def panel(case: Case, user: User) -> dict:
    """For the case page: the reservation, and whether its applicant may go on to register under it."""
    if case.kind != "name":
        return {}
    found = NameReservation.objects.filter(case=case).first()
    today = timezone.localdate()
    kept = found is not None and found.released_on is None and found.expires_on >= today
    return {"reservation": found, "may_register": kept and case.opened_by_id == user.pk}
