"""备案 in one go, for community staff with a phone: open, fill in, attach and hand in, all of it or nothing."""

from collections.abc import Mapping

from django.db import transaction

from portal.models import User
from registry.casework import actions, filestore, kinds, papers
from registry.models import Case, Jurisdiction, State
from registry.scope import Role, require
from registry.uploads.guard import Admitted

KIND = "filing"
DEFAULTS = {"scope": "community"}  # what is not asked and has one answer; everything else stays unknown
PHOTOS = ("charter", "members")


@transaction.atomic
def file(place: Jurisdiction, said: Mapping[str, str], photos: Mapping[str, Admitted], *, by: User, key: str) -> Case:
    """The case handed in. The same `key` from the same person gives the same case: a double click files once.

    `said` are the answers as typed, by field. Raises what opening, attaching and handing in raise.
    """
    require(by, Role.COMMUNITY, place.code)
    case = actions.open_case(KIND, by=by, place=place, key=_page(key))
    if case.state != State.DRAFT:
        return case
    for section in kinds.of(KIND).sections:
        case = actions.save_section(case, section, {**DEFAULTS, **said}, by=by)
    for kind, photo in photos.items():
        papers.attach(case, kind, photo, by=by)
    return actions.move(case, "submit", by=by)


def is_filed(key: str, by: User) -> bool:
    """Whether this very page was handed in before: a double click is no second case."""
    return Case.objects.filter(opened_by=by, open_key=_page(key)).exists()


def _page(key: str) -> str:
    return f"quick:{key}"


def held(photo: Admitted, by: User) -> str:
    """Keep a photo of a form that has mistakes; the slip brings it back with the next try."""
    return filestore.receipt(filestore.keep(photo), photo.name, by)
