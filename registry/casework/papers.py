"""The checklist of an application, and the files on it. The only writer of materials."""

import datetime as dt
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal import actions as audit
from portal.errors import OutOfTurn, Refusal
from portal.models import User
from registry.casework import corrections, debts, demands, filestore, rights
from registry.casework.kinds import Paper
from registry.models import Case, Material
from registry.touches import touch
from registry.uploads import guard
from registry.uploads.guard import Admitted

LEADER = "leader_id_number"  # the sealed answer that tells one applicant from another of the same name


@dataclass(frozen=True)
class Line:
    """One line of the checklist: what is asked, by which clause, and what is there."""

    paper: Paper
    material: Material | None
    source: str = ""

    @property
    def lapsed(self) -> bool:
        """Whether a promise stands there whose day is over."""
        material = self.material
        return bool(material and material.is_promise and material.promised_by < timezone.localdate())

    @property
    def lacking(self) -> bool:
        return self.paper.required and (self.material is None or self.lapsed)


def checklist(case: Case) -> list[Line]:
    """Every paper asked of this case by its kind and the rules of its place, with what has been handed in."""
    there = {material.kind: material for material in case.materials.all()}
    return [Line(found.paper, there.get(found.paper.kind), found.source) for found in demands.demands(case)]


def owed(case: Case) -> list[Line]:
    """The papers promised in a case that was handed in, and not brought yet."""
    found = Material.objects.owed().filter(case=case).select_related("case").order_by("promised_by", "id")
    return [Line(Paper(material.kind, demands.label(material)), material) for material in found]


def debts_panel(case: Case, user: User) -> dict:
    """For the case page: what is owed, whether a day is over, and whether this person may bring it."""
    lines = owed(case)
    may = rights.may_write(case, user) or rights.speaks_for(user, case.organisation) if lines else False
    return {"owed": lines, "owed_late": any(line.lapsed for line in lines), "may_bring": may}


def attach(case: Case, kind: str, upload: UploadedFile | Admitted, *, by: User) -> Material:
    """Store a file as one paper of a draft, in place of what stood there; the same file again changes nothing.

    `Refusal` with the reason when the file is not one that may come in (`registry.uploads.guard`).
    """
    paper = demands.paper(case, kind)
    _require_editable(case, by)
    admitted = _admitted(upload, paper)
    with transaction.atomic():
        case = _editable(case, by)
        stored = filestore.keep(admitted)
        same = case.materials.filter(kind=kind, stored=stored, original_name=admitted.name).first()
        if same:
            return same
        return _put(case, paper, "material.attach", by=by, stored=stored, original_name=admitted.name)


@transaction.atomic
def promise(case: Case, kind: str, *, by: User, on: dt.date) -> Material:
    """Put a dated promise in place of a paper that may follow later (容缺); who promised, and in which words, is kept.
    The same promise again changes nothing.

    `Refusal` when the paper cannot follow later, and for whoever let another promise lapse.
    """
    paper, case = demands.paper(case, kind), _editable(case, by)
    if not paper.promise:
        raise Refusal(f"“{paper.label}”不能容缺，请上传", code="no_promise", field=kind)
    debts.require_none_overdue(case, by, on)
    day = debts.day_of(case, on)
    words = debts.undertaking(paper.label, by, day)
    same = case.materials.filter(kind=kind, stored=None, promised_by=day, undertaking=words).first()
    if same:
        return same
    return _put(case, paper, "material.promise", by=by, promised_by=day, undertaking=words)


def reusable(case: Case, by: User) -> dict[str, list[Material]]:
    """By kind, the papers handed in before for the same organisation that this person may see, the newest first.

    Without an organisation on the register: those of the person's own earlier cases of the same name and place; a
    client (a platform) speaks for many, so that behind it the leader has to be the same, too.
    """
    same = _own(case, by)
    if case.organisation_id:
        same |= Q(case__organisation=case.organisation_id)
    seen = Q(case__in=Case.objects.visible_to(by))
    if rights.speaks_for(by, case.organisation):
        seen |= Q(case__organisation=case.organisation_id)
    found = Material.objects.filter(same, seen).exclude(stored=None).exclude(case=case)
    offered: dict[str, list[Material]] = {}
    for material in found.select_related("stored").order_by("-added_at", "-id"):
        there = offered.setdefault(material.kind, [])
        if material.stored_id not in {one.stored_id for one in there}:
            there.append(material)
    return offered


def _own(case: Case, by: User) -> Q:
    """The papers of earlier cases of this account under the same name and place."""
    if not case.name:
        return Q(pk__in=[])
    earlier = Case.objects.filter(opened_by=by, place=case.place_id, name=case.name).exclude(pk=case.pk)
    if User.objects.filter(pk=by.pk, client=None).exists():
        return Q(case__in=earlier)
    leader = case.sealed.get(LEADER, "")
    return Q(case__in=[one.pk for one in earlier.only("sealed") if leader and one.sealed.get(LEADER) == leader])


@transaction.atomic
def reuse(case: Case, kind: str, former: int, *, by: User) -> Material:
    """Take a paper handed in before as this paper; `Refusal` when it is not the organisation's or not to be seen."""
    paper, case = demands.paper(case, kind), _editable(case, by)
    found = next((one for one in reusable(case, by).get(kind, []) if one.pk == former), None)
    if found is None:
        raise Refusal("没有找到这份交过的材料，请重新上传", code="not_reusable", field=kind)
    return _put(case, paper, "material.reuse", by=by, stored=found.stored, original_name=found.original_name)


def deliver_owed(case: Case, kind: str, upload: UploadedFile | Admitted, *, by: User) -> Material:
    """Bring a promised paper after the case was handed in, also after the decision; nothing else changes.

    `OutOfTurn` when nothing of this kind is owed (any more), `NotAllowed` for anybody but the applicant's side.
    """
    rights.require_bringer(case, by)
    found = _owed(case, kind)
    admitted = _admitted(upload, Paper(kind, demands.label(found)))
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case.pk)
        material = _owed(case, kind)
        material.stored, material.original_name = filestore.keep(admitted), admitted.name
        material.brought_by, material.brought_at = by, timezone.now()
        material.save(update_fields=["stored", "original_name", "brought_by", "brought_at"])
        home = case.organisation.place_code if case.organisation else case.place_code
        touch(home, timezone.localdate())  # a charter brought is counted from today
        debts.tell_brought(material)
        _note("material.deliver", case, demands.label(material), by)
        return material


def _owed(case: Case, kind: str) -> Material:
    found = Material.objects.owed().select_related("case").filter(case=case, kind=kind).first()
    if found is None:
        raise OutOfTurn("这份材料已经交过，或者没有承诺补交", code="not_owed")
    return found


def _admitted(upload: UploadedFile | Admitted, paper: Paper) -> Admitted:
    if isinstance(upload, Admitted):
        return upload
    return guard.admit(upload, label=paper.label, field=paper.kind)


def _put(case: Case, paper: Paper, verb: str, *, by: User, **values) -> Material:
    """In place of what stood there; its file goes with the nightly sweep once nothing refers to it."""
    corrections.require_open(case, paper.kind)
    case.materials.filter(kind=paper.kind).delete()
    material = Material.objects.create(case=case, kind=paper.kind, added_by=by, **values)
    _note(verb, case, paper.label, by)
    return material


def _note(verb: str, case: Case, label: str, by: User) -> None:
    audit.note(verb, f"case:{case.pk}", by=by, place_code=case.place_code, summary=label)


def _editable(case: Case, by: User) -> Case:
    locked = Case.objects.select_for_update(of=["self"]).select_related("organisation").get(pk=case.pk)
    _require_editable(locked, by)
    return locked


def _require_editable(case: Case, by: User) -> None:
    rights.require_writer(case, by)
    if case.state not in rights.EDITABLE:
        raise Refusal("申请已经提交，材料不能再改动", code="not_editable")
