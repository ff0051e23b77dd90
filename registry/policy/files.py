"""Reads pack files: one YAML file a document, a header and a list of parameters (see fixtures/policy/)."""

import datetime as dt
from pathlib import Path
from typing import Any

from registry import codes
from registry.policy import checks
from registry.policy.marked import Marked, PackError, read_marked
from registry.policy.parameters import Pack, Parameter
from registry.policy.vocabulary import FORMS, HUBS

__all__ = ["PackError", "read", "read_dir"]


def read(path: Path | str) -> Pack:
    """The pack of one file. PackError names the file, the line and what is wrong."""
    pack, marked = _read(Path(path))
    checks.overlaps(marked)
    return pack


def read_dir(directory: Path | str) -> list[Pack]:
    """The packs of all `*.yaml` files of a directory, by file name; what overlaps across files is refused too."""
    folder = Path(directory)
    paths = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    if not paths:
        raise PackError(folder, 0, "目录中没有政策文件（*.yaml）")
    found = [_read(path) for path in paths]
    checks.overlaps([pair for _, marked in found for pair in marked])
    return [pack for pack, _ in found]


def _read(path: Path) -> tuple[Pack, list[tuple[Marked, Parameter]]]:
    header, entries = read_marked(path)
    pack = _pack(header)
    marked = [(entry, _parameter(entry, pack)) for entry in entries]
    return pack.with_parameters(tuple(parameter for _, parameter in marked)), marked


def _pack(header: Marked) -> Pack:
    checks.shape(header, checks.HEADER, checks.HEADER_NEEDED)
    words: dict[str, Any] = {
        name: checks.text(header, name) for name in checks.HEADER - {"area", "issued", "starts", "ends"}
    }
    if words["slug"] != header.path.stem:
        raise header.refuse("slug", f"代号“{words['slug']}”应与文件名“{header.path.stem}”一致")
    issued, starts, ends = (checks.date(header, name) for name in ("issued", "starts", "ends"))
    pack = Pack(**words, area=_area(header), issued=issued, starts=starts or dt.date.min, ends=ends)
    checks.period(header, pack.starts, ends, None)
    return pack


def _area(header: Marked) -> str:
    try:
        return codes.normalise(checks.text(header, "area"))
    except ValueError as error:
        raise header.refuse("area", str(error)) from None


def _parameter(entry: Marked, pack: Pack) -> Parameter:
    checks.shape(entry, checks.FIELDS, checks.NEEDED)
    checks.against_key(entry)
    starts = checks.date(entry, "starts") or pack.starts
    ends, due = checks.date(entry, "ends"), checks.date(entry, "due")
    checks.period(entry, starts, ends, due)
    given = {
        name: checks.text(entry, name) for name in ("id", "key", "op", "unit", "level", "clause", "summary", "note")
    }
    return Parameter(
        **given,
        value=entry.values.get("value"),
        modality=checks.modality(entry),
        starts=starts,
        ends=ends,
        due=due,
        assumed=checks.boolean(entry, "assumed"),
        basic=checks.boolean(entry, "basic"),
        document=checks.text(entry, "document") or pack.short,
        title=checks.text(entry, "title") or pack.title,
        area=pack.area,
        forms=checks.subset(entry, "forms", FORMS),
        hubs=checks.subset(entry, "hubs", HUBS),
        programme_ends=pack.ends,
    )
