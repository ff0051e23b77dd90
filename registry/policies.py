"""Loads pack files into editions. The only writer of `PolicyPack`."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from portal import actions as audit
from registry.models.policy import PolicyPack
from registry.policy.files import read_dir
from registry.policy.keys import KEYS, words
from registry.policy.parameters import Pack, Parameter
from registry.touches import touch

COUNTING = ("count.tiers", "rule.hub.full_time_social_workers", "count.population")  # what changes the counts
DEMO = Path(__file__).resolve().parent.parent / "fixtures" / "policy"


@dataclass(frozen=True)
class Change:
    """What loading one file did: a new document, a new edition, or nothing; `lines` say it in Chinese."""

    slug: str
    kind: str  # new, changed, same
    lines: tuple[str, ...]


@transaction.atomic
def load(directory: Path | str = DEMO) -> list[Change]:
    """Read every file of a directory, then write an edition for each that is new or changed.

    Files are read before anything is written, and everything is written or nothing: `PackError` leaves the
    database as it was. A file whose content is the current edition makes no new one.
    """
    packs = read_dir(directory)
    slugs = [pack.slug for pack in packs]
    counted = PolicyPack.objects.exists()  # before the first documents nothing was counted by any
    stored = PolicyPack.objects.current().filter(slug__in=slugs).select_for_update()
    editions = {edition.slug: edition for edition in stored}
    if counted:
        for pack in packs:
            _tell_counts(pack, editions.get(pack.slug))
    return [_load_one(pack, editions.get(pack.slug)) for pack in packs]


def _tell_counts(pack: Pack, edition: PolicyPack | None) -> None:
    """Where a document now says otherwise what is counted, everything in its area is counted anew since then."""
    said = {one.id: one for one in edition.read().parameters if one.key in COUNTING} if edition else {}
    says = {one.id: one for one in pack.parameters if one.key in COUNTING}
    for name in sorted(said.keys() | says.keys()):
        for one in _apart(said.get(name), says.get(name)):
            touch(one.area, one.starts, one.ends and one.ends + dt.timedelta(days=1), whole=True)


def _apart(one: Parameter | None, other: Parameter | None) -> list[Parameter]:
    return [] if one == other else [each for each in (one, other) if each]


def _load_one(pack: Pack, edition: PolicyPack | None) -> Change:
    if edition and edition.digest == pack.digest:
        return Change(pack.slug, "same", (f"{pack.short}：没有变化",))
    if edition:
        edition.current = False
        edition.save(update_fields=["current"])
    _write(pack)
    if edition is None:
        return Change(pack.slug, "new", (f"{pack.short}：新载入 {len(pack.parameters)} 项",))
    head = f"{pack.short}：新版本 {pack.digest[:12]}，替代 {edition.edition}"
    return Change(pack.slug, "changed", (head, *difference(edition.read(), pack)))


def _write(pack: Pack) -> PolicyPack:
    audit.note(
        "policy.load", f"policy:{pack.slug}", by=None, place_code=pack.area, summary=f"{pack.short} {pack.digest[:12]}"
    )
    return PolicyPack.objects.create(
        slug=pack.slug,
        area_code=pack.area,
        short=pack.short,
        title=pack.title,
        issuer=pack.issuer,
        starts=pack.starts,
        ends=pack.ends,
        digest=pack.digest,
        content=pack.to_json(),
    )


def difference(old: Pack, new: Pack) -> list[str]:
    """What another edition of a document adds, drops and changes, one Chinese line each."""
    before = {parameter.id: parameter for parameter in old.parameters}
    after = {parameter.id: parameter for parameter in new.parameters}
    lines = [f"　新增 {_spoken(after[name])}" for name in after if name not in before]
    lines += [f"　删除 {_spoken(before[name])}" for name in before if name not in after]
    changed = (name for name in after if name in before and after[name] != before[name])
    lines += [_changed(before[name], after[name]) for name in changed]
    return lines or ["　只有文件说明变化，参数没有变化"]


def _changed(before: Parameter, after: Parameter) -> str:
    if words(before) == words(after):
        return f"　修改 {_spoken(after)}（条款、日期或说明有变化）"
    return f"　修改 {_spoken(before)} 改为 {words(after)}"


def _spoken(parameter: Parameter) -> str:
    return f"{parameter.id} {KEYS[parameter.key].label}：{words(parameter)}"
