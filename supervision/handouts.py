"""Handing a file out. Who took a list of organisations is written down with it."""

from typing import BinaryIO

from django.db import transaction

from portal.actions import note
from portal.models import User
from supervision.exports import formats
from supervision.exports.tables import Export


@transaction.atomic
def hand_out(export: Export, form: str, *, by: User, place_code: str, listed: bool = False) -> tuple[BinaryIO, str]:
    """The file and its name. `Refusal` for an unknown form or too many rows, and nothing is noted."""
    file, name = formats.write(export, form)
    if listed:
        told = f"{export.title}：导出 {export.rows} 条，{formats.FORMATS[form].label}"
        note("list.export", f"place:{place_code}", by=by, place_code=place_code, summary=told)
    return file, name
