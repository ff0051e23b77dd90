"""The phrase library of the correction notices: common phrases, and those an office keeps for itself."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal import actions as audit
from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import User
from registry import codes
from registry.casework.sheet import Row
from registry.casework.snapshots import MATERIALS
from registry.models import Case, Jurisdiction, Phrase
from registry.scope import DESK, reach, roles_over

COMMON = ""  # the place code of what everybody uses
LONGEST = 200


def of_place(code: str) -> QuerySet[Phrase]:
    """The phrases in use at a place: the common ones, and those of every office above it."""
    return Phrase.objects.filter(retired_at=None, place_code__in=[COMMON, *codes.lineage(code)])


def beside(case: Case, rows: Iterable[Row]) -> dict[str, list[str]]:
    """For each thing a notice may question, the phrases that fit it: its own first, then those for everything."""
    known = list(of_place(case.place_code).values_list("applies", "text"))
    return {row.key: [text for fits in _fits(row) for applies, text in known if applies == fits] for row in rows}


def _fits(row: Row) -> tuple[str, ...]:
    """What a phrase may be for to fit a thing, the closest first; a paper and a field of one name are two things."""
    return (row.key, MATERIALS, "") if row.section == MATERIALS else (row.field, "")


def offices(user: User) -> list[Jurisdiction]:
    """The places for which a person may keep phrases."""
    held = {code for role, code in reach(user) if role in DESK}
    return list(Jurisdiction.objects.filter(code__in=held).order_by("code"))


def kept_by(user: User) -> QuerySet[Phrase]:
    """The phrases of a person's own offices, and the common ones; retired ones left out."""
    held = [place.code for place in offices(user)]
    return Phrase.objects.filter(retired_at=None, place_code__in=[COMMON, *held]).order_by(
        "place_code", "applies", "id"
    )


@transaction.atomic
def add(place: Jurisdiction, text: str, *, applies: str = "", by: User) -> Phrase:
    """Keep a phrase for an office. `OutOfTurn` when it is kept already, `Refusal` for an empty or long one."""
    _require(by, place.code)
    said = " ".join(text.split())
    if not said or len(said) > LONGEST:
        raise Refusal(f"用语要写 1 至 {LONGEST} 个字", code="bad_phrase", field="text")
    try:
        with transaction.atomic():
            made = Phrase.objects.create(place_code=place.code, applies=applies, text=said, by=by)
    except IntegrityError as fault:
        raise OutOfTurn("已经有这一条用语", code="phrase_exists", field="text") from fault
    audit.note("phrase.add", f"phrase:{made.pk}", by=by, place_code=place.code, summary=said)
    return made


@transaction.atomic
def retire(phrase: Phrase, *, by: User) -> Phrase:
    """Take a phrase out of use; notices that used it keep their words. A common one belongs to everybody and stays."""
    found = Phrase.objects.select_for_update().get(pk=phrase.pk)
    _require(by, found.place_code)
    if found.retired_at:
        raise OutOfTurn("这条用语已经停用", code="phrase_retired")
    found.retired_at = timezone.now()
    found.save(update_fields=["retired_at"])
    audit.note("phrase.retire", f"phrase:{found.pk}", by=by, place_code=found.place_code, summary=found.text)
    return found


def _require(by: User, code: str) -> None:
    if code == COMMON or not roles_over(by, code) & DESK:
        raise NotAllowed("只能增减本单位的用语", code="not_allowed")
